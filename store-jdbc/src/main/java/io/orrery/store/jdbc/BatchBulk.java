package io.orrery.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Each statement as a batch of one for each row, for databases that have no arrays. */
final class BatchBulk extends Bulk {

    private static final int CHUNK = 500;

    BatchBulk(Database database) {
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

    /** Elsewhere than in H2 who finds a row that somebody has just inserted waits for it and locks it, and does not fail. */
    @Override
    void insertMissing(Connection connection, Shape shape, List<Object[]> rows) throws SQLException {
        if (database.dialect == Dialect.H2) {
            super.insertMissing(connection, shape, rows);
            return;
        }
        String key = shape.columns().getFirst().name();
        String text = "insert into " + shape.table() + " (" + shape.names() + ") values (" + shape.marks()
                + ") on duplicate key update " + key + " = values(" + key + ")";
        run(connection, text, shape.columns(), rows);
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
    Map<String, String> write(Connection connection, Shape shape, String set, String id, List<Object[]> rows)
            throws SQLException {
        Set<String> written = update(connection, shape, new Change(1, set, ""), rows);
        requireAll(written.size(), rows.size());
        return Map.of();
    }

    @Override
    Set<String> delete(Connection connection, Shape shape, String condition, List<Object[]> rows) throws SQLException {
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
