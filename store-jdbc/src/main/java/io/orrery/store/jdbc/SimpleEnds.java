package io.orrery.store.jdbc;

import io.orrery.schedule.ScheduleInfo.History;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.store.Completed;
import io.orrery.schedule.store.Completion;
import io.orrery.schedule.store.NextDue;
import io.orrery.store.jdbc.Bulk.Change;
import io.orrery.store.jdbc.Bulk.Column;
import io.orrery.store.jdbc.Bulk.ColumnType;
import io.orrery.store.jdbc.Bulk.Shape;
import io.orrery.store.jdbc.Leases.Ending;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Ends of one transaction that change nothing but the row of their schedule: of fires that are alone, and are not tried again. All of
 * a kind are written by one statement, which itself checks that the lease is valid, and that it is so simple. A row is looked for
 * where it was when its lease was given, if that is known, and by its id if it is not there any more. Who has moved may have left its place to another one that ends too, so of two that were
 * at one place only the first is looked for there.
 */
final class SimpleEnds {

    private static final Column PLACE = new Column("ctid", ColumnType.PLACE);
    private static final List<Column> LEASE = List.of(
            new Column("id", ColumnType.TEXT),
            new Column("owner", ColumnType.LONG),
            new Column("token", ColumnType.LONG));
    private static final List<Column> HISTORY = List.of(
            new Column("outcome", ColumnType.TEXT),
            new Column("ended", ColumnType.LONG),
            new Column("lateness", ColumnType.LONG),
            new Column("note", ColumnType.TEXT));
    private static final List<Column> DUE =
            List.of(new Column("due", ColumnType.LONG), new Column("look", ColumnType.LONG));

    private static final String ALONE = "and s.others = 0 and s.limited = false and ";
    private static final String NO_FIRE = ", version = s.version + 1, live = 0, owner = null, fire_at = null,"
            + " by_hand = null, attempt = null, coalesced = null, phase = null";
    private static final String OLD_LOOK = ", look = case when s.armed = true then s.look else " + Nanos.NEVER + " end";
    private static final String IS_FINISHED = "s.state = " + ScheduleState.FINISHED.ordinal();

    private final Session session;
    private final Kind going = new Kind("s.kept = false and " + IS_FINISHED, "", List.of());
    private final Kind staying = new Kind("not " + IS_FINISHED, OLD_LOOK, HISTORY);
    private final Kind renewing = new Kind(
            "s.due is null and s.state = " + ScheduleState.SCHEDULED.ordinal(),
            ", armed = true",
            Stream.concat(HISTORY.stream(), DUE.stream()).toList());
    private long earliest = Nanos.NEVER;

    SimpleEnds(Session session) {
        this.session = session;
    }

    /** Takes an end, if it is likely to be so simple; gives back whether it is. At most one of a schedule. */
    boolean add(int index, Completion completion) {
        Leases.Entry entry = session.leases.find(completion.lease());
        if (entry == null || completion.retryAt() != null) {
            return false;
        }
        NextDue next = completion.nextDue();
        Ending ending = entry.ending();
        if (ending == Ending.GOES && next == null) {
            going.add(index, completion, entry.place());
        } else if (ending == Ending.STAYS && next == null) {
            staying.add(index, completion, entry.place(), said(completion, 0));
        } else if (ending == Ending.RENEWS && next instanceof NextDue.At(var due)) {
            long at = Nanos.of(due);
            @Nullable Object[] said = said(completion, DUE.size());
            said[HISTORY.size()] = at;
            said[HISTORY.size() + 1] = at;
            renewing.add(index, completion, entry.place(), said);
            earliest = Math.min(earliest, at);
        } else {
            return false;
        }
        return true;
    }

    /** @param more how many values follow that it has no business with */
    private static @Nullable Object[] said(Completion completion, int more) {
        History history = completion.history();
        var values = new @Nullable Object[HISTORY.size() + more];
        values[0] = history.outcome().isEmpty() ? null : history.outcome();
        values[1] = Nanos.orNull(history.ended());
        values[2] = Nanos.orNull(history.lateness());
        values[3] = history.note().isEmpty() ? null : Sheets.plain(history.note());
        return values;
    }

    /**
     * Writes them. What is not so simple after all gets no result.
     *
     * @return the first moment at which there is something to hand out because of them
     */
    long write(Connection connection, Completed[] results) throws SQLException {
        going.write(results, Completed.ACCEPTED_AND_REMOVED, (keys, rows) -> {
            try {
                return session.bulk.delete(connection, new Shape("#schedule", keys), ALONE + going.condition, rows);
            } catch (Bulk.Misplaced e) {
                session.leases.forgetPlaces();
                throw e;
            }
        });
        for (Kind kind : List.of(staying, renewing)) {
            kind.write(results, Completed.ACCEPTED, (keys, rows) -> {
                var shape = new Shape(
                        "#schedule",
                        Stream.concat(keys.stream(), kind.said.stream()).toList());
                var change = new Change(keys.size(), NO_FIRE + kind.set, ALONE + kind.condition);
                return session.bulk.update(connection, shape, change, rows);
            });
        }
        return earliest;
    }

    private interface Statement {
        /** Gives back the first values of the rows that it has found. */
        Set<String> of(List<Column> keys, List<Object[]> rows) throws SQLException;
    }

    /** Ends of which one statement says the same. */
    private final class Kind {
        private final String condition;
        private final String set;
        private final List<Column> said;
        private final Set<String> places = new HashSet<>();
        private final List<Integer> placedIndices = new ArrayList<>();
        private final List<Object[]> placed = new ArrayList<>();
        private final List<Integer> indices = new ArrayList<>();
        private final List<Object[]> rows = new ArrayList<>();

        Kind(String condition, String set, List<Column> said) {
            this.condition = condition;
            this.set = set;
            this.said = said;
        }

        void add(int index, Completion completion, @Nullable String where, @Nullable Object... more) {
            String place = where != null && places.add(where) ? where : null;
            int at = place == null ? 0 : 1;
            var row = new @Nullable Object[at + LEASE.size() + more.length];
            row[0] = place;
            row[at] = completion.lease().fire().schedule();
            row[at + 1] = session.nodes.owner();
            row[at + 2] = completion.lease().token();
            System.arraycopy(more, 0, row, at + LEASE.size(), more.length);
            (place == null ? indices : placedIndices).add(index);
            (place == null ? rows : placed).add(row);
        }

        void write(Completed[] results, Completed completed, Statement statement) throws SQLException {
            if (!placed.isEmpty()) {
                List<Column> keys =
                        Stream.concat(Stream.of(PLACE), LEASE.stream()).toList();
                Set<String> found = statement.of(keys, placed);
                for (int i = 0; i < placed.size(); i++) {
                    if (found.contains((String) placed.get(i)[0])) {
                        results[placedIndices.get(i)] = completed;
                    } else {
                        indices.add(placedIndices.get(i));
                        rows.add(Arrays.copyOfRange(placed.get(i), 1, placed.get(i).length));
                    }
                }
            }
            if (!rows.isEmpty()) {
                Set<String> found = statement.of(LEASE, rows);
                for (int i = 0; i < rows.size(); i++) {
                    if (found.contains((String) rows.get(i)[0])) {
                        results[indices.get(i)] = completed;
                    }
                }
            }
        }
    }
}
