package io.orrery.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.h2.engine.Constants;

/** What databases say differently. */
enum Dialect {
    /** Embedded, or a server. */
    H2("h2", "cast(extract(epoch from current_timestamp(6)) * 1000000 as bigint) * 1000", "for update", ""),
    POSTGRESQL(
            "postgresql",
            "(extract(epoch from clock_timestamp()) * 1000000)::bigint * 1000",
            // Goes together with the heartbeat, which does not touch the key, but not with a take-over.
            "for key share",
            // Batches are joined with a table of any size, of which a scan looks cheap while it is small.
            ", set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true)"
                    + ", set_config('enable_mergejoin', 'off', true)"),
    MARIADB("mariadb", "cast(unix_timestamp(sysdate(6)) * 1000000 as signed) * 1000", "lock in share mode", ""),
    MYSQL("mariadb", "cast(unix_timestamp(sysdate(6)) * 1000000 as signed) * 1000", "lock in share mode", "");

    private static final String IDLE = "idle_in_transaction_session_timeout";

    /** The folder of its tables. */
    final String folder;
    /** Its clock, in nanoseconds since 1970. */
    final String now;
    /** What keeps a row of a node from being taken over until the transaction is over. */
    final String keepingNode;

    /** What a transaction begins with that is to see the database as it is at one moment; empty for nothing. */
    final String beginningComparison;
    /** The isolation of its connection, where that says so. */
    final int comparison;

    /** What is set for a transaction that handles many rows, as more columns of its first query. */
    final String settings;

    Dialect(String folder, String now, String keepingNode, String settings) {
        this.folder = folder;
        this.now = now;
        this.keepingNode = keepingNode;
        this.settings = settings;
        boolean isH2 = folder.equals("h2"); // which has no such statement, but an isolation of its own
        this.beginningComparison = isH2 ? "" : "set transaction isolation level repeatable read";
        this.comparison = isH2 ? Constants.TRANSACTION_SNAPSHOT : Connection.TRANSACTION_REPEATABLE_READ;
    }

    /**
     * That of a connection.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product.toLowerCase(Locale.ROOT)) {
            case "h2" -> H2;
            case "postgresql" -> POSTGRESQL;
            case "mariadb" -> MARIADB;
            case "mysql" -> MYSQL;
            default ->
                throw new IllegalArgumentException(
                        "Schedules are kept in H2, PostgreSQL, MariaDB or MySQL, but this is " + product
                                + ". Use one of these.");
        };
    }

    /**
     * What a transaction begins with; empty for nothing. It holds for one transaction: nothing stays on the connection.
     *
     * @param isolation what connections are set to
     */
    String beginning(int isolation) {
        boolean other = switch (this) {
            case H2 -> false; // has no such statement
            case POSTGRESQL -> isolation != Connection.TRANSACTION_READ_COMMITTED;
            case MARIADB, MYSQL -> true;
        };
        return other ? "set transaction isolation level read committed" : "";
    }

    /**
     * What has the server end a transaction whose client says nothing for so long; empty where there is no such setting of a
     * transaction. A node that was cut off in the middle of one would otherwise keep others from taking over until the
     * network is given up, which may take hours.
     */
    String limiting(int millis) {
        return this == POSTGRESQL ? "set local " + IDLE + " = " + millis : "";
    }

    /** The same as one more column of a query, which costs nothing. */
    String ending(int millis) {
        return this == POSTGRESQL ? ", set_config('" + IDLE + "', '" + millis + "', true)" : "";
    }

    boolean isPostgres() {
        return this == POSTGRESQL;
    }

    /** How text is compared: letter by letter, with spaces at the end. */
    String collation() {
        return this == MYSQL ? "utf8mb4_0900_bin" : "utf8mb4_nopad_bin";
    }

    /** Whether what was tried may work if it is tried again at once. */
    static boolean isPassing(SQLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isPassing(sql.getSQLState(), sql.getErrorCode())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPassing(String state, int code) {
        return state != null
                && (state.startsWith("40")
                        || state.equals("23505")
                        || code == 1213
                        || code == 1205
                        || code == 1062
                        || code == 50200);
    }
}
