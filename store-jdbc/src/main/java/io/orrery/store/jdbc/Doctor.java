package io.orrery.store.jdbc;

import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.store.Held;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks that of each row something will come: it is due, or leased by a node that is there, or waits for such a one. */
final class Doctor {

    private static final int SCHEDULED = ScheduleState.SCHEDULED.ordinal();
    private static final int QUARANTINED = ScheduleState.QUARANTINED.ordinal();
    private static final int DUE = Held.Phase.DUE.ordinal();
    private static final int WAITING = Held.Phase.WAITING.ordinal();
    private static final String LEASED = Held.Phase.LEASED.ordinal() + ", " + Held.Phase.CANCELLED.ordinal();

    /** What must not be there, and how to find it. */
    private static final Map<String, String> RULES = rules();

    private final Database database;

    Doctor(Database database) {
        this.database = database;
    }

    private static Map<String, String> rules() {
        var rules = new LinkedHashMap<String, String>();
        rules.put(
                "a leased fire has a node",
                "select id from #schedule s where owner is not null"
                        + " and not exists (select 1 from #node n where n.owner = s.owner)"
                        + " union all select schedule from #fire f where phase in (" + LEASED + ")"
                        + " and not exists (select 1 from #node n where n.owner = f.owner)");
        rules.put(
                "a due schedule is looked at",
                "select id from #schedule where state = " + SCHEDULED
                        + " and due is not null and (armed = false or look > due)");
        rules.put(
                "a due fire is looked at",
                "select s.id from #schedule s join #fire f on f.schedule = s.id where f.phase = " + DUE
                        + " and s.state <> " + QUARANTINED + " and (s.armed = false or s.look > f.due)");
        rules.put(
                "a schedule with no due time is waiting for a fire, or for somebody who asks for it",
                "select id from #schedule where state = " + SCHEDULED
                        + " and due is null and live = 0 and waiting = 0"
                        + " and trigger_data not like '%\"type\":\"manual\"%'");
        rules.put("fires that wait, wait for others", "select id from #schedule where waiting > 0 and live = 0");
        rules.put(
                "fires are counted",
                "select id from #schedule s where live + waiting <> others + case when owner is null then 0 else 1 end"
                        + " or others <> (select count(*) from #fire f where f.schedule = s.id)"
                        + " or waiting <> (select count(*) from #fire f where f.schedule = s.id and f.phase = "
                        + WAITING
                        + ")");
        rules.put(
                "a fire has a schedule",
                "select schedule from #fire f where not exists (select 1 from #schedule s where s.id = f.schedule)");
        return rules;
    }

    List<JdbcStore.Finding> examine(Connection connection) throws SQLException {
        List<JdbcStore.Finding> findings = new ArrayList<>();
        for (Map.Entry<String, String> rule : RULES.entrySet()) {
            try (var statement = connection.prepareStatement(database.sql(rule.getValue()))) {
                Bulk.read(statement, row -> new JdbcStore.Finding(row.getString(1), rule.getKey()), findings);
            }
        }
        return findings;
    }
}
