package io.orrery.store.jdbc;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Statements about many rows. On PostgreSQL each is one statement with an array for each column, which is what makes it fast;
 * elsewhere it is a batch. Stateless.
 */
abstract class Bulk {

    private static final int CHUNK = 500;

    /** The type of a column. */
    enum ColumnType {
        TEXT("text", Types.VARCHAR),
        LONG("bigint", Types.BIGINT),
        INT("integer", Types.INTEGER),
        FLAG("boolean", Types.BOOLEAN);

        final String sql;
        final int jdbc;

        ColumnType(String sql, int jdbc) {
            this.sql = sql;
            this.jdbc = jdbc;
        }
    }

    record Column(String name, ColumnType type) {}

    /** A statement about one row, by the names of its columns. */
    record Shape(String table, List<Column> columns) {

        String names() {
            return columns.stream().map(Column::name).collect(Collectors.joining(", "));
        }

        String marks() {
            return String.join(", ", Collections.nCopies(columns.size(), "?"));
        }
    }

    final Database database;

    private Bulk(Database database) {
        this.database = database;
    }

    static Bulk of(Database database) {
        return database.dialect.isPostgres() ? new Arrayed(database) : new Batched(database);
    }

    /** Inserts rows. */
    abstract void insert(Connection connection, Shape shape, List<Object[]> rows) throws SQLException;

    /** Inserts rows, but for those whose first column, which is the key, is there; gives back the keys of those inserted. */
    abstract Set<String> insertNew(Connection connection, Shape shape, List<Object[]> rows) throws SQLException;

    /** Changes rows; gives back the first column of those that were changed. */
    abstract Set<String> update(Connection connection, Shape shape, Change change, List<Object[]> rows)
            throws SQLException;

    /** Deletes rows: all columns say which. Gives back the first column of those that were deleted. */
    abstract Set<String> delete(Connection connection, Shape shape, String condition, List<Object[]> rows)
            throws SQLException;

    /**
     * What an update does besides.
     *
     * @param keys how many of the columns say which rows
     * @param set more to set, beginning with a comma; or nothing
     * @param condition more that has to hold, beginning with {@code and}; or nothing. Columns of the table begin with {@code s.}
     */
    record Change(int keys, String set, String condition) {}

    /** Reads rows by their keys: {@code query} ends with the name of the key. */
    abstract <T> void select(
            Connection connection,
            String query,
            String rest,
            List<String> keys,
            Database.Reader<T> reader,
            List<T> into)
            throws SQLException;

    private static final class Arrayed extends Bulk {

        Arrayed(Database database) {
            super(database);
        }

        private static String unnested(Shape shape) {
            return "unnest("
                    + shape.columns().stream()
                            .map(column -> "?::" + column.type().sql + "[]")
                            .collect(Collectors.joining(", "))
                    + ")";
        }

        private static String which(List<Column> keys) {
            return keys.stream()
                    .map(key -> "s." + key.name() + " = u." + key.name())
                    .collect(Collectors.joining(" and "));
        }

        private Set<String> run(Connection connection, String text, Shape shape, List<Object[]> rows)
                throws SQLException {
            List<Array> arrays = new ArrayList<>();
            try (var statement = connection.prepareStatement(database.sql(text))) {
                for (int i = 0; i < shape.columns().size(); i++) {
                    Array array = array(connection, shape.columns().get(i).type(), rows, i);
                    arrays.add(array);
                    statement.setArray(i + 1, array);
                }
                Set<String> keys = HashSet.newHashSet(rows.size());
                if (statement.execute()) {
                    try (var result = statement.getResultSet()) {
                        while (result.next()) {
                            keys.add(result.getString(1));
                        }
                    }
                }
                return keys;
            } finally {
                for (Array array : arrays) {
                    array.free();
                }
            }
        }

        private static Array array(Connection connection, ColumnType type, List<Object[]> rows, int column)
                throws SQLException {
            int size = rows.size();
            Object[] values = switch (type) {
                case TEXT -> new String[size];
                case LONG -> new Long[size];
                case INT -> new Integer[size];
                case FLAG -> new Boolean[size];
            };
            for (int i = 0; i < size; i++) {
                values[i] = rows.get(i)[column];
            }
            return connection.createArrayOf(type.sql, values);
        }

        @Override
        void insert(Connection connection, Shape shape, List<Object[]> rows) throws SQLException {
            run(connection, inserting(shape), shape, rows);
        }

        private static String inserting(Shape shape) {
            return "insert into " + shape.table() + " (" + shape.names() + ") select * from " + unnested(shape);
        }

        @Override
        Set<String> insertNew(Connection connection, Shape shape, List<Object[]> rows) throws SQLException {
            String key = shape.columns().getFirst().name();
            return run(
                    connection,
                    inserting(shape) + " on conflict (" + key + ") do nothing returning " + key,
                    shape,
                    rows);
        }

        @Override
        Set<String> update(Connection connection, Shape shape, Change change, List<Object[]> rows) throws SQLException {
            List<Column> columns = shape.columns();
            String set = columns.stream()
                    .skip(change.keys())
                    .map(column -> column.name() + " = u." + column.name())
                    .collect(Collectors.joining(", "));
            String text = "update " + shape.table() + " s set " + set + change.set() + " from " + unnested(shape)
                    + " u("
                    + shape.names() + ") where " + which(columns.subList(0, change.keys())) + " " + change.condition()
                    + " returning s." + columns.getFirst().name();
            return run(connection, text, shape, rows);
        }

        @Override
        Set<String> delete(Connection connection, Shape shape, String condition, List<Object[]> rows)
                throws SQLException {
            String text =
                    "delete from " + shape.table() + " s using " + unnested(shape) + " u(" + shape.names() + ") where "
                            + which(shape.columns()) + " " + condition + " returning s."
                            + shape.columns().getFirst().name();
            return run(connection, text, shape, rows);
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

    private static final class Batched extends Bulk {

        Batched(Database database) {
            super(database);
        }

        @Override
        void insert(Connection connection, Shape shape, List<Object[]> rows) throws SQLException {
            run(
                    connection,
                    "insert into " + shape.table() + " (" + shape.names() + ") values (" + shape.marks() + ")",
                    shape.columns(),
                    rows);
        }

        @Override
        Set<String> insertNew(Connection connection, Shape shape, List<Object[]> rows) throws SQLException {
            String key = shape.columns().getFirst().name();
            List<String> keys =
                    new ArrayList<>(rows.stream().map(row -> (String) row[0]).toList());
            List<String> there = new ArrayList<>();
            select(
                    connection,
                    "select " + key + " from " + shape.table() + " where " + key,
                    "",
                    keys,
                    row -> row.getString(1),
                    there);
            var known = new HashSet<>(there);
            insert(
                    connection,
                    shape,
                    rows.stream().filter(row -> !known.contains(row[0])).toList());
            keys.removeAll(known);
            return new HashSet<>(keys);
        }

        @Override
        Set<String> update(Connection connection, Shape shape, Change change, List<Object[]> rows) throws SQLException {
            List<Column> keys = shape.columns().subList(0, change.keys());
            List<Column> set =
                    shape.columns().subList(change.keys(), shape.columns().size());
            List<Column> ordered = new ArrayList<>(set);
            ordered.addAll(keys);
            String text = "update " + shape.table() + " s set "
                    + set.stream().map(column -> column.name() + " = ?").collect(Collectors.joining(", "))
                    + change.set() + " where " + which(keys) + " " + change.condition();
            return matched(rows, run(connection, text, ordered, turned(rows, change.keys())));
        }

        private static List<Object[]> turned(List<Object[]> rows, int keys) {
            return rows.stream()
                    .map(row -> {
                        var copy = new Object[row.length];
                        System.arraycopy(row, keys, copy, 0, row.length - keys);
                        System.arraycopy(row, 0, copy, row.length - keys, keys);
                        return copy;
                    })
                    .toList();
        }

        private static String which(List<Column> keys) {
            return keys.stream().map(key -> "s." + key.name() + " = ?").collect(Collectors.joining(" and "));
        }

        @Override
        Set<String> delete(Connection connection, Shape shape, String condition, List<Object[]> rows)
                throws SQLException {
            String text = ("delete from " + shape.table() + " where " + which(shape.columns()) + " " + condition)
                    .replace("s.", "");
            return matched(rows, run(connection, text, shape.columns(), rows));
        }

        private static Set<String> matched(List<Object[]> rows, int[] counts) {
            Set<String> keys = HashSet.newHashSet(rows.size());
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] > 0) {
                    keys.add((String) rows.get(i)[0]);
                }
            }
            return keys;
        }

        private int[] run(Connection connection, String text, List<Column> columns, List<Object[]> rows)
                throws SQLException {
            if (rows.isEmpty()) {
                return new int[0];
            }
            try (var statement = connection.prepareStatement(database.sql(text))) {
                for (Object[] row : rows) {
                    for (int i = 0; i < row.length; i++) {
                        statement.setObject(i + 1, row[i], columns.get(i).type().jdbc);
                    }
                    statement.addBatch();
                }
                return statement.executeBatch();
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
            for (int from = 0; from < keys.size(); from += CHUNK) {
                List<String> some = keys.subList(from, Math.min(keys.size(), from + CHUNK));
                // One text for all chunks but the last few, so that it is parsed once.
                int marks = some.size() == CHUNK ? CHUNK : Math.max(1, Integer.highestOneBit(some.size() - 1) * 2);
                var padded = Arrays.copyOf(some.toArray(), Math.max(marks, some.size()));
                Arrays.fill(padded, some.size(), padded.length, some.getLast());
                String in = " in (" + String.join(", ", Collections.nCopies(padded.length, "?")) + ") ";
                try (var statement = connection.prepareStatement(database.sql(query + in + rest))) {
                    read(Database.with(statement, padded), reader, into);
                }
            }
        }
    }

    static <T> void read(PreparedStatement statement, Database.Reader<T> reader, List<T> into) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                into.add(reader.read(rows));
            }
        }
    }
}
