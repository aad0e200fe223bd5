package io.orrery.store.jdbc;

import io.orrery.schedule.store.Completed;
import io.orrery.schedule.store.Completion;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.Renewal;
import io.orrery.schedule.store.ScheduleRow;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.schedule.store.Step;
import io.orrery.schedule.store.StoreException;
import io.orrery.schedule.store.StoreSite;
import io.orrery.schedule.store.StoredSchedule;
import io.orrery.schedule.store.Taken;
import io.orrery.time.ManualTime;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/**
 * Remembers schedules in a SQL database: H2, PostgreSQL, MariaDB or MySQL. Several schedulers may use one database: each due
 * time is handed to one of them, and what a scheduler that died was running is run again, or counts as lost, as the policy of
 * its schedule says (spec D-001, GT34, GT52, GT57).
 *
 * {@snippet :
 * var store = JdbcStore.on(dataSource).keepingRuns(Duration.ofDays(7), 1_000_000);
 * }
 *
 * <p>The clock is that of the database, but for tests that move the time by hand. Settings are made before it is opened; each
 * method that makes one returns another store. Safe for use by any thread.
 */
public final class JdbcStore implements ScheduleStore {

    private static final Set<JdbcStore> OPEN = ConcurrentHashMap.newKeySet();
    private static final ScopedValue<Connection> WITHIN = ScopedValue.newInstance();

    private final DataSource source;
    private final Options options;
    private volatile @Nullable Parts parts; // null while it is not open

    /** What was set. */
    record Options(String prefix, boolean validates, boolean notifies, Duration pause, Retention retention) {}

    /** How long runs are kept. */
    record Retention(@Nullable Duration age, long count) {
        boolean keepsRuns() {
            return count > 0;
        }
    }

    private record Parts(
            Session session, Claims claims, Writes writes, Completions completions, Renewals renewals, Hints hints) {}

    private JdbcStore(DataSource source, Options options) {
        this.source = source;
        this.options = options;
    }

    /** A store in the database of these connections. A pool is wanted; its connections may be in any mode. */
    public static JdbcStore on(DataSource source) {
        Objects.requireNonNull(source, "A data source is needed.");
        return new JdbcStore(
                source,
                new Options(
                        "orrery_", false, true, Duration.ofSeconds(3), new Retention(Duration.ofDays(30), 1_000_000)));
    }

    /**
     * A store in a file, by H2, which has to be there.
     *
     * @param file the file, without the ending that H2 gives it
     */
    public static JdbcStore file(Path file) {
        var source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + file.toAbsolutePath());
        return on(source);
    }

    /**
     * Sets what the names of the tables begin with; {@code orrery_} unless set.
     *
     * @throws IllegalArgumentException if it has other characters than small letters, digits and underscores
     */
    public JdbcStore prefix(String prefix) {
        if (!prefix.matches("[a-z_][a-z0-9_]{0,30}")) {
            throw new IllegalArgumentException(
                    "A prefix has small letters, digits and underscores, at most 31, but this is \"" + prefix
                            + "\". Choose one like orrery_.");
        }
        return with(new Options(prefix, options.validates, options.notifies, options.pause, options.retention));
    }

    /** Does not touch the tables when it is opened, but refuses them if they are not as they should be. */
    public JdbcStore onlyValidated() {
        return with(new Options(options.prefix, true, options.notifies, options.pause, options.retention));
    }

    /**
     * Does without notifications of PostgreSQL: for poolers between here and there that lose them. It asks for news more often
     * then.
     */
    public JdbcStore withoutNotifications() {
        return with(new Options(options.prefix, options.validates, false, options.pause, options.retention));
    }

    /**
     * Sets how long it waits at most before it asks for what others have put there, if there are no notifications; three seconds
     * unless set.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public JdbcStore pause(Duration longest) {
        if (!longest.isPositive()) {
            throw new IllegalArgumentException(
                    "The longest pause must be positive, but this is " + longest + ". Use some seconds.");
        }
        return with(new Options(options.prefix, options.validates, options.notifies, longest, options.retention));
    }

    /**
     * Sets how long runs are kept in the history; 30 days, and the last million, unless set.
     *
     * @param age those that ended longer ago go
     * @param count older ones than so many go
     * @throws IllegalArgumentException if one of them is not positive
     */
    public JdbcStore keepingRuns(Duration age, long count) {
        if (!age.isPositive() || count <= 0) {
            throw new IllegalArgumentException("The age and the number of the runs that are kept must be positive, but"
                    + " these are " + age + " and " + count + ". Use keepingNoRuns() to keep none.");
        }
        return with(new Options(
                options.prefix, options.validates, options.notifies, options.pause, new Retention(age, count)));
    }

    /** Keeps no history of runs, only their numbers. */
    public JdbcStore keepingNoRuns() {
        return with(new Options(
                options.prefix, options.validates, options.notifies, options.pause, new Retention(null, 0)));
    }

    private JdbcStore with(Options changed) {
        return new JdbcStore(source, changed);
    }

    // ------------------------------------------------------------------------------------- as a store

    @Override
    public void open(StoreSite site) {
        Database database;
        try {
            database = new Database(source, site.time(), options.prefix, site.lease());
        } catch (SQLException e) {
            throw new StoreException(
                    "A database that answers is needed to open the store, but it said: " + e.getMessage()
                            + ". Check its address, the user and the password of the data source, and whether it runs.",
                    e);
        }
        var schema = new Schema(source, database.dialect, options.prefix);
        if (options.validates) {
            schema.validate();
        } else {
            schema.migrate();
        }
        var session = new Session(site, database, options);
        database.transact("register the node", connection -> {
            session.nodes.register(connection);
            return 0;
        });
        boolean hints = options.notifies && database.dialect.isPostgres() && !(site.time() instanceof ManualTime);
        Hints postgres = hints ? new Hints.Postgres(session) : Hints.NONE;
        var claims = new Claims(session, postgres);
        parts = new Parts(
                session,
                claims,
                new Writes(session, postgres),
                new Completions(session, postgres),
                new Renewals(session, claims, postgres),
                postgres);
        OPEN.add(this);
    }

    private Parts parts() {
        return Objects.requireNonNull(parts, "A store is used between open and close.");
    }

    @Override
    public boolean isLocal() {
        return false;
    }

    @Override
    public Optional<StoredSchedule> find(String id) {
        Session session = parts().session;
        return reading(
                session,
                connection -> Optional.ofNullable(
                                session.sheets.find(connection, List.of(id)).get(id))
                        .map(sheet -> sheet.cell.view()));
    }

    @Override
    public List<StoredSchedule> all() {
        Session session = parts().session;
        return reading(session, session.sheets::all).stream()
                .map(sheet -> sheet.cell.view())
                .toList();
    }

    private static <T> T reading(Session session, Database.Work<T> work) {
        if (WITHIN.isBound()) {
            try {
                return work.in(WITHIN.get());
            } catch (SQLException e) {
                throw within(e);
            }
        }
        return session.database.transact("read schedules", work);
    }

    private static StoreException within(SQLException e) {
        return new StoreException("Your transaction has failed: " + e.getMessage() + ". Roll it back.", e);
    }

    @Override
    public @Nullable List<Lease> write(Step step) {
        Writes writes = parts().writes;
        if (!WITHIN.isBound()) {
            return writes.write(step).orElse(null);
        }
        try {
            return writes.writeWithin(WITHIN.get(), step).orElse(null);
        } catch (SQLException e) {
            throw within(e);
        }
    }

    @Override
    public Instant nextLook() {
        return parts().session.horizon.next();
    }

    @Override
    public Taken take(int limit, Function<ScheduleRow, Step> decision) {
        return parts().claims.take(limit, decision);
    }

    @Override
    public List<Completed> complete(List<Completion> completions) {
        return parts().completions.complete(completions);
    }

    @Override
    public Renewal renew() {
        return parts().renewals.renew();
    }

    @Override
    public void close() {
        Parts open = parts;
        if (open == null) {
            return;
        }
        OPEN.remove(this);
        open.hints.close();
        try {
            open.renewals.giveBackAll();
        } finally {
            parts = null;
        }
    }

    // ------------------------------------------------------------------------------------- beyond

    /**
     * Does something in which all that this thread writes to this store belongs to a transaction of yours: schedules that are
     * added are there when you commit, and are not if you roll back.
     *
     * {@snippet :
     * store.within(connection, () -> scheduler.add(schedule));
     * connection.commit();
     * }
     *
     * @param connection of the same database; neither committed nor closed by this
     * @throws Exception what the action throws
     */
    public <T> T within(Connection connection, Callable<T> action) throws Exception {
        return ScopedValue.where(WITHIN, connection).call(action::call);
    }

    /** Looks for whatever must not be in the tables: rows of which nothing would ever come. Empty if all is well. */
    public List<Finding> doctor() {
        Session session = parts().session;
        return session.database.compare(
                "look for what is wrong", new Doctor(session.database, session.sheets)::examine);
    }

    /**
     * Something that must not be.
     *
     * @param schedule the id of the schedule, or the name of the limit
     * @param rule the rule that is broken
     */
    public record Finding(String schedule, String rule) {}

    /** Why the database does not do what it should; empty if it does. */
    public Optional<String> trouble() {
        Parts open = parts;
        return Optional.ofNullable(open == null ? "it is not open" : open.session.database.trouble());
    }

    /** The nodes that use this database, those that were heard of last first. */
    public List<NodeInfo> nodes() {
        return parts().session.database.transact("read nodes", parts().session.nodes::all);
    }

    /**
     * Has a scheduler leave, this one or another that uses the database: with its next heartbeat it takes no new fires, lets end
     * what it runs, and shuts down. What it can't end in time is for others, as when it dies.
     *
     * @param id the id of the scheduler
     * @throws IllegalArgumentException if there is none
     */
    public void drain(String id) {
        Session session = parts().session;
        if (!session.database.transact("have a node leave", connection -> session.nodes.leave(connection, id))) {
            throw new IllegalArgumentException("Only a node that is there can be drained, but there is no \"" + id
                    + "\". There is "
                    + String.join(", ", nodes().stream().map(NodeInfo::id).toList()) + ".");
        }
    }

    /**
     * A scheduler that uses the same database.
     *
     * @param id the id of the scheduler
     * @param version the version of Orrery
     * @param started when it has opened the store
     * @param age how long ago its last heartbeat was
     * @param leases how many fires it had then
     * @param leaving whether somebody wants it to leave
     */
    public record NodeInfo(String id, String version, Instant started, Duration age, int leases, boolean leaving) {}

    /** How many runs ended how, in each hour from that of a moment on; first the earlier hours. Read from sums that are kept. */
    public List<HourInfo> hours(Instant from) {
        Session session = parts().session;
        return session.database.ask("read sums", connection -> session.runs.hours(connection, Nanos.of(from)));
    }

    /**
     * How many runs ended in the same way within an hour, or how many due times were not run for the same reason.
     *
     * @param hour when the hour begins
     * @param outcome the word for how they ended
     * @param runs how many
     */
    public record HourInfo(Instant hour, String outcome, long runs) {}

    /** The last runs of a schedule, the last one first. */
    public List<RunInfo> runs(String schedule, int most) {
        Session session = parts().session;
        return session.database.transact("read runs", connection -> session.runs.last(connection, schedule, most));
    }

    /**
     * An attempt that has ended, or due times that were not run.
     *
     * @param fire the id of the fire
     * @param attempt the attempt; 0 for due times that were not run
     * @param node the id of the scheduler
     * @param submitted when it was handed to its executor; null if it was not
     * @param finished when it ended
     * @param outcome how
     */
    public record RunInfo(
            String fire, int attempt, String node, @Nullable Instant submitted, Instant finished, Outcome outcome) {

        /**
         * How it ended.
         *
         * @param word the word for it
         * @param note what there is to say about it; may be empty
         * @param times how many due times that is
         */
        public record Outcome(String word, String note, long times) {}
    }

    /** The open store that has given a lease; empty if none has. */
    static Optional<JdbcStore> of(Lease lease) {
        return OPEN.stream()
                .filter(store -> {
                    Parts open = store.parts;
                    return open != null && open.session.leases.find(lease) != null;
                })
                .findFirst();
    }

    Completions completions() {
        return parts().completions;
    }
}
