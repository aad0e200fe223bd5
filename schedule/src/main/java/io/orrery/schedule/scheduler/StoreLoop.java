package io.orrery.schedule.scheduler;

import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.ScheduleRow;
import io.orrery.schedule.store.Step;
import io.orrery.schedule.store.Taken;
import io.orrery.time.Signal;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The loop of one store of a scheduler.
 *
 * <h2>One thread</h2>
 *
 * <p>One thread asks the store what is due, tells it what to make of that, and deals fires out to executors. It sleeps until the next
 * due time on the wall clock, or until somebody rings: one that adds a schedule, the end of an attempt, the store. It does not run
 * jobs, unless an executor does so in its thread, and it does not tell listeners. A store that does not answer keeps no other one
 * waiting, since each has a loop.
 *
 * <h2>Nothing stops it</h2>
 *
 * <p>What a trigger throws quarantines its schedule. What a store throws has that store left alone for a while. What an
 * executor throws is the failure of the attempt. So one that is broken never keeps the others from being fired (spec GT33).
 *
 * <h2>A backlog</h2>
 *
 * <p>Answers of a store that waits for a disk are of some hundred, and they are dealt out in portions, each when not many ends are on
 * their way to the store: what ends then waits only for that which ended just before it, and is written while the next
 * answer is waited for. Several questions at once were tried, and are slower where the server has no more processors than that.
 * In memory there is nothing to wait for, and what was taken is best dealt out while a processor has it in its cache.
 *
 * <p>What a store has given is dealt out, also when the scheduler is paused or shut down meanwhile, since it is nobody else's until
 * then. Nothing begins while no heartbeat comes through for as long as a lease lasts: others may have taken it over. What has not
 * begun is given back if the store is removed or what runs is told to stop, and if the scheduler is shut down while there is no
 * heartbeat. See {@link Takings}.
 */
final class StoreLoop {

    private static final int BATCH = 500;
    private static final int LOCAL_BATCH = 200; // still in the cache of the processor when it ends
    private static final int PORTION = 100;
    private static final Duration UNHEARD = Duration.ofMillis(50); // between two looks whether there was a heartbeat
    private static final int LEAD = 1_000; // how many may be live at once because of one pass before it gives way

    private final Engine engine;
    private final StoreDesk desk;
    private final Signal ended;
    private @Nullable Thread thread; // written by who starts it

    /**
     * What was taken, and what is to be made of it.
     *
     * @param before when it was not yet taken, on the monotonic clock
     * @param leases in the order in which they are dealt out
     * @param superseded how many of them, the first ones, do not even begin: another fire of their schedule takes their place
     */
    private record Hand(Taken taken, long before, List<Lease> leases, int superseded) {}

    StoreLoop(Engine engine, StoreDesk desk) {
        this.engine = engine;
        this.desk = desk;
        this.ended = engine.time().signal();
    }

    void start() {
        thread = engine.time()
                .start(
                        Thread.ofPlatform()
                                .daemon()
                                .name(engine.setup.name() + "/loop of " + desk.alias)
                                .inheritInheritableThreadLocals(false),
                        () -> {
                            try {
                                loop();
                            } finally {
                                ended.set();
                            }
                        });
    }

    /** Waits until it is over, unless the current thread is it. */
    void join() {
        if (!Thread.currentThread().equals(thread)) {
            ended.awaitUninterruptibly();
        }
    }

    private boolean isOver() {
        return engine.isStopping() || desk.takings.isOver();
    }

    private Instant now() {
        return engine.time().instant();
    }

    private void loop() {
        boolean goesOn = true;
        while (goesOn) {
            try {
                Signal next = desk.bell.renewed();
                goesOn = !isOver(); // asked after that: who ends it rings
                if (goesOn) {
                    sleep(pass(), next);
                }
            } catch (InterruptedException e) {
                engine.news.log(Level.DEBUG, "an inline job has left the loop interrupted");
            } catch (Throwable e) { // whatever it is, it must go on
                recover(e);
            }
        }
    }

    private void sleep(Instant until, Signal next) throws InterruptedException {
        desk.bell.until(until);
        if (until.equals(Instant.MAX)) {
            next.await();
        } else {
            next.awaitUntil(until);
        }
    }

    /** Says so, and waits a moment; where there is no memory for that, the loop looks again at once. */
    private void recover(Throwable why) {
        try {
            engine.news.log(Level.ERROR, "the loop has failed and goes on", why);
            engine.time().sleep(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            engine.news.log(Level.DEBUG, "the loop was interrupted while it recovered");
        } catch (Throwable e) { // whatever it is, it must go on
            why.addSuppressed(e);
        }
    }

    /** Fires all that is due, unless it is paused, and writes what has ended; returns when to look again. */
    private Instant pass() {
        desk.bell.until(Instant.MAX);
        Optional<StoreDesk.Trouble> trouble = desk.trouble();
        if (trouble.isPresent() && desk.isLeftAlone(now())) {
            return trouble.get().until();
        }
        try {
            if (!desk.flush()) {
                return desk.trouble().map(StoreDesk.Trouble::until).orElse(Instant.MIN);
            }
            if (engine.isPaused()) {
                return desk.nextAgain();
            }
            takeAll();
            if (desk.takings.isOver()) {
                return Instant.MIN; // it may be closed by now
            }
            Instant look = desk.store.nextLook();
            Instant again = desk.nextAgain();
            desk.works();
            return look.isBefore(again) ? look : again;
        } catch (Throwable e) { // whatever it is, the next pass must come
            engine.failed(desk, e);
            return desk.trouble().map(StoreDesk.Trouble::until).orElse(now());
        }
    }

    private void takeAll() {
        int lead = engine.size() + LEAD;
        boolean more = true;
        while (more && !engine.isPaused() && !isOver()) {
            giveWay(lead);
            Optional<Takings.Given<Hand>> given = ask(desk.store.isLocal() ? LOCAL_BATCH : BATCH);
            given.ifPresent(this::deal);
            more = given.isPresent() && given.get().answer.taken.more();
        }
    }

    /** Lets end what was started, for a moment: what only waits for a processor takes memory. */
    @SuppressWarnings("ThreadPriorityCheck") // nothing depends on it
    private void giveWay(int lead) {
        for (int i = 0; i < LEAD && engine.size() > lead; i++) {
            Thread.yield();
        }
    }

    // ---------------------------------------------------------------------------------------------- ask and deal

    private Optional<Takings.Given<Hand>> ask(int limit) {
        long before = engine.time().nanos();
        Instant now = now();
        return desk.takings.ask(() -> hand(desk.store.take(limit, row -> decide(row, now)), before), Hand::leases);
    }

    /** The store's clock may be ahead of this one: then it is as if the row were just due. */
    private Step decide(ScheduleRow row, Instant now) {
        String executor = row.schedule().executor();
        Instant due = Objects.requireNonNull(row.due());
        return engine.executors.containsKey(executor)
                ? new Decider(Decider.zone(row.schedule(), engine.zone()), due.isAfter(now) ? due : now).decide(row)
                : Step.write(row.quarantined("there is no executor \"" + executor + "\"; there is "
                        + String.join(", ", engine.executors.keySet()) + ". Add it and resume the schedule."));
    }

    /** A fire whose turn it was, and in whose place another one of its schedule came at once, is superseded. */
    private static Hand hand(Taken taken, long before) {
        Map<String, Step> ending = new HashMap<>();
        for (Step step : taken.steps()) {
            if (step.endsOthers()) {
                ending.put(step.row().id(), step);
            }
        }
        if (ending.isEmpty()) {
            return new Hand(taken, before, taken.leases(), 0);
        }
        List<Lease> superseded = new ArrayList<>();
        List<Lease> starting = new ArrayList<>();
        for (Lease lease : taken.leases()) {
            Step step = ending.get(lease.fire().schedule());
            (step == null || step.starting().contains(lease.fire()) ? starting : superseded).add(lease);
        }
        int count = superseded.size();
        superseded.addAll(starting);
        return new Hand(taken, before, superseded, count);
    }

    private void deal(Takings.Given<Hand> given) {
        Hand hand = given.answer;
        try {
            Lease lease;
            while ((lease = desk.takings.next(given, hand.superseded)) != null) {
                begin(given, lease, /* isSuperseded= */ true);
            }
            hand.taken.steps().forEach(step -> engine.decided(desk, step, given));
            for (int i = 1;
                    isHeld(hand.before) && (lease = desk.takings.next(given, hand.leases.size())) != null;
                    i++) {
                begin(given, lease, /* isSuperseded= */ false);
                if (i % PORTION == 0) {
                    desk.awaitRoom();
                }
            }
        } finally {
            desk.takings.dealt(given);
        }
    }

    /** One that cannot begin keeps none of the others from that; its fire is for another node when this one has gone. */
    private void begin(Takings.Given<Hand> given, Lease lease, boolean isSuperseded) {
        long before = given.answer.before;
        try {
            if (isSuperseded) {
                engine.submitted(desk, lease, before).cancel(Engine.PLACE_TAKEN);
            } else {
                engine.submit(desk, given, lease, before);
            }
        } catch (Throwable e) { // out of memory
            engine.news.log(
                    Level.ERROR,
                    "an attempt needs memory to begin, but that of "
                            + lease.fire().id()
                            + " could not; another node runs it when this one has ended. Close this one",
                    e);
        }
    }

    /** Waits while leases may have run out: the next heartbeat tells which others have. Returns false if it is over meanwhile. */
    private boolean isHeld(long before) {
        boolean interrupted = false;
        while (!desk.holds(before) && !isOver()) {
            try {
                engine.time().sleep(UNHEARD);
            } catch (InterruptedException e) {
                interrupted = true; // by an inline job, perhaps; the leases are no more certain for that
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return desk.holds(before);
    }
}
