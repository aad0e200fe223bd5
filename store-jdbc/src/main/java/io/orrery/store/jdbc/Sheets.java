package io.orrery.store.jdbc;

import io.orrery.schedule.Fire;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.store.Cell;
import io.orrery.schedule.store.Held;
import io.orrery.store.jdbc.Bulk.Change;
import io.orrery.store.jdbc.Bulk.Column;
import io.orrery.store.jdbc.Bulk.ColumnType;
import io.orrery.store.jdbc.Bulk.Shape;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads schedules with their fires from the tables, and writes them. Safe for use by any thread. */
final class Sheets {

    private static final List<Column> KEY = List.of(new Column("id", ColumnType.TEXT));
    private static final List<Column> SAYING = List.of(
            new Column("job", ColumnType.TEXT),
            new Column("codec", ColumnType.TEXT),
            new Column("payload", ColumnType.TEXT),
            new Column("trigger_data", ColumnType.TEXT),
            new Column("definition", ColumnType.TEXT),
            new Column("kept", ColumnType.FLAG),
            new Column("place", ColumnType.INT),
            new Column("queue", ColumnType.TEXT),
            new Column("limited", ColumnType.FLAG),
            new Column("places", ColumnType.TEXT));
    private static final Change BY_ID = new Change(1, "", "");

    private static final Shape INSERTED =
            shape("#schedule", shape("", KEY, SAYING).columns(), Standing.COLUMNS);
    private static final Shape SAID = shape("#schedule", KEY, SAYING);
    private static final Shape GONE = new Shape("#schedule", KEY);

    private static final List<Column> FIRE_KEY = List.of(
            new Column("schedule", ColumnType.TEXT),
            new Column("fire_at", ColumnType.LONG),
            new Column("by_hand", ColumnType.FLAG));
    private static final Shape FIRES = shape(
            "#fire",
            FIRE_KEY,
            List.of(
                    new Column("attempt", ColumnType.INT),
                    new Column("coalesced", ColumnType.INT),
                    new Column("phase", ColumnType.INT),
                    new Column("due", ColumnType.LONG),
                    new Column("owner", ColumnType.LONG),
                    new Column("token", ColumnType.LONG),
                    new Column("seq", ColumnType.INT)));
    private static final Shape FIRES_GONE = new Shape("#fire", FIRE_KEY);

    private static final int STANDING = 1 + KEY.size() + SAYING.size();
    private static final Held.Phase[] PHASES = Held.Phase.values();

    private final Bulk bulk;
    private final Column key;
    private final Definitions definitions = new Definitions();

    Sheets(Bulk bulk) {
        this.bulk = bulk;
        this.key = bulk.database.dialect.isPostgres() ? new Column("ctid", ColumnType.PLACE) : KEY.getFirst();
    }

    /** What a query has to select, of the table {@code s}. */
    String columns() {
        return INSERTED.names() + ", s." + key.name();
    }

    private static Shape shape(String table, List<Column> some, List<Column> more) {
        List<Column> all = new ArrayList<>(some);
        all.addAll(more);
        return new Shape(table, all);
    }

    /**
     * Refuses a definition that the tables cannot keep.
     *
     * @throws IllegalArgumentException if it is one
     */
    void check(Schedule schedule) {
        definitions.write(schedule);
    }

    // ------------------------------------------------------------------------------------- reading

    /** Reads schedules by their ids. */
    Map<String, Sheet> find(Connection connection, List<String> ids) throws SQLException {
        return byId(connection, ids, "");
    }

    /** Locks schedules by their ids, in the order of these, and reads them. */
    Map<String, Sheet> lock(Connection connection, List<String> ids) throws SQLException {
        return byId(connection, ids.stream().sorted().toList(), "order by id for update");
    }

    private Map<String, Sheet> byId(Connection connection, List<String> ids, String rest) throws SQLException {
        List<Sheet> sheets = new ArrayList<>(ids.size());
        bulk.select(connection, "select " + columns() + " from #schedule s where id", rest, ids, this::read, sheets);
        fill(connection, sheets);
        Map<String, Sheet> byId = LinkedHashMap.newLinkedHashMap(sheets.size());
        sheets.forEach(sheet -> byId.put(sheet.id(), sheet));
        return byId;
    }

    /** Reads all schedules: first those with a due time, in its order; those that are equal by id. */
    List<Sheet> all(Connection connection) throws SQLException {
        List<Sheet> sheets = new ArrayList<>();
        String text =
                "select " + columns() + " from #schedule s order by case when due is null then 1 else 0 end, due, id";
        try (var statement = connection.prepareStatement(bulk.database.sql(text))) {
            Bulk.read(statement, this::read, sheets);
        }
        fill(connection, sheets);
        return sheets;
    }

    /** Reads the fires that are in rows of their own. */
    void fill(Connection connection, List<Sheet> sheets) throws SQLException {
        Map<String, Sheet> some = new HashMap<>();
        sheets.stream().filter(Sheet::hasOthers).forEach(sheet -> some.put(sheet.id(), sheet));
        if (some.isEmpty()) {
            return;
        }
        List<Map.Entry<String, Sheet.Stored>> rows = new ArrayList<>();
        bulk.select(
                connection,
                "select " + FIRES.names() + " from #fire where schedule",
                "order by schedule, seq",
                List.copyOf(some.keySet()),
                Sheets::fire,
                rows);
        for (Map.Entry<String, Sheet.Stored> row : rows) {
            Sheet sheet = some.get(row.getKey());
            if (sheet != null) {
                sheet.rows.put(Sheet.key(row.getValue().held()), row.getValue());
                sheet.cell.fires().add(row.getValue().held());
            }
        }
    }

    private static Map.Entry<String, Sheet.Stored> fire(ResultSet row) throws SQLException {
        String schedule = row.getString(1);
        var fire = new Fire(schedule, Nanos.instant(row.getLong(2)), row.getBoolean(3), row.getInt(4), row.getInt(5));
        Long owner = number(row, 8);
        var held = new Held(
                fire,
                PHASES[row.getInt(6)],
                Nanos.instant(row.getLong(7)),
                owner == null ? "" : owner.toString(),
                row.getLong(9));
        return Map.entry(schedule, new Sheet.Stored(held, row.getInt(10)));
    }

    /** Reads a row of {@link #columns}; its other fires are missing until they are {@linkplain #fill filled in}. */
    Sheet read(ResultSet row) throws SQLException {
        String id = row.getString(1);
        Schedule schedule;
        String unreadable = null;
        try {
            var columns = new Definitions.Columns(
                    row.getString(2), row.getString(3), row.getString(4), row.getString(5), row.getString(6));
            schedule = definitions.read(id, columns, row.getBoolean(7));
        } catch (IllegalArgumentException e) {
            unreadable = e.getMessage();
            schedule = Definitions.limited(Schedule.named(id).name("unreadable"), row.getString(11));
        }
        Standing standing = Standing.read(row, STANDING);
        var cell = new Cell(standing.row(schedule, unreadable), standing.inline(id), standing.token());
        cell.block(standing.blocked());
        return new Sheet(cell, schedule, standing, row.getString(STANDING + Standing.COLUMNS.size()), unreadable);
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : (Long) value;
    }

    // ------------------------------------------------------------------------------------- writing

    /** Inserts schedules whose ids are not taken; gives back the ids of those. */
    Set<String> insert(Connection connection, List<Sheet> sheets) throws SQLException {
        List<Object[]> rows = new ArrayList<>(sheets.size());
        for (Sheet sheet : sheets) {
            rows.add(joined(
                    new Object[] {sheet.id()}, saying(sheet), Standing.of(sheet).values()));
        }
        Set<String> inserted = bulk.insertNew(connection, INSERTED, rows);
        writeFires(
                connection,
                sheets.stream().filter(sheet -> inserted.contains(sheet.id())).toList());
        return inserted;
    }

    /** Writes what has become of schedules that were read and locked. */
    void update(Connection connection, List<Sheet> sheets) throws SQLException {
        writeStanding(connection, sheets);
        List<Object[]> saying = new ArrayList<>();
        for (Sheet sheet : sheets) {
            if (sheet.cell.row().schedule() != sheet.written) {
                saying.add(joined(new Object[] {sheet.id()}, saying(sheet)));
            }
        }
        if (!saying.isEmpty()) {
            bulk.update(connection, SAID, BY_ID, saying);
        }
        writeFires(connection, sheets);
    }

    /** Of how they stand, those columns of which one has changed. */
    private void writeStanding(Connection connection, List<Sheet> sheets) throws SQLException {
        var changed = new BitSet();
        List<Object[]> standing = new ArrayList<>(sheets.size());
        for (Sheet sheet : sheets) {
            @Nullable Object[] values = Standing.of(sheet).values();
            standing.add(values);
            for (int i = 0; i < values.length; i++) {
                if (!Objects.equals(values[i], sheet.values()[i])) {
                    changed.set(i);
                }
            }
        }
        String copies = isPlaced() ? copies(sheets, standing, changed) : "";
        int[] which = changed.stream().toArray();
        if (which.length == 0) {
            return;
        }
        List<Column> columns = new ArrayList<>(List.of(key));
        for (int column : which) {
            columns.add(Standing.COLUMNS.get(column));
        }
        List<Object[]> rows = new ArrayList<>(sheets.size());
        for (int i = 0; i < sheets.size(); i++) {
            var row = new @Nullable Object[1 + which.length];
            row[0] = sheets.get(i).key;
            for (int k = 0; k < which.length; k++) {
                row[1 + k] = standing.get(i)[which[k]];
            }
            rows.add(row);
        }
        Map<String, String> places = bulk.write(
                connection,
                new Shape("#schedule", columns),
                copies,
                KEY.getFirst().name(),
                rows);
        sheets.forEach(sheet -> sheet.place = places.get(sheet.id()));
    }

    /** What sets the columns that get the due time that is in each row; takes them away from those that have changed. */
    private static String copies(List<Sheet> sheets, List<Object[]> standing, BitSet changed) {
        var copies = new StringBuilder();
        for (int column : Standing.TIMES_OF_FIRES) {
            boolean copied = changed.get(column);
            for (int i = 0; copied && i < standing.size(); i++) {
                copied = Objects.equals(standing.get(i)[column], sheets.get(i).values()[Standing.DUE]);
            }
            if (copied) {
                changed.clear(column);
                copies.append(", ")
                        .append(Standing.COLUMNS.get(column).name())
                        .append(" = s.")
                        .append(Standing.COLUMNS.get(Standing.DUE).name());
            }
        }
        return copies.toString();
    }

    private boolean isPlaced() {
        return key.type() == ColumnType.PLACE;
    }

    /** Removes schedules that were read and locked, with their fires. */
    void remove(Connection connection, List<Sheet> sheets) throws SQLException {
        bulk.delete(
                connection,
                GONE,
                "",
                sheets.stream().map(sheet -> new Object[] {sheet.id()}).toList());
        List<Object[]> fires = new ArrayList<>();
        for (Sheet sheet : sheets) {
            sheet.rows.keySet().forEach(key -> fires.add(key(sheet, key)));
        }
        if (!fires.isEmpty()) {
            bulk.delete(connection, FIRES_GONE, "", fires);
        }
    }

    private static Object[] key(Sheet sheet, Sheet.Key key) {
        return new Object[] {sheet.id(), key.at(), key.byHand()};
    }

    private static Object[] joined(@Nullable Object[]... parts) {
        int size = 0;
        for (@Nullable Object[] part : parts) {
            size += part.length;
        }
        var all = new Object[size];
        int at = 0;
        for (@Nullable Object[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private Object[] saying(Sheet sheet) {
        Schedule schedule = sheet.cell.row().schedule();
        Definitions.Columns columns = definitions.write(schedule);
        return new Object[] {
            columns.job(),
            columns.codec(),
            columns.payload(),
            columns.trigger(),
            columns.rest(),
            schedule.isKeptWhenFinished(),
            Math.negateExact(Math.max(schedule.policy().priority(), -Integer.MAX_VALUE)),
            schedule.queue().equals(Schedule.DEFAULT) ? null : schedule.queue(),
            schedule.isLimited(),
            Definitions.places(schedule)
        };
    }

    /** Text as any database takes it. */
    static String plain(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }

    private void writeFires(Connection connection, List<Sheet> sheets) throws SQLException {
        List<Object[]> gone = new ArrayList<>();
        List<Object[]> there = new ArrayList<>();
        for (Sheet sheet : sheets) {
            if (sheet.rows.isEmpty() && sheet.apart().isEmpty()) {
                continue;
            }
            Map<Sheet.Key, Sheet.Stored> old = new HashMap<>(sheet.rows);
            int seq = sheet.rows.values().stream()
                    .mapToInt(Sheet.Stored::seq)
                    .max()
                    .orElse(0);
            for (Held held : sheet.apart()) {
                Sheet.Key key = Sheet.key(held);
                Sheet.Stored stored = old.remove(key);
                if (stored == null || !same(stored.held(), held)) {
                    if (stored != null) {
                        gone.add(key(sheet, key));
                    }
                    there.add(fire(held, stored == null ? ++seq : stored.seq()));
                }
            }
            old.keySet().forEach(key -> gone.add(key(sheet, key)));
        }
        if (!gone.isEmpty()) {
            bulk.delete(connection, FIRES_GONE, "", gone);
        }
        if (!there.isEmpty()) {
            bulk.insert(connection, FIRES, there);
        }
    }

    /** Fires are equal whatever their attempts. */
    private static boolean same(Held one, Held other) {
        return one.equals(other)
                && one.fire().attempt() == other.fire().attempt()
                && one.fire().coalesced() == other.fire().coalesced();
    }

    private static Object[] fire(Held held, int seq) {
        Fire fire = held.fire();
        return new Object[] {
            fire.schedule(),
            Nanos.of(fire.at()),
            fire.manual(),
            fire.attempt(),
            fire.coalesced(),
            held.phase().ordinal(),
            Nanos.of(held.due()),
            held.node().isEmpty() ? null : (Long) Long.parseLong(held.node()),
            held.token(),
            seq
        };
    }
}
