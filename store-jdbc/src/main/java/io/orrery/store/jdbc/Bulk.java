package io.orrery.store.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Types;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Statements about many rows. On PostgreSQL each is one statement with an array for each column, which is what makes it fast;
 * elsewhere it is a batch. Stateless.
 */
abstract class Bulk {

    /** The type of a column. */
    enum ColumnType {
        TEXT("text", Types.VARCHAR),
        LONG("bigint", Types.BIGINT),
        INT("integer", Types.INTEGER),
        FLAG("boolean", Types.BOOLEAN),
        /** Where a row is in its table, on PostgreSQL alone. */
        PLACE("tid", Types.OTHER);

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

    Bulk(Database database) {
        this.database = database;
    }

    static Bulk of(Database database) {
        return database.dialect.isPostgres() ? new ArrayBulk(database) : new BatchBulk(database);
    }

    /** Inserts rows. */
    abstract void insert(Connection connection, Shape shape, List<Object[]> rows) throws SQLException;

    /** Inserts rows, but for those whose first column, which is the key, is there; gives back the keys of those inserted. */
    abstract Set<String> insertNew(Connection connection, Shape shape, List<Object[]> rows) throws SQLException;

    /** Inserts rows, in their order, but for those whose first column, which is the key, is there, of which it may lock some. */
    void insertMissing(Connection connection, Shape shape, List<Object[]> rows) throws SQLException {
        insertNew(connection, shape, rows);
    }

    /** Changes rows; gives back the first column of those that were changed. */
    abstract Set<String> update(Connection connection, Shape shape, Change change, List<Object[]> rows)
            throws SQLException;

    /**
     * Changes rows that this transaction has locked and not changed since; their first column says which.
     *
     * @param set more to set, beginning with a comma; or nothing
     * @param id the column by which what is given back is to be found
     * @return where they are in the table now, if the first column says where they were
     * @throws SQLException also if one of them is not there
     */
    abstract Map<String, String> write(Connection connection, Shape shape, String set, String id, List<Object[]> rows)
            throws SQLException;

    /** Another row was where one was meant to be: the transaction begins anew, and has to look for it elsewhere. */
    static final class Misplaced extends SQLTransactionRollbackException {
        private static final long serialVersionUID = 1;

        Misplaced() {
            super("Another row was where one was meant to be", "40001");
        }
    }

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

    /** Refuses to have written less than all rows: the transaction begins anew. */
    static void requireAll(int written, int wanted) throws SQLException {
        if (written != wanted) {
            throw new SQLTransactionRollbackException(
                    "Of " + wanted + " rows that were locked " + written + " were written", "40001");
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
