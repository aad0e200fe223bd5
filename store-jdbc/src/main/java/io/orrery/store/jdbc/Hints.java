package io.orrery.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Tells other nodes that something is due soon, and hears it from them: notifications of PostgreSQL, at most one in some
 * milliseconds from each node. They are hints: who does not hear them finds out a little later. Safe for use by any thread.
 */
interface Hints extends AutoCloseable {

    /** No hints: a database that has none, a pooler that loses them, or time that a test moves. */
    Hints NONE = new Hints() {
        @Override
        public void tell(long due) {}

        @Override
        public void tellWithin(Connection connection, long due) {}

        @Override
        public void close() {}
    };

    /** Something is due at that moment. Never blocks. */
    void tell(long due);

    /** The same, once that transaction is committed. */
    void tellWithin(Connection connection, long due) throws SQLException;

    @Override
    void close();

    /** Those of PostgreSQL. Takes one connection of the pool for as long as it is open. */
    final class Postgres implements Hints {

        private static final Duration PAUSE = Duration.ofMillis(5);
        private static final Duration RETRY = Duration.ofSeconds(1);
        private static final int LISTEN_MILLIS = 500;

        private final Session session;
        private final String channel;
        private final AtomicLong untold = new AtomicLong(Nanos.NEVER); // the earliest that the others do not know
        private final AtomicBoolean telling = new AtomicBoolean();
        private final Thread listener;
        private volatile boolean closed;

        Postgres(Session session) {
            this.session = session;
            this.channel = session.database.prefix + "due";
            this.listener = session.site.time().start(Thread.ofVirtual().name("orrery store hints"), this::listen);
        }

        @Override
        public void tell(long due) {
            if (due == Nanos.NEVER) {
                return;
            }
            untold.accumulateAndGet(due, Math::min);
            if (telling.compareAndSet(false, true)) {
                var _ = session.site.time().start(Thread.ofVirtual().name("orrery store hint"), this::tellAll);
            }
        }

        private void tellAll() {
            try {
                long due = untold.getAndSet(Nanos.NEVER);
                while (due != Nanos.NEVER) {
                    long earliest = due;
                    session.database.transact("tell other nodes", connection -> {
                        tellWithin(connection, earliest);
                        return 0;
                    });
                    session.site.time().sleep(PAUSE);
                    due = untold.getAndSet(Nanos.NEVER);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                System.getLogger("io.orrery.store.jdbc").log(System.Logger.Level.DEBUG, "a hint was not sent", e);
            } finally {
                telling.set(false);
                tell(untold.getAndSet(Nanos.NEVER)); // what has come since that was looked at
            }
        }

        @Override
        public void tellWithin(Connection connection, long due) throws SQLException {
            if (due == Nanos.NEVER) {
                return;
            }
            try (var statement = connection.prepareStatement("select pg_notify(?, ?)")) {
                Database.with(statement, channel, Long.toString(due)).execute();
            }
        }

        private void listen() {
            while (!closed) {
                try {
                    session.database.keep(this::listen, "unlisten " + channel);
                } catch (Throwable e) { // pools and proxies throw what they like, and this is to go on
                    rest();
                }
            }
        }

        private int listen(Connection connection) throws SQLException {
            session.database.execute(connection, "listen " + channel);
            session.horizon.earlier(0); // what was said before is unknown
            session.site.wake().run();
            hear(connection.unwrap(PGConnection.class));
            return 0;
        }

        private void hear(PGConnection connection) throws SQLException {
            while (!closed) {
                @Nullable PGNotification[] said = connection.getNotifications(LISTEN_MILLIS);
                long due = Nanos.NEVER;
                for (PGNotification one : said == null ? new PGNotification[0] : said) {
                    if (one != null) {
                        due = Math.min(due, moment(one.getParameter()));
                    }
                }
                if (due != Nanos.NEVER && session.horizon.earlier(due)) {
                    session.site.wake().run();
                }
            }
        }

        /** What cannot be read may mean anything. */
        private static long moment(String text) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                return 0;
            }
        }

        private void rest() {
            try {
                session.site.time().sleep(RETRY);
            } catch (InterruptedException e) {
                closed = true;
            }
        }

        @Override
        public void close() {
            closed = true;
            boolean interrupted = false;
            while (listener.isAlive()) {
                try {
                    listener.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
