package io.orrery.store.jdbc;

import io.orrery.schedule.store.StoreException;
import io.orrery.time.ManualTime;
import io.orrery.time.TimeSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Transactions on a data source, whatever its connections are set to, and the clock that goes with them: that of the
 * database, or that of a test which moves the time by hand. Safe for use by any thread.
 */
final class Database {

    private static final int TRIES = 8;
    private static final int PATIENCES = 3;
    private static final Duration PAUSE = Duration.ofMillis(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

    private final DataSource source;
    private final TimeSource time;
    private final int patience; // milliseconds
    final Dialect dialect;
    final String prefix;
    private final String isolating; // what a transaction begins with; empty for nothing
    private final String beginning; // the same, and what ends the transaction if this process is heard of no more
    /** What ends a transaction if this process is heard of no more, as one more column of its first query. */
    final String ending;

    /** Whether a commit has failed, so that nobody knows what it has done; whoever finds out takes the mark away. */
    final AtomicBoolean doubt = new AtomicBoolean();

    private volatile @Nullable String trouble; // null while it answers

    /** What is to be done in a transaction; may be done again from the beginning. */
    interface Work<T extends @Nullable Object> {
        T in(Connection connection) throws SQLException;
    }

    /** @param patience how long a database may take to say anything to one that is in a hurry; others wait longer */
    Database(DataSource source, TimeSource time, String prefix, Duration patience) throws SQLException {
        this.source = source;
        this.patience = Math.clamp(patience.toMillis(), 1_000, 600_000);
        this.time = time;
        this.prefix = prefix;
        try (var connection = source.getConnection()) {
            this.dialect = Dialect.of(connection);
            this.isolating = dialect.beginning(connection.getTransactionIsolation());
            this.ending = dialect.ending(PATIENCES * this.patience);
            this.beginning = Stream.of(isolating, dialect.limiting(PATIENCES * this.patience))
                    .filter(statement -> !statement.isEmpty())
                    .collect(Collectors.joining("; "));
            if (!connection.getAutoCommit()) {
                connection.rollback(); // of the question
            }
        }
    }

    /** Why it does not answer; null if it does. */
    @Nullable
    String trouble() {
        return trouble;
    }

    /**
     * Does it in a transaction.
     *
     * @throws StoreException if the database cannot
     * @throws IllegalArgumentException if the database does not take the values
     */
    <T extends @Nullable Object> T transact(String what, Work<T> work) {
        return transact(what, new Manner(PATIENCES * patience, beginning), work);
    }

    /** The same for what asks {@link #now(Connection, long)} before it locks anything, which sets how long it may be silent then. */
    <T extends @Nullable Object> T transactAsNode(String what, Work<T> work) {
        return transact(what, new Manner(PATIENCES * patience, isolating), work);
    }

    /** The same for questions whose answers are to fit together: those of one moment, whatever others write meanwhile. */
    <T extends @Nullable Object> T compare(String what, Work<T> work) {
        return transact(what, new Manner(PATIENCES * patience, dialect.beginningComparison, dialect.comparison), work);
    }

    /** The same for one question, or a change and a question after it. */
    <T extends @Nullable Object> T ask(String what, Work<T> work) {
        return transact(what, new Manner(PATIENCES * patience, ""), work);
    }

    /** The same for what is worth nothing if it comes late. */
    <T extends @Nullable Object> T hurry(String what, Work<T> work) {
        return transact(what, new Manner(patience, ""), work);
    }

    /**
     * How a transaction is done.
     *
     * @param millis how long the database may be silent
     * @param beginning what it begins with; empty for nothing
     * @param isolation of the connection, where that says how a transaction begins
     */
    private record Manner(int millis, String beginning, int isolation) {
        Manner(int millis, String beginning) {
            this(millis, beginning, Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    private <T extends @Nullable Object> T transact(String what, Manner manner, Work<T> work) {
        for (int i = 1; ; i++) {
            try {
                T result = once(manner, work);
                trouble = null;
                return result;
            } catch (SQLException e) {
                if (i == TRIES || !Dialect.isPassing(e) || !backsOff(i)) {
                    throw failure(what, e);
                }
            }
        }
    }

    /**
     * Waits a moment, so that those who got in each other's way do not do so again. In real time, whatever moves the time
     * otherwise: a database has its own. Returns false if that was interrupted.
     */
    private static boolean backsOff(int tries) {
        long most = Math.min(PAUSE.toNanos() << tries, LONGEST_PAUSE.toNanos());
        try {
            TimeSource.system()
                    .sleep(Duration.ofNanos(ThreadLocalRandom.current().nextLong(most)));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private RuntimeException failure(String what, SQLException e) {
        String state = e.getSQLState();
        String said = "A database that answers is needed to " + what + ", but it said: " + e.getMessage();
        if (state != null && state.startsWith("22")) {
            return new IllegalArgumentException(said + ". Use values that it takes.", e);
        }
        trouble = said;
        return new StoreException(said + ". It is tried again.", e);
    }

    /** A connection that a broken network has left open would keep its thread for ever. */
    private static int limit(Connection connection, int millis) throws SQLException {
        int before = connection.getNetworkTimeout();
        if (before == 0 || before > millis) {
            connection.setNetworkTimeout(Runnable::run, millis);
        }
        return before;
    }

    /**
     * Does it with a connection for long, on which each statement is a transaction, and hears of it if the network is broken.
     *
     * @param atEnd what to execute at the end, however that comes
     */
    void keep(Work<?> work, String atEnd) throws SQLException {
        try (var connection = source.getConnection()) {
            int timeout = limit(connection, patience);
            boolean auto = connection.getAutoCommit();
            try {
                connection.setAutoCommit(true);
                work.in(connection);
            } finally {
                quietly(() -> execute(connection, atEnd));
                quietly(() -> connection.setAutoCommit(auto));
                quietly(() -> connection.setNetworkTimeout(Runnable::run, timeout));
            }
        }
    }

    /** How a connection was before a transaction, and is to be after it; an isolation of none if it was not changed. */
    private record Mode(boolean auto, int timeout, int isolation) {}

    private <T extends @Nullable Object> T once(Manner manner, Work<T> work) throws SQLException {
        try (var connection = source.getConnection()) {
            Mode before = begin(connection, manner);
            T result;
            boolean worked = false;
            try {
                if (!manner.beginning.isEmpty()) {
                    execute(connection, manner.beginning);
                }
                result = work.in(connection);
                worked = true;
            } finally {
                if (!worked) {
                    quietly(connection::rollback);
                    end(connection, before);
                }
            }
            commit(connection);
            end(connection, before);
            return result;
        }
    }

    private Mode begin(Connection connection, Manner manner) throws SQLException {
        int timeout = limit(connection, manner.millis);
        boolean auto = connection.getAutoCommit();
        if (auto) {
            connection.setAutoCommit(false);
        }
        int isolation = Connection.TRANSACTION_NONE;
        if (dialect == Dialect.H2 && connection.getTransactionIsolation() != manner.isolation) {
            isolation = connection.getTransactionIsolation();
            connection.setTransactionIsolation(manner.isolation);
        }
        return new Mode(auto, timeout, isolation);
    }

    private void commit(Connection connection) throws SQLException {
        boolean done = false;
        try {
            connection.commit();
            done = true;
        } finally {
            if (!done) {
                doubt.set(true);
            }
        }
    }

    private static void end(Connection connection, Mode before) {
        if (before.isolation != Connection.TRANSACTION_NONE) {
            quietly(() -> connection.setTransactionIsolation(before.isolation));
        }
        if (before.auto) {
            quietly(() -> connection.setAutoCommit(true));
        }
        quietly(() -> connection.setNetworkTimeout(Runnable::run, before.timeout));
    }

    private interface Closing {
        void run() throws SQLException;
    }

    /** What a broken connection says at its end is no news. */
    private static void quietly(Closing closing) {
        try {
            closing.run();
        } catch (SQLException | RuntimeException e) {
            System.getLogger("io.orrery.store.jdbc").log(System.Logger.Level.DEBUG, "a connection ends", e);
        }
    }

    /** The text with the name of this store's tables in the place of each #. */
    String sql(String text) {
        return text.replace("#", prefix).replace("$now", isManual() ? "?" : dialect.now);
    }

    /** The values for a {@code $now} in a statement: none, unless a test moves the time; then that, and so much more. */
    List<Object> nowValues(long more) {
        return isManual() ? List.of(Nanos.of(time.instant()) + more) : List.of();
    }

    private boolean isManual() {
        return time instanceof ManualTime;
    }

    /** The present, in nanoseconds since 1970. */
    long now(Connection connection) throws SQLException {
        if (isManual()) {
            return Nanos.of(time.instant());
        }
        try (var statement = connection.prepareStatement("select " + dialect.now);
                var rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /**
     * The present, if that node is one of those that may have leases; its row is locked against a take-over.
     *
     * @throws Superseded if it is not
     */
    long now(Connection connection, long owner) throws SQLException {
        String clock = isManual() ? "0" : dialect.now;
        try (var statement = connection.prepareStatement(sql("select " + clock + dialect.settings + ending
                + " from #node where owner = ? and alive = true " + dialect.keepingNode))) {
            statement.setLong(1, owner);
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new Superseded();
                }
                return isManual() ? Nanos.of(time.instant()) : rows.getLong(1);
            }
        }
    }

    /** A node has been away for longer than its leases last, and others have taken over. */
    static final class Superseded extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Sets the values of a statement, the first one first. */
    static PreparedStatement with(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** Executes one statement. */
    int execute(Connection connection, String text, @Nullable Object... values) throws SQLException {
        try (var statement = with(connection.prepareStatement(sql(text)), values)) {
            return statement.executeUpdate();
        }
    }

    /** What is made of a row. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
