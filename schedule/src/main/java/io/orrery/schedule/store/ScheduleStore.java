package io.orrery.schedule.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers schedules and their fires. May be implemented by anybody; {@code StoreContract} of the testkit says in tests what
 * is said here in words.
 *
 * <h2>What is kept</h2>
 *
 * <p>One row a schedule, with a version that grows with each write, and one record for each fire that has not ended. Such a
 * fire is always one of three: <em>due</em> (now, or at the time at which it is tried again), <em>leased</em> to a node until
 * some moment, or <em>waiting</em> until fewer fires of its schedule are live than its policy allows. There is never more than
 * one fire of the same schedule and time.
 *
 * <p>A lease takes a place of each limit of its schedule, for as long as it is valid. While there is none, a fire that is due is not
 * handed out, and what the store shows of its schedule names the limit.
 *
 * <h2>What is promised</h2>
 *
 * <p>A row and the fires that come into being with it are written in one transaction, so a due time is handed out once. A
 * lease has a fencing token, and only the end of an attempt under the lease that is valid then is accepted. The node that
 * holds it renews it; when it does not, the fire is handed out again, or counts as lost, as its policy says.
 *
 * <p>All methods may be called by any thread, also at once, and may block. They throw a {@link StoreException} if the store
 * cannot be reached or has no room: the scheduler goes on without it and tries again. A record that cannot be read is kept as
 * it is, and shown as quarantined.
 */
public interface ScheduleStore extends AutoCloseable {

    /** Called once, before anything else. */
    void open(StoreSite site);

    /** Whether it keeps objects rather than data, in this process only: code and workflows, and payloads as they are. */
    boolean isLocal();

    /** The schedule of an id. */
    Optional<StoredSchedule> find(String id);

    /** All schedules: those with a due time first, in its order, then the others; those that are equal by id. */
    List<StoredSchedule> all();

    /**
     * Writes a step. The leases of the fires that it starts are handed out by this call.
     *
     * @return the leases, or null if the version was not that of the row, which for a new one (0) means that there is one of
     *     its id
     */
    @Nullable
    List<Lease> write(Step step);

    /** The earliest moment at which something may be due; {@link Instant#MAX} if nothing is, until {@code wake} is called. */
    Instant nextLook();

    /**
     * Hands out what is due: fires whose turn it is, which are leased to this node; and schedules, about each of which the
     * caller decides what is to become of it. The decision may be asked for again if the store has to begin anew, and must
     * have no effects. Earlier due times come first, and of those that come together, higher priorities.
     *
     * @param limit how many schedules and fires at most, at least 1
     */
    Taken take(int limit, Function<ScheduleRow, Step> decision);

    /**
     * Writes the ends of attempts, all in one transaction where that is possible.
     *
     * @return for each of them what was made of it, in the same order
     */
    List<Completed> complete(List<Completion> completions);

    /** Renews all leases of this node, and looks for those of others that have ended. Called three times a lease. */
    Renewal renew();

    /**
     * Gives back what this node holds, and lets go of the store. Its leases are void, but for those that are
     * {@linkplain StoreSite.User#kept kept}: they are lost when they run out, as if the node had died.
     */
    @Override
    void close();

    /** An empty store in memory, which keeps code and payloads as they are, for as long as the scheduler runs. */
    static ScheduleStore inMemory() {
        return new MemoryStore();
    }

    /**
     * The store in a folder of a local disk, which is created when it is opened. Any number of processes of one machine may share
     * it. What a process ran that has died is taken over by others within seconds.
     */
    static ScheduleStore inFolder(Path folder) {
        return FolderStore.in(folder);
    }
}
