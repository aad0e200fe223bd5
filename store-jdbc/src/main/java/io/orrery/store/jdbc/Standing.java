package io.orrery.store.jdbc;

import io.orrery.schedule.Fire;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleInfo.History;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.store.Held;
import io.orrery.schedule.store.ScheduleRow;
import io.orrery.store.jdbc.Bulk.Column;
import io.orrery.store.jdbc.Bulk.ColumnType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a schedule stands, as the values of its columns, so that of a row only what has changed needs to be written.
 *
 * @param values those of {@link #COLUMNS}
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares it
record Standing(@Nullable Object[] values) {

    static final List<Column> COLUMNS = List.of(
            new Column("version", ColumnType.LONG),
            new Column("state", ColumnType.INT),
            new Column("due", ColumnType.LONG),
            new Column("look", ColumnType.LONG),
            new Column("armed", ColumnType.FLAG),
            new Column("live", ColumnType.INT),
            new Column("waiting", ColumnType.INT),
            new Column("previous", ColumnType.LONG),
            new Column("outcome", ColumnType.TEXT),
            new Column("ended", ColumnType.LONG),
            new Column("lateness", ColumnType.LONG),
            new Column("note", ColumnType.TEXT),
            new Column("token", ColumnType.LONG),
            new Column("owner", ColumnType.LONG),
            new Column("fire_at", ColumnType.LONG),
            new Column("by_hand", ColumnType.FLAG),
            new Column("attempt", ColumnType.INT),
            new Column("coalesced", ColumnType.INT),
            new Column("phase", ColumnType.INT),
            new Column("others", ColumnType.INT),
            new Column("blocked", ColumnType.TEXT),
            new Column("since", ColumnType.LONG));

    static final int DUE = 2;
    /** Those that get the old due time, as a rule, when a fire is handed out. */
    static final List<Integer> TIMES_OF_FIRES = List.of(7, 14);

    private static final ScheduleState[] STATES = ScheduleState.values();
    private static final Held.Phase[] PHASES = Held.Phase.values();

    /** That of a row, of which the first of these columns is at that place. */
    static Standing read(ResultSet row, int first) throws SQLException {
        var values = new @Nullable Object[COLUMNS.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(row, first + i, COLUMNS.get(i).type());
        }
        return new Standing(values);
    }

    private static @Nullable Object value(ResultSet row, int column, ColumnType type) throws SQLException {
        Object value = switch (type) {
            case LONG -> row.getLong(column);
            case INT -> row.getInt(column);
            case FLAG -> row.getBoolean(column);
            case TEXT, PLACE -> row.getString(column);
        };
        return row.wasNull() ? null : value;
    }

    /**
     * What a row has to say of it from now on. With nothing to hand out while a fire runs, or waits for a place, the old time of
     * the next look stays: the index need not be changed.
     */
    static Standing of(Sheet sheet) {
        ScheduleRow row = sheet.cell.row();
        Held inline = sheet.inline();
        History history = row.history();
        boolean armed = !sheet.cell.look().equals(Instant.MAX);
        return new Standing(new @Nullable Object[] {
            row.version(),
            row.state().ordinal(),
            Nanos.orNull(row.due()),
            armed || (inline == null && sheet.cell.blockedOn() == null) || sheet.standing == null
                    ? Nanos.of(sheet.cell.look())
                    : sheet.standing.look(),
            armed,
            row.live(),
            row.waiting(),
            Nanos.orNull(history.previous()),
            history.outcome().isEmpty() ? null : history.outcome(),
            Nanos.orNull(history.ended()),
            Nanos.orNull(history.lateness()),
            history.note().isEmpty() ? null : Sheets.plain(history.note()),
            sheet.cell.lastToken(),
            inline == null ? null : (Long) Long.parseLong(inline.node()),
            inline == null ? null : (Long) Nanos.of(inline.fire().at()),
            inline == null ? null : (Boolean) inline.fire().manual(),
            inline == null ? null : (Integer) inline.fire().attempt(),
            inline == null ? null : (Integer) inline.fire().coalesced(),
            inline == null ? null : (Integer) inline.phase().ordinal(),
            sheet.apart().size(),
            sheet.cell.blockedOn(),
            sheet.cell.blockedOn() == null ? null : (Long) Nanos.of(sheet.cell.waitsSince())
        });
    }

    /** The first moment at which there is something to hand out. */
    long look() {
        return number(3);
    }

    /** The limit of which its fires that are due wait for a place; null for none. */
    @Nullable
    String blocked() {
        return (String) values[20];
    }

    /** Since when it waits for a place of that. */
    long since() {
        return number(21);
    }

    private @Nullable Long orNull(int column) {
        return (Long) values[column];
    }

    private long number(int column) {
        return Objects.requireNonNull((Long) values[column]);
    }

    private int small(int column) {
        return Objects.requireNonNull((Integer) values[column]);
    }

    private String text(int column) {
        return values[column] instanceof String text ? text : "";
    }

    /** The row of that schedule; quarantined if it cannot be read. */
    ScheduleRow row(Schedule schedule, @Nullable String unreadable) {
        var history = new History(
                Nanos.instant(orNull(7)),
                text(8),
                Nanos.instant(orNull(9)),
                Nanos.duration(orNull(10)),
                unreadable == null ? text(11) : unreadable);
        return new ScheduleRow(
                schedule,
                number(0),
                unreadable == null ? STATES[small(1)] : ScheduleState.QUARANTINED,
                Nanos.instant(orNull(2)),
                small(5),
                small(6),
                history);
    }

    /** The token of the last lease. */
    long token() {
        return number(12);
    }

    /** The fire that is in the row of its schedule, if there is one. */
    List<Held> inline(String schedule) {
        Long owner = orNull(13);
        if (owner == null) {
            return List.of();
        }
        Instant at = Nanos.instant(number(14));
        var fire = new Fire(schedule, at, Boolean.TRUE.equals(values[15]), small(16), small(17));
        return List.of(new Held(fire, PHASES[small(18)], at, Long.toString(owner), token()));
    }

    /** How many fires are in rows of their own. */
    int others() {
        return small(19);
    }
}
