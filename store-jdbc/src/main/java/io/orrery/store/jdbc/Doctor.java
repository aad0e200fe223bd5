package io.orrery.store.jdbc;

import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.store.Held;
import io.orrery.schedule.store.Places;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

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
    private final Sheets sheets;

    Doctor(Database database, Sheets sheets) {
        this.database = database;
        this.sheets = sheets;
    }

    private static Map<String, String> rules() {
        var rules = new LinkedHashMap<String, String>();
        addRulesOnLimits(rules);
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
                        + " and s.state <> " + QUARANTINED
                        + " and s.blocked is null and (s.armed = false or s.look > f.due)");
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

    private static void addRulesOnLimits(Map<String, String> rules) {
        rules.put(
                "who waits for a place of a limit, waits for somebody who has one",
                "select id from #schedule s where s.blocked is not null and not exists"
                        + " (select 1 from #limit l where l.name = s.blocked and l.used > 0)");
        rules.put(
                "those who wait for a place are counted",
                "select name from #limit l where l.waiting <>"
                        + " (select count(*) from #schedule s where s.blocked = l.name)");
    }

    List<JdbcStore.Finding> examine(Connection connection) throws SQLException {
        List<JdbcStore.Finding> findings = new ArrayList<>();
        for (Map.Entry<String, String> rule : RULES.entrySet()) {
            try (var statement = connection.prepareStatement(database.sql(rule.getValue()))) {
                Bulk.read(statement, row -> new JdbcStore.Finding(row.getString(1), rule.getKey()), findings);
            }
        }
        examinePlaces(connection, findings);
        return findings;
    }

    private void examinePlaces(Connection connection, List<JdbcStore.Finding> findings) throws SQLException {
        List<Sheet> limited = new ArrayList<>();
        String text = "select " + sheets.columns() + " from #schedule s where s.limited = true";
        try (var statement = connection.prepareStatement(database.sql(text))) {
            Bulk.read(statement, sheets::read, limited);
        }
        sheets.fill(connection, limited);
        var places = new Places();
        limited.forEach(sheet -> places.add(sheet.cell.row().schedule(), sheet.cell.leased()));
        Map<String, Integer> taken = places.all();
        Map<String, Integer> said = new TreeMap<>();
        try (var statement =
                        connection.prepareStatement(database.sql("select name, used from #limit where used <> 0"));
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                said.put(rows.getString(1), rows.getInt(2));
            }
        }
        var all = new TreeSet<>(taken.keySet());
        all.addAll(said.keySet());
        for (String limit : all) {
            if (!Objects.equals(taken.get(limit), said.get(limit))) {
                findings.add(new JdbcStore.Finding(limit, "the places that are taken are counted"));
            }
        }
    }
}
