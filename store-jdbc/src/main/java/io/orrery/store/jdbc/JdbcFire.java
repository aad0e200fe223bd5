package io.orrery.store.jdbc;

import io.orrery.job.JobContext;
import io.orrery.schedule.ScheduleInfo.History;
import io.orrery.schedule.executor.Attempt;
import io.orrery.schedule.executor.FireContext;
import io.orrery.schedule.store.Completion;
import io.orrery.schedule.store.Lease;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A fire that a {@link JdbcStore} has handed out, for jobs that work in the same database: they can have their effects and the
 * end of the fire in one transaction, so that either both are there or neither.
 *
 * {@snippet :
 * JdbcFire.of(ctx).completeWith(connection -> insertReceipt(connection, invoice));
 * }
 */
public final class JdbcFire {

    private final JdbcStore store;
    private final Lease lease;

    private JdbcFire(JdbcStore store, Lease lease) {
        this.store = store;
        this.lease = lease;
    }

    /** What a job does in the transaction. */
    public interface Effects {

        /** Does it; neither commits nor closes the connection. Called again if the transaction was rolled back as a whole. */
        void on(Connection connection) throws Exception;
    }

    /**
     * The fire of a job.
     *
     * @throws IllegalArgumentException if it was not handed out by an open {@link JdbcStore}
     */
    public static JdbcFire of(JobContext context) {
        if (FireContext.of(context) instanceof Attempt attempt) {
            Optional<JdbcStore> store = JdbcStore.of(attempt.lease());
            if (store.isPresent()) {
                return new JdbcFire(store.get(), attempt.lease());
            }
        }
        throw new IllegalArgumentException("Only fires of a JdbcStore can be completed with a transaction, but \""
                + context.path()
                + "\" is run by something else, or its lease is lost. Keep its schedule in a JdbcStore.");
    }

    /**
     * Does something in a transaction at the end of which the fire has succeeded. Nothing of it stays if it throws, or if the
     * lease is not valid any more. Call it once, last: what the job does after it may be lost.
     *
     * @throws IllegalStateException if the lease is lost
     * @throws Exception what the effects throw
     */
    public void completeWith(Effects effects) throws Exception {
        store.completions().completeWith(lease, effects);
    }

    static Completion succeeded(Lease lease, Instant now) {
        Duration lateness = Duration.between(lease.fire().at(), lease.since());
        return new Completion(lease, lease.since(), new History(null, "succeeded", now, lateness, ""), null, null);
    }

    static void check(Lease lease, boolean valid) {
        if (!valid) {
            throw new IllegalStateException("A fire can be completed under a valid lease only, but that of "
                    + lease.fire().id() + " is lost. Nothing was written.");
        }
    }
}
