package io.orrery.store.jdbc;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Each statement as one for all rows, with an array for each column, on PostgreSQL. A column that has the same value in all rows
 * goes as that value: most of what a batch says is the same for all, and to take arrays apart is what costs the server most.
 *
 * <p>What has to hold besides the key is said of the pair of rows: of the table alone, the server would take it from its
 * statistics, which are older than the leases, that hardly any row is meant, and look at all of them for each of the batch.
 */
final class ArrayBulk extends Bulk {

    ArrayBulk(Database database) {
        super(database);
    }

    /** A statement that is being written, with its parameters in the order in which they stand in it. */
    private static final class Text {
        private final Shape shape;
        private final List<Object[]> rows;
        private final boolean[] same; // which columns have one value in all rows; never the first one
        private final StringBuilder text = new StringBuilder();
        private final List<Integer> values = new ArrayList<>(); // columns of which the value is a parameter, in order
        private int before = -1; // how many of them stand before the arrays
        private List<Integer> arrays = List.of(); // columns of which an array is a parameter, in order
        private boolean at; // whether these are lists of values, rather than columns of a table

        Text(Shape shape, List<Object[]> rows) {
            this.shape = shape;
            this.rows = rows;
            this.same = new boolean[shape.columns().size()];
            for (int i = 1; i < same.length; i++) {
                same[i] = isSame(i);
            }
        }

        private boolean isSame(int column) {
            Object first = rows.getFirst()[column];
            for (Object[] row : rows) {
                if (!Objects.equals(first, row[column])) {
                    return false;
                }
            }
            return true;
        }

        Text add(String part) {
            text.append(part);
            return this;
        }

        private String value(int column) {
            Column what = shape.columns().get(column);
            if (!same[column]) {
                return "u." + what.name();
            }
            values.add(column);
            return "?::" + what.type().sql;
        }

        private List<Integer> differing() {
            return IntStream.range(0, same.length).filter(i -> !same[i]).boxed().toList();
        }

        /** Whether all rows say the same, but for the first column. */
        boolean isUniform() {
            return differing().size() == 1;
        }

        /** The values of the columns from one to another, with what is said of them. */
        Text values(int from, int to, String separator, String of) {
            text.append(IntStream.range(from, to)
                    .mapToObj(i -> (of.isEmpty() ? "" : shape.columns().get(i).name() + of) + value(i))
                    .collect(Collectors.joining(separator)));
            return this;
        }

        /** Which rows: those that have the values of the first columns, and of which more holds, beginning with {@code and}. */
        Text where(int keys, String more) {
            String first = shape.columns().getFirst().name();
            String others = IntStream.range(1, keys)
                    .mapToObj(i -> " and s." + shape.columns().get(i).name() + " = " + value(i))
                    .collect(Collectors.joining());
            text.append(" where s." + first + " = u." + first);
            if (!others.isEmpty() || !more.isEmpty()) {
                text.append(" and case when u." + first + " is not null then true" + others + " " + more
                        + " else false end");
            }
            return this;
        }

        Text arraysAsTable() {
            before = values.size();
            arrays = differing();
            text.append("unnest(")
                    .append(arrays.stream()
                            .map(i -> "?::" + shape.columns().get(i).type().sql + "[]")
                            .collect(Collectors.joining(", ")))
                    .append(") u(")
                    .append(names(arrays, ""))
                    .append(")");
            return this;
        }

        private String names(List<Integer> some, String table) {
            return some.stream().map(i -> table + shape.columns().get(i).name()).collect(Collectors.joining(", "));
        }

        /** Which rows: those at these places, of which each of the other columns from one on has one of its values. */
        Text whereAt(int from, String more) {
            before = values.size();
            List<Integer> checked =
                    differing().stream().filter(i -> i == 0 || i >= from).toList();
            arrays = checked;
            at = true;
            text.append(" where ")
                    .append(checked.stream()
                            .map(i -> "s." + shape.columns().get(i).name() + " = any(?::"
                                    + shape.columns().get(i).type().sql + "[])")
                            .collect(Collectors.joining(" and ")));
            for (int i = from; i < same.length; i++) {
                if (same[i]) {
                    text.append(" and s.")
                            .append(shape.columns().get(i).name())
                            .append(" = ")
                            .append(value(i));
                }
            }
            text.append(" ").append(more);
            return this;
        }

        /** Sets its parameters; gives back the arrays, which are to be freed. */
        List<Array> set(Connection connection, PreparedStatement statement) throws SQLException {
            List<Array> sent = new ArrayList<>();
            int at = 1;
            for (int column : values.subList(0, before)) {
                set(statement, at++, column);
            }
            for (int column : arrays) {
                Array array =
                        connection.createArrayOf(shape.columns().get(column).type().sql, column(column));
                sent.add(array);
                statement.setArray(at++, array);
            }
            for (int column : values.subList(before, values.size())) {
                set(statement, at++, column);
            }
            return sent;
        }

        private void set(PreparedStatement statement, int at, int column) throws SQLException {
            statement.setObject(
                    at, rows.getFirst()[column], shape.columns().get(column).type().jdbc);
        }

        private @Nullable Object[] column(int column) {
            int size = rows.size();
            @Nullable
            Object[] all = switch (shape.columns().get(column).type()) {
                case TEXT, PLACE -> new String[size];
                case LONG -> new Long[size];
                case INT -> new Integer[size];
                case FLAG -> new Boolean[size];
            };
            for (int i = 0; i < size; i++) {
                all[i] = rows.get(i)[column];
            }
            return at && column > 0 ? Arrays.stream(all).distinct().toArray(n -> Arrays.copyOf(all, n)) : all;
        }
    }

    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private <T> T run(Connection connection, Text text, Use<T> use) throws SQLException {
        List<Array> arrays = List.of();
        try (var statement = connection.prepareStatement(database.sql(text.text.toString()))) {
            arrays = text.set(connection, statement);
            return use.of(statement);
        } finally {
            for (Array array : arrays) {
                array.free();
            }
        }
    }

    private static Set<String> keys(PreparedStatement statement, int most) throws SQLException {
        Set<String> keys = HashSet.newHashSet(most);
        try (var result = statement.executeQuery()) {
            while (result.next()) {
                keys.add(result.getString(1));
            }
        }
        return keys;
    }

    @Override
    void insert(Connection connection, Shape shape, List<Object[]> rows) throws SQLException {
        run(connection, inserting(shape, rows), PreparedStatement::executeUpdate);
    }

    private static Text inserting(Shape shape, List<Object[]> rows) {
        return new Text(shape, rows)
                .add("insert into " + shape.table() + " (" + shape.names() + ") select ")
                .values(0, shape.columns().size(), ", ", "")
                .add(" from ")
                .arraysAsTable();
    }

    @Override
    Set<String> insertNew(Connection connection, Shape shape, List<Object[]> rows) throws SQLException {
        String key = shape.columns().getFirst().name();
        Text text = inserting(shape, rows).add(" on conflict (" + key + ") do nothing returning " + key);
        return run(connection, text, statement -> keys(statement, rows.size()));
    }

    private static Text setting(Shape shape, List<Object[]> rows, Change change) {
        return new Text(shape, rows)
                .add("update " + shape.table() + " s set ")
                .values(change.keys(), shape.columns().size(), ", ", " = ")
                .add(change.set());
    }

    private static Text joined(Text text, Change change) {
        return text.add(" from ").arraysAsTable().where(change.keys(), change.condition());
    }

    @Override
    Set<String> update(Connection connection, Shape shape, Change change, List<Object[]> rows) throws SQLException {
        Text text = joined(setting(shape, rows, change), change)
                .add(" returning u." + shape.columns().getFirst().name());
        return run(connection, text, statement -> keys(statement, rows.size()));
    }

    @Override
    Map<String, String> write(Connection connection, Shape shape, String set, String id, List<Object[]> rows)
            throws SQLException {
        var change = new Change(1, set, "");
        Text text = setting(shape, rows, change);
        Column key = shape.columns().getFirst();
        if (key.type() != ColumnType.PLACE) {
            requireAll(run(connection, joined(text, change), PreparedStatement::executeUpdate), rows.size());
            return Map.of();
        }
        text = text.isUniform() ? text.whereAt(shape.columns().size(), "") : joined(text, change);
        text.add(" returning s." + id + ", s." + key.name());
        Map<String, String> moved = run(connection, text, statement -> moved(statement, rows.size()));
        requireAll(moved.size(), rows.size());
        return moved;
    }

    private static Map<String, String> moved(PreparedStatement statement, int most) throws SQLException {
        Map<String, String> moved = HashMap.newHashMap(most);
        try (var result = statement.executeQuery()) {
            while (result.next()) {
                moved.put(result.getString(1), result.getString(2));
            }
        }
        return moved;
    }

    @Override
    Set<String> delete(Connection connection, Shape shape, String condition, List<Object[]> rows) throws SQLException {
        if (shape.columns().getFirst().type() == ColumnType.PLACE) {
            return deleteAt(connection, shape, condition, rows);
        }
        Text text = new Text(shape, rows)
                .add("delete from " + shape.table() + " s using ")
                .arraysAsTable()
                .where(shape.columns().size(), condition)
                .add(" returning s." + shape.columns().getFirst().name());
        return run(connection, text, statement -> keys(statement, rows.size()));
    }

    /** Rows where they stand. Whether they are those that were meant is seen when they are gone. */
    private Set<String> deleteAt(Connection connection, Shape shape, String condition, List<Object[]> rows)
            throws SQLException {
        Text text = new Text(shape, rows)
                .add("delete from " + shape.table() + " s")
                .whereAt(2, condition)
                .add(" returning " + shape.names());
        Map<String, Object[]> meant = HashMap.newHashMap(rows.size());
        rows.forEach(row -> meant.put((String) row[0], row));
        return run(connection, text, statement -> {
            Set<String> found = HashSet.newHashSet(rows.size());
            try (var result = statement.executeQuery()) {
                while (result.next()) {
                    String place = result.getString(1);
                    requireMeant(shape, result, meant.get(place));
                    found.add(place);
                }
            }
            return found;
        });
    }

    private static void requireMeant(Shape shape, ResultSet row, Object @Nullable [] meant) throws SQLException {
        if (meant == null) { // it was moved while this waited for it
            throw new Misplaced();
        }
        for (int i = 1; i < meant.length; i++) {
            boolean is = shape.columns().get(i).type() == ColumnType.LONG
                    ? row.getLong(i + 1) == (Long) meant[i]
                    : meant[i].equals(row.getString(i + 1));
            if (!is) {
                throw new Misplaced();
            }
        }
    }

    @Override
    <T> void select(
            Connection connection,
            String query,
            String rest,
            List<String> keys,
            Database.Reader<T> reader,
            List<T> into)
            throws SQLException {
        try (var statement = connection.prepareStatement(database.sql(query + " = any(?) " + rest))) {
            statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
            read(statement, reader, into);
        }
    }
}
