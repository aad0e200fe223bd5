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
import io.orrery.schedule.store.ScheduleRow;
import io.orrery.schedule.store.Step;
import io.orrery.schedule.store.Taken;
import io.orrery.time.Signal;
import io.orrery.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The loop of a scheduler, and what becomes of the attempts that it has started.
 *
 * <h2>One thread</h2>
 *
 * <p>One thread asks the stores what is due, tells them what to make of it, and hands fires to executors. It sleeps until the
 * next due time on the wall clock, or until somebody wakes it: one that adds a schedule, the end of an attempt, a store. It
 * does not run jobs, unless an executor does so in its thread, and it does not tell listeners.
 *
 * <h2>Nothing stops it</h2>
 *
 * <p>What a trigger throws quarantines its schedule. What a store throws has that store left alone for a while. What an
 * executor throws is the failure of the attempt. So one that is broken never keeps the others from being fired (spec GT33).
 *
 * <h2>Ends</h2>
 *
 * <p>An attempt ends in its own thread, and lives until its end is on its way to the store. It is written by its {@link StoreDesk}, and told when it is written. An attempt whose
 * lease is void ends without a word but for a line in the log, since another node speaks for its fire; where there is no other
 * one, it has made room for a later fire, and its end is told.
 */
final class Engine implements Attempt.Host {

    private static final int BATCH = 1_000;
    private static final int LOCAL_BATCH =
            200; // so that what is taken is still in the cache of the processor when it ends
    private static final int LEAD = 1_000; // how many may be live at once because of one pass before it gives way
    private static final String PLACE_TAKEN = "another fire of its schedule takes its place";

    final Setup setup;
    final News news;
    final Map<String, StoreDesk> stores = new ConcurrentHashMap<>();
    final Map<String, JobExecutor> executors = new ConcurrentHashMap<>();
    private final Set<Attempt> live = ConcurrentHashMap.newKeySet();
    final Awaited awaited = new Awaited();
    final Ends ends = new Ends(this);

    private volatile Signal bell; // what the loop waits for; replaced before it asks whether to stop, and looks around
    private volatile boolean paused;
    private volatile boolean stopping = true;
    private volatile Instant wakeAt = Instant.MIN; // when the loop will look; MIN until it has looked once
    private volatile @Nullable Signal idle; // set when nothing is live, once somebody waits for it
    private volatile int exempt; // how many of those live are not waited for
    private volatile @Nullable Thread loop;
    private volatile @Nullable Signal loopEnded;

    Engine(Setup setup) {
        this.setup = setup;
        this.news = new News(setup);
        this.bell = setup.time().signal();
    }

    @Override
    public TimeSource time() {
        return setup.time();
    }

    private Instant now() {
        return time().instant();
    }

    // ------------------------------------------------------------------------------------------------- the loop

    void start(boolean pausedAtFirst) {
        paused = pausedAtFirst;
        stopping = false;
        Signal ended = time().signal();
        loopEnded = ended;
        loop = time().start(
                        Thread.ofPlatform()
                                .daemon()
                                .name(setup.name() + "/loop")
                                .inheritInheritableThreadLocals(false),
                        () -> {
                            try {
                                loop();
                            } finally {
                                ended.set();
                            }
                        });
    }

    void paused(boolean now) {
        paused = now;
        wake();
    }

    boolean isPaused() {
        return paused;
    }

    /** Has the loop look around. */
    void wake() {
        bell.set();
    }

    /** Has the loop look around if it would do so only after that moment. */
    void wakeBefore(Instant moment) {
        if (moment.isBefore(wakeAt)) {
            wake();
        }
    }

    /** The moment at which the loop looks around unless it is woken; empty while it does so, or waits to be woken. */
    Optional<Instant> sleepsUntil() {
        Instant known = wakeAt;
        return known.equals(Instant.MAX) || known.equals(Instant.MIN) ? Optional.empty() : Optional.of(known);
    }

    private void loop() {
        for (Signal next = newBell(); !stopping; next = newBell()) {
            wakeAt = Instant.MAX;
            try {
                Instant until = pass();
                wakeAt = until;
                if (until.equals(Instant.MAX)) {
                    next.await();
                } else {
                    next.awaitUntil(until);
                }
            } catch (InterruptedException e) {
                news.log(System.Logger.Level.DEBUG, "an inline job has left the loop interrupted");
            } catch (Throwable e) { // whatever it is, the others must go on being fired
                news.log(System.Logger.Level.ERROR, "the loop has failed and goes on", e);
                sleepAfterFailure();
            }
        }
    }

    private Signal newBell() {
        Signal next = time().signal();
        bell = next;
        return next;
    }

    private void sleepAfterFailure() {
        try {
            time().sleep(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            news.log(System.Logger.Level.DEBUG, "the loop was interrupted while it recovered");
        }
    }

    /** Fires all that is due, unless it is paused, and writes what has ended; returns when to look again. */
    private Instant pass() {
        Instant next = Instant.MAX;
        for (StoreDesk desk : stores.values()) {
            Instant look = pass(desk);
            next = look.isBefore(next) ? look : next;
        }
        return next;
    }

    private Instant pass(StoreDesk desk) {
        Optional<StoreDesk.Trouble> trouble = desk.trouble();
        if (trouble.isPresent() && desk.isLeftAlone(now())) {
            return trouble.get().until();
        }
        try {
            if (!desk.flush()) {
                return desk.trouble().map(StoreDesk.Trouble::until).orElse(Instant.MIN);
            }
            if (paused) {
                return desk.nextAgain();
            }
            int lead = live.size() + LEAD;
            boolean more = true;
            while (more && !paused && !stopping) {
                giveWay(lead);
                more = take(desk);
            }
            Instant look = desk.store.nextLook();
            Instant again = desk.nextAgain();
            desk.works();
            return look.isBefore(again) ? look : again;
        } catch (Throwable e) { // whatever it is, the other stores must go on
            failed(desk, e);
            return desk.trouble().map(StoreDesk.Trouble::until).orElse(now());
        }
    }

    /** Starts what is due; returns whether there may be more. */
    private boolean take(StoreDesk desk) {
        long before = time().nanos();
        Instant now = now();
        var more = new AtomicBoolean();
        desk.takings.take(
                () -> desk.store.take(desk.store.isLocal() ? LOCAL_BATCH : BATCH, row -> decide(row, now)),
                Taken::leases,
                taken -> {
                    more.set(taken.more());
                    deal(desk, taken, before);
                });
        return more.get();
    }

    /** Lets end what was started, for a moment: what only waits for a processor takes memory. */
    @SuppressWarnings("ThreadPriorityCheck") // nothing depends on it
    private void giveWay(int lead) {
        for (int i = 0; i < LEAD && live.size() > lead; i++) {
            Thread.yield();
        }
    }

    /** A fire whose turn it was, and in whose place another one of its schedule came at once, does not even begin. */
    private void deal(StoreDesk desk, Taken taken, long before) {
        Map<String, Step> ending = new HashMap<>();
        for (Step step : taken.steps()) {
            if (step.endsOthers()) {
                ending.put(step.row().id(), step);
            }
        }
        List<Lease> starting = new ArrayList<>(taken.leases().size());
        for (Lease lease : taken.leases()) {
            Step step = ending.isEmpty() ? null : ending.get(lease.fire().schedule());
            if (step == null || step.starting().contains(lease.fire())) {
                starting.add(lease);
            } else {
                submitted(desk, lease, before).cancel(PLACE_TAKEN);
            }
        }
        taken.steps().forEach(step -> decided(desk, step));
        starting.forEach(lease -> submit(desk, lease, before));
    }

    /** The store's clock may be ahead of this one: then it is as if the row were just due. */
    private Step decide(ScheduleRow row, Instant now) {
        String executor = row.schedule().executor();
        Instant due = Objects.requireNonNull(row.due());
        return executors.containsKey(executor)
                ? new Decider(Decider.zone(row.schedule(), setup.zone()), due.isAfter(now) ? due : now).decide(row)
                : Step.write(row.quarantined("there is no executor \"" + executor + "\"; there is "
                        + String.join(", ", executors.keySet()) + ". Add it and resume the schedule."));
    }

    /** Tells of a step that was written, and stops what it wants stopped here. */
    void decided(StoreDesk desk, Step step) {
        switch (step.what()) {
            case WRITE -> {}
            case CANCEL_LIVE -> cancel(step.row().id(), "another fire of its schedule is due");
            case TERMINATE_LIVE -> cancel(step.row().id(), PLACE_TAKEN);
            case REMOVE -> {} // what runs may end
        }
        if (step.endsOthers()) {
            awaited.dropped(step.row().id());
        }
        news.decided(desk.alias, step);
    }

    /** Tells what runs of a schedule here to stop. */
    void cancel(String schedule, String because) {
        for (Attempt attempt : live) {
            if (attempt.path().equals(schedule)) {
                attempt.cancel(because);
            }
        }
    }

    // ------------------------------------------------------------------------------------------------- attempts

    /**
     * Hands a fire to its executor.
     *
     * @param before when its lease was not yet given, on the monotonic clock
     */
    void submit(StoreDesk desk, Lease lease, long before) {
        Attempt attempt = submitted(desk, lease, before);
        JobExecutor executor = executors.get(lease.schedule().executor());
        if (executor == null) {
            attempt.refuse("there is no executor \"" + lease.schedule().executor() + "\". Add it.");
            return;
        }
        try {
            executor.execute(attempt);
        } catch (RuntimeException | Error e) {
            attempt.refuse("the executor threw " + News.text(e));
        }
    }

    private Attempt submitted(StoreDesk desk, Lease lease, long before) {
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
        if (desk == null || desk.store.isLocal()) {
            return true;
        }
        long now = time().nanos();
        long age = Math.min(now - attempt.leasedAt(), now - desk.renewedAt);
        return age < setup.limits().lease().toNanos();
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
        wakeBefore(until);
    }

    // ------------------------------------------------------------------------------------------------- the end

    /** What is run or waits for a thread here, as people read it. */
    List<String> running() {
        return live.stream().map(Attempt::toString).sorted().toList();
    }

    /** Cancels those of this node whose lease is void or that are to stop. */
    void cancel(List<Lease> leases, String because) {
        for (Attempt attempt : live) {
            if (leases.stream()
                    .anyMatch(lease ->
                            lease.token() == attempt.token() && lease.fire().equals(attempt.fire()))) {
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
        wake();
        if (!Thread.currentThread().equals(loop)) {
            Objects.requireNonNull(loopEnded).awaitUninterruptibly();
        }
        Signal quiet = time().signal();
        exempt = (int) live.stream().filter(Attempt::isCurrent).count(); // a job may shut down its own scheduler
        idle = quiet;
        live.stream()
                .filter(attempt -> !wait || isLifecycle(attempt.lease().schedule()))
                .forEach(attempt -> attempt.cancel("the scheduler was shut down"));
        if (live.size() <= exempt) {
            quiet.set();
        }
        quiet.awaitUninterruptibly();
        idle = null;
    }
}
