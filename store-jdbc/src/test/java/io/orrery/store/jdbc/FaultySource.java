package io.orrery.store.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Connections of a real pool, but for answers that get lost when a test wants that, and the count of statements. */
final class FaultySource implements DataSource {

    private final DataSource source;

    /** The commit of that number, from now on, is done, but whoever wanted it does not hear of it; 0 for none. */
    final AtomicInteger silentCommit = new AtomicInteger();

    /** The next commit is rolled back, and whoever wanted it does not hear of that either. */
    final AtomicBoolean failsCommit = new AtomicBoolean();

    /** The connection of that number, from now on, is refused; 0 for none. */
    final AtomicInteger refused = new AtomicInteger();

    /** Who has to wait for a connection, and for what; null for nobody. */
    final AtomicReference<Held> held = new AtomicReference<>();

    /**
     * A thread that gets no connection for a while.
     *
     * @param thread its name
     * @param waits counted down when it asks for one
     * @param go until when it waits
     */
    record Held(String thread, CountDownLatch waits, CountDownLatch go) {
        Held(String thread) {
            this(thread, new CountDownLatch(1), new CountDownLatch(1));
        }

        private void pass() {
            if (Thread.currentThread().getName().equals(thread)) {
                waits.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    /** What happens once before a statement; null for nothing. */
    final AtomicReference<Before> before = new AtomicReference<>();

    /**
     * Something that happens.
     *
     * @param text what the statement has in it
     * @param action what happens
     */
    record Before(String text, Runnable action) {}

    private void prepares(String text) {
        Before one = before.get();
        if (one != null && text.contains(one.text) && before.compareAndSet(one, null)) {
            one.action.run();
        }
    }

    /** There are no connections. */
    final AtomicBoolean down = new AtomicBoolean();

    /** How many more statements fail in a way that passes. */
    final AtomicInteger passing = new AtomicInteger();

    /** How many statements were prepared, each of which is executed once. */
    final AtomicLong statements = new AtomicLong();

    FaultySource(DataSource source) {
        this.source = source;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (down.get() || refused.getAndUpdate(left -> Math.max(0, left - 1)) == 1) {
            throw new SQLException("the connection is refused", "08001");
        }
        Held one = held.get();
        if (one != null) {
            one.pass();
        }
        Connection real = source.getConnection();
        return (Connection) Proxy.newProxyInstance(
                FaultySource.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, args) -> {
                    if (method.getName().equals("prepareStatement")) {
                        statements.incrementAndGet();
                        prepares((String) args[0]);
                        if (passing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                            throw new SQLException("deadlock", "40001");
                        }
                    }
                    if (method.getName().equals("commit") && failsCommit.compareAndSet(true, false)) {
                        real.rollback();
                        throw new SQLException("the connection was reset", "08006");
                    }
                    try {
                        Object result = method.invoke(real, args);
                        if (method.getName().equals("commit")
                                && silentCommit.getAndUpdate(left -> Math.max(0, left - 1)) == 1) {
                            throw new SQLException("the connection was reset", "08006");
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        source.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        source.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return source.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return source.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return source.isWrapperFor(type);
    }
}
