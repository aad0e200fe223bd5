package io.orrery.schedule.scheduler;

import io.orrery.job.Action;
import io.orrery.job.JobOutcome;
import io.orrery.outcome.RunReport;
import io.orrery.schedule.Fire;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleEvent;
import io.orrery.schedule.Work;
import io.orrery.schedule.executor.Attempt;
import io.orrery.schedule.executor.JobExecutor;
import io.orrery.schedule.store.Completion;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.Step;
import io.orrery.time.Signal;
import io.orrery.time.TimeSource;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the fires that the {@linkplain StoreLoop loops} of a scheduler deal out. Safe for use by any thread.
 *
 * <h2>Ends</h2>
 *
 * <p>An attempt ends in its own thread, and lives until its end is on its way to the store. It is written by its
 * {@link StoreDesk}, and told when it is written. An attempt whose lease is void ends without a word but for a line in the log,
 * since another node speaks for its fire; where there is no other one, it has made room for a later fire, and its end is told.
 */
final class Engine implements Attempt.Host {

    private static final String SHUT_DOWN = "the scheduler was shut down";
    static final String PLACE_TAKEN = "another fire of its schedule takes its place";

    final Setup setup;
    final News news;
    final Map<String, StoreDesk> stores = new ConcurrentHashMap<>();
    private final Map<StoreDesk, StoreLoop> loops = new ConcurrentHashMap<>();
    final Map<String, JobExecutor> executors = new ConcurrentHashMap<>();
    private final Set<Attempt> live = ConcurrentHashMap.newKeySet();
    final Awaited awaited = new Awaited();
    final Ends ends = new Ends(this);

    private volatile boolean paused;
    private volatile boolean stopping = true;
    private volatile @Nullable Signal idle; // set when nothing is live, once somebody waits for it
    private volatile int exempt; // how many of those live are not waited for

    Engine(Setup setup) {
        this.setup = setup;
        this.news = new News(setup);
    }

    @Override
    public TimeSource time() {
        return setup.time();
    }

    private Instant now() {
        return time().instant();
    }

    // ------------------------------------------------------------------------------------------------ the loops

    /** Has the stores that are there asked what is due. */
    void start(boolean pausedAtFirst) {
        paused = pausedAtFirst;
        stopping = false;
        stores.values().forEach(this::start);
    }

    /** Has a store asked what is due. */
    void start(StoreDesk desk) {
        var loop = new StoreLoop(this, desk);
        loop.start();
        loops.put(desk, loop);
    }

    /** Has a store asked no more; returns when it has answered. */
    void leave(StoreDesk desk) {
        desk.takings.end();
        desk.bell.ring();
        loops.remove(desk);
    }

    /** Refuses what would wait until a store has answered to who waits for that. */
    void requireNotAsking(String what) {
        for (StoreDesk desk : stores.values()) {
            if (desk.takings.isAsking()) {
                throw new IllegalStateException(
                        "What the store \"" + desk.alias + "\" waits for, such as the next time of a"
                                + " trigger, cannot wait for that store, but it would " + what
                                + ". Do that in another thread, or in a job.");
            }
        }
    }

    void paused(boolean now) {
        paused = now;
        wake();
    }

    boolean isPaused() {
        return paused;
    }

    boolean isStopping() {
        return stopping;
    }

    /** Has all loops look around. */
    void wake() {
        stores.values().forEach(desk -> desk.bell.ring());
    }

    /** The moment at which the first loop looks around unless it is woken; empty while all do so, or wait to be woken. */
    Optional<Instant> sleepsUntil() {
        return stores.values().stream()
                .flatMap(desk -> desk.bell.until().stream())
                .min(Comparator.naturalOrder());
    }

    /** How many attempts are live. */
    int size() {
        return live.size();
    }

    /**
     * Tells of a step that was written, and stops what it wants stopped here.
     *
     * @param given what was taken with it
     */
    void decided(StoreDesk desk, Step step, Takings.Given<?> given) {
        switch (step.what()) {
            case WRITE -> {}
            case CANCEL_LIVE -> cancel(desk, step, "another fire of its schedule is due", given);
            case TERMINATE_LIVE -> cancel(desk, step, PLACE_TAKEN, given);
            case REMOVE -> {} // what runs may end
        }
        if (step.endsOthers()) {
            awaited.dropped(step.row().id());
        }
        news.decided(desk.alias, step);
    }

    /**
     * Tells what runs of a schedule here to stop, and what is about to.
     *
     * @param others what may begin all the same; null for nothing
     */
    void cancel(StoreDesk desk, Step step, String because, Takings.@Nullable Given<?> others) {
        String id = step.row().id();
        desk.takings.tell(lease -> lease.fire().schedule().equals(id), because, others);
        for (Attempt attempt : live) {
            if (attempt.path().equals(id)) {
                attempt.cancel(because);
            }
        }
    }

    // ------------------------------------------------------------------------------------------------- attempts

    /**
     * Hands a fire to its executor.
     *
     * @param given what its lease was given with
     * @param before when that was not yet given, on the monotonic clock
     */
    void submit(StoreDesk desk, Takings.Given<?> given, Lease lease, long before) {
        Attempt attempt = submitted(desk, lease, before);
        String because = told(desk, given, lease);
        if (because == null) {
            execute(attempt);
        } else {
            attempt.cancel(because);
        }
    }

    /** Why what lives now is to stop, though it was given to run; null if it may. */
    private @Nullable String told(StoreDesk desk, Takings.Given<?> given, Lease lease) {
        String told = desk.takings.told(given, lease);
        return told == null && stopping && isLifecycle(lease.schedule()) ? SHUT_DOWN : told;
    }

    private void execute(Attempt attempt) {
        String alias = attempt.lease().schedule().executor();
        JobExecutor executor = executors.get(alias);
        if (executor == null) {
            attempt.refuse("there is no executor \"" + alias + "\". Add it.");
            return;
        }
        try {
            executor.execute(attempt);
        } catch (RuntimeException | Error e) {
            attempt.refuse("the executor threw " + News.text(e));
        }
    }

    /** An attempt that is live, and not yet with its executor. */
    Attempt submitted(StoreDesk desk, Lease lease, long before) {
        var attempt = new Attempt(this, lease, before, Decider.startBy(lease));
        live.add(attempt);
        awaited.begins(lease.fire());
        news.tell(desk.alias, origin -> new ScheduleEvent.Submitted(origin, lease.fire()));
        return attempt;
    }

    @Override
    public ZoneId zone() {
        return setup.zone();
    }

    @Override
    public boolean holds(Attempt attempt) {
        StoreDesk desk = stores.get(attempt.lease().schedule().store());
        return desk == null || desk.holds(attempt.leasedAt());
    }

    @Override
    public void tick(Attempt session, Fire tick, Action action) {
        String alias = session.lease().schedule().store();
        news.tell(alias, origin -> new ScheduleEvent.Submitted(origin, tick));
        Instant started = now();
        JobOutcome outcome;
        try {
            action.run();
            outcome = new JobOutcome.Succeeded(null);
        } catch (Throwable e) {
            outcome = new JobOutcome.Failed(e);
        }
        news.ended(alias, tick, started, outcome, null);
    }

    /** Whether it runs until it is told to stop. */
    boolean isLifecycle(Schedule schedule) {
        return schedule.work() instanceof Work.Named named && setup.jobs().isLifecycle(named.job());
    }

    @Override
    public @Nullable Object run(Attempt attempt) throws Exception {
        return switch (attempt.lease().schedule().work()) {
            case Work.Named(String job, Object payload) -> setup.jobs().run(job, payload, attempt);
            case Work.Code code -> code.body().run(attempt);
            case Work.Graph graph -> {
                Object report = attempt.run(graph.workflow());
                yield report instanceof RunReport known ? known.orThrow() : report;
            }
        };
    }

    @Override
    public void ended(Attempt attempt, Optional<Instant> started, JobOutcome outcome) {
        StoreDesk desk = stores.get(attempt.lease().schedule().store());
        try {
            if (desk == null) {
                awaited.ends(attempt.fire(), outcome);
            } else {
                ended(desk, new EndedAttempt(attempt, started.orElse(null), outcome));
            }
        } finally {
            live.remove(attempt);
            try {
                if (desk != null) {
                    desk.write();
                }
            } finally {
                Signal waiting = idle;
                if (waiting != null && live.size() <= exempt) {
                    waiting.set();
                }
            }
        }
    }

    private void ended(StoreDesk desk, EndedAttempt ended) {
        if (stopping && !desk.store.isLocal() && ended.mayBeGivenBack()) {
            return;
        }
        Quarantine.ifNeeded(this, desk, ended.attempt(), ended.outcome());
        var end = new StoreDesk.Ended(completion(ended), ended);
        if (ended.attempt().lease().schedule().policy().isEndSynchronous()) {
            desk.writeNow(end);
        } else {
            desk.put(end);
        }
    }

    private Completion completion(EndedAttempt ended) {
        Schedule schedule = ended.attempt().lease().schedule();
        Completion completion = ended.completion(new Decider(Decider.zone(schedule, setup.zone()), now()));
        if (completion.retryAt() != null) {
            awaited.retries(schedule.store(), ended.attempt().fire(), ended.outcome());
        }
        return completion;
    }

    /** A store does not do what it should, and is left alone for a while. */
    void failed(StoreDesk desk, Throwable failure) {
        Instant now = now();
        Instant until = now.plus(setup.limits().retry());
        news.log(
                System.Logger.Level.WARNING,
                "store \"" + desk.alias + "\" failed; it is asked again at " + until,
                failure);
        desk.failed(failure, now, until);
        desk.bell.ringBefore(until);
    }

    // ------------------------------------------------------------------------------------------------- the end

    /** What is run or waits for a thread here, as people read it. */
    List<String> running() {
        return live.stream().map(Attempt::toString).sorted().toList();
    }

    /** Cancels those of a store whose lease is void or that are to stop. */
    void cancel(StoreDesk desk, List<Lease> leases, String because) {
        if (leases.isEmpty()) {
            return;
        }
        Predicate<Lease> which = one -> leases.stream()
                .anyMatch(lease -> lease.token() == one.token() && lease.fire().equals(one.fire()));
        desk.takings.tell(which, because, null);
        for (Attempt attempt : live) {
            if (which.test(attempt.lease())) {
                attempt.cancel(because);
            }
        }
    }

    /** The leases of what has ended, of which a store does not know, of what runs still, and of what is about to. */
    List<Lease> kept(StoreDesk desk) {
        List<Lease> beginning = desk.takings.leases(); // first: what is live meanwhile is among the next
        List<Attempt> running = live.stream() // before those: what ends meanwhile is among those that are not written
                .filter(attempt -> attempt.lease().schedule().store().equals(desk.alias))
                .toList();
        Stream<Attempt> ended =
                desk.unwritten().stream().map(end -> end.attempt().attempt());
        return Stream.concat(
                        beginning.stream(),
                        Stream.concat(running.stream(), ended).map(Attempt::lease))
                .distinct()
                .toList();
    }

    /** Whether the current thread runs a job of this scheduler. */
    boolean isCurrent() {
        return live.stream().anyMatch(Attempt::isCurrent);
    }

    /** Stops firing; waits for what runs, having told it to stop unless it is to be waited for. */
    void stop(boolean wait) {
        stopping = true;
        if (!wait) {
            stores.values().forEach(desk -> desk.takings.stop());
        }
        cancelAtShutdown(wait);
        wake();
        loops.values().forEach(StoreLoop::join);
        Signal quiet = time().signal();
        exempt = (int) live.stream().filter(Attempt::isCurrent).count(); // a job may shut down its own scheduler
        idle = quiet;
        cancelAtShutdown(wait);
        if (live.size() <= exempt) {
            quiet.set();
        }
        quiet.awaitUninterruptibly();
        idle = null;
    }

    private void cancelAtShutdown(boolean wait) {
        stores.values()
                .forEach(desk -> desk.takings.tell(
                        lease -> !wait || isLifecycle(lease.schedule()), SHUT_DOWN, /* others= */ null));
        live.stream()
                .filter(attempt -> isLifecycle(attempt.lease().schedule()) || !wait && !attempt.isCurrent())
                .forEach(attempt -> attempt.cancel(SHUT_DOWN));
    }
}
