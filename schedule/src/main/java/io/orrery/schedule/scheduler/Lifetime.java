package io.orrery.schedule.scheduler;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.Schedule.OnConflict;
import io.orrery.schedule.ScheduleEvent;
import io.orrery.schedule.ScheduleInfo;
import io.orrery.schedule.ScheduleInfo.History;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.executor.JobExecutor;
import io.orrery.schedule.scheduler.SchedulerStatus.SchedulerState;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.schedule.store.StoreSite;
import io.orrery.time.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * When a scheduler runs, and what it is made of meanwhile. Starting, stopping and changing its parts happen one at a time;
 * asking may happen at any time. While a shutdown waits for jobs nobody's turn is taken: what they ask for meanwhile is
 * refused, and does not wait for them. A job that shuts down its own scheduler does not wait for the end of that if its own end is
 * to be remembered: stores are open until it is written.
 */
final class Lifetime {

    private final Engine engine;
    private final Editor editor;
    private final Definitions definitions;
    private final Object turn = new Object(); // held by whoever starts, stops, or changes parts

    // Guarded by the turn; read by any thread.
    private final Map<String, ScheduleStore> stores = new LinkedHashMap<>();
    private final Map<String, JobExecutor> executors = new LinkedHashMap<>();
    private final Map<String, Heartbeat> heartbeats = new ConcurrentHashMap<>();
    private final Map<String, Pending> pending = new LinkedHashMap<>(); // guarded by itself
    private int starts;
    private volatile SchedulerState state = SchedulerState.STOPPED;
    private volatile @Nullable Instant startedAt;
    private volatile Signal down; // set once nothing runs any more
    private volatile boolean stopping; // whether a shutdown waits

    private record Pending(Schedule schedule, OnConflict onConflict) {}

    Lifetime(Engine engine, Editor editor, SchedulerBuilder builder) {
        this.engine = engine;
        this.editor = editor;
        this.definitions = new Definitions(engine.setup);
        this.down = engine.time().signal();
        stores.putAll(builder.stores);
        executors.putAll(builder.executors);
    }

    SchedulerState state() {
        return state;
    }

    void requireRunning() {
        if (state == SchedulerState.STOPPED) {
            throw new IllegalStateException(
                    "Scheduler is not running: \"" + engine.setup.name() + "\". Start it first.");
        }
    }

    // --------------------------------------------------------------------------------------------------- start

    /** Whether this was the first start, so that it has started. */
    boolean start(boolean paused) {
        while (true) {
            awaitStopped();
            synchronized (turn) {
                if (!stopping) {
                    return startNow(paused);
                }
            }
        }
    }

    /** Waits for the end of a shutdown, if there is one; who is waited for by it cannot. */
    private void awaitStopped() {
        Signal ended;
        synchronized (turn) {
            if (!stopping) {
                return;
            }
            ended = down;
        }
        if (engine.isCurrent()) {
            throw waitsForItself();
        }
        ended.awaitUninterruptibly();
    }

    private IllegalStateException waitsForItself() {
        return new IllegalStateException("A job that a shutdown waits for cannot wait for it, but one of \""
                + engine.setup.name() + "\" would. Start or close the scheduler in another thread.");
    }

    private boolean startNow(boolean paused) {
        if (starts > 0) {
            starts++;
            return false;
        }
        if (!executors.containsKey(Schedule.DEFAULT)) {
            executors.put(Schedule.DEFAULT, JobExecutor.virtualThreads());
        }
        if (!stores.containsKey(Schedule.DEFAULT)) {
            stores.put(Schedule.DEFAULT, ScheduleStore.inMemory());
        }
        down = engine.time().signal();
        try {
            executors.forEach(this::open);
            stores.forEach(this::open);
            commit();
        } catch (Throwable e) {
            closeParts();
            throw e;
        }
        starts = 1;
        startedAt = engine.time().instant();
        state = paused ? SchedulerState.PAUSED : SchedulerState.RUNNING;
        engine.news.log(System.Logger.Level.INFO, "started");
        engine.news.tell("", ScheduleEvent.SchedulerStarted::new);
        engine.start(paused);
        return true;
    }

    private void open(String alias, JobExecutor executor) {
        executor.open(engine.time());
        engine.executors.put(alias, executor);
        engine.news.tell(alias, ScheduleEvent.ExecutorAdded::new);
    }

    private void open(String alias, ScheduleStore store) {
        Setup setup = engine.setup;
        var self = new StoreSite.Node(
                setup.node(), setup.limits().lease(), setup.limits().queues());
        var desk = new StoreDesk(alias, store, setup, engine.ends);
        var user = new StoreSite.User(setup.jobs()::has, desk.bell::ring, () -> engine.kept(desk));
        store.open(new StoreSite(self, alias, setup.time(), setup.zone(), user));
        desk.renewedAt = setup.time().nanos();
        engine.stores.put(alias, desk);
        if (!store.isLocal()) {
            heartbeats.put(alias, Heartbeat.start(engine, desk, this::close));
        }
        engine.news.tell(alias, ScheduleEvent.StoreAdded::new);
    }

    /** Adds what was added before the start; what conflicts is named all at once. */
    private void commit() {
        List<Pending> all;
        synchronized (pending) {
            all = List.copyOf(pending.values());
        }
        Duration delay = engine.setup.limits().startupDelay();
        Instant notBefore = delay.isZero() ? null : engine.time().instant().plus(delay);
        var problems = new ArrayList<String>();
        for (Pending one : all) {
            try {
                editor.add(one.schedule, one.onConflict, notBefore);
            } catch (IllegalArgumentException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException("The scheduler \"" + engine.setup.name()
                    + "\" cannot start with what was added to it. " + String.join(" ", problems));
        }
        synchronized (pending) {
            pending.clear();
        }
    }

    // ------------------------------------------------------------------------------------------------ shutdown

    boolean shutdown(boolean wait) {
        engine.requireNotAsking("shut its scheduler down");
        synchronized (turn) {
            requireRunning();
            if (--starts > 0) {
                return false;
            }
            beginStop();
        }
        stop(wait);
        return true;
    }

    void close() {
        engine.requireNotAsking("close its scheduler");
        boolean first;
        synchronized (turn) {
            first = starts > 0;
            if (first) {
                starts = 0;
                beginStop();
            }
        }
        if (first) {
            stop(/* wait= */ true);
        } else if (!engine.isCurrent()) {
            awaitStopped();
        }
    }

    private void beginStop() {
        state = SchedulerState.STOPPED;
        startedAt = null;
        stopping = true;
    }

    private void stop(boolean wait) {
        boolean later = false;
        try {
            engine.stop(wait);
            later = isBeforeAnEnd() && stopsLater();
            if (!later) {
                closeAll();
            }
        } finally {
            if (!later) {
                stopped();
            }
        }
    }

    /** Whether the end of the job that shuts this down is yet to be written, by stores that will remember it. */
    private boolean isBeforeAnEnd() {
        return engine.isCurrent() && !engine.stores.values().stream().allMatch(desk -> desk.store.isLocal());
    }

    /** Goes on in another thread, when the job has ended that runs in this one; not if there is no memory for a thread. */
    private boolean stopsLater() {
        try {
            engine.time().start(Thread.ofVirtual().name(engine.setup.name() + "/shutdown"), () -> {
                try {
                    engine.stop(/* wait= */ true);
                    closeAll();
                } finally {
                    stopped();
                }
            });
            return true;
        } catch (Throwable e) {
            return false;
        }
    }

    private void closeAll() {
        engine.stores.values().forEach(new LastJobs(engine)::run);
        closeParts();
        engine.news.log(System.Logger.Level.INFO, "shut down");
        engine.news.tell("", ScheduleEvent.SchedulerShutdown::new);
        engine.news.bus.drain();
    }

    private void stopped() {
        engine.awaited.shutDown();
        synchronized (turn) {
            stopping = false;
            down.set();
        }
    }

    private void closeParts() {
        engine.executors.forEach((alias, executor) -> close("executor", alias, executor));
        engine.executors.clear();
        long latest = latest();
        engine.stores.keySet().forEach(alias -> closeStore(alias, latest));
    }

    /** Until when ends are tried to be written: for as long as leases last without being renewed. */
    private long latest() {
        return engine.time().nanos() + engine.setup.limits().lease().toNanos();
    }

    /** Its leases are renewed until what has ended is written. */
    private void closeStore(String alias, long latest) {
        StoreDesk desk = engine.stores.get(alias);
        if (desk != null) {
            engine.leave(desk);
            engine.news.unwritten(alias, desk.finish(latest));
            engine.stores.remove(alias);
        }
        Heartbeat heartbeat = heartbeats.remove(alias);
        if (heartbeat != null) {
            heartbeat.stop();
        }
        if (desk != null) {
            close("store", alias, desk.store);
        }
    }

    /** What cannot be closed keeps nothing else from being closed. */
    private void close(String what, String alias, AutoCloseable part) {
        try {
            part.close();
        } catch (Throwable e) {
            engine.news.log(System.Logger.Level.ERROR, "closing the " + what + " \"" + alias + "\" failed", e);
        }
    }

    void awaitShutdown() throws InterruptedException {
        if (stopping && engine.isCurrent()) {
            throw waitsForItself();
        }
        if (state != SchedulerState.STOPPED || stopping) {
            down.await();
        }
    }

    void pause(boolean pause) {
        synchronized (turn) {
            requireRunning();
            SchedulerState wanted = pause ? SchedulerState.PAUSED : SchedulerState.RUNNING;
            if (state != wanted) {
                state = wanted;
                engine.news.tell("", pause ? ScheduleEvent.SchedulerPaused::new : ScheduleEvent.SchedulerResumed::new);
            }
            engine.paused(pause);
        }
    }

    // --------------------------------------------------------------------------------------------------- parts

    void addStore(String alias, ScheduleStore store) {
        synchronized (turn) {
            if (stores.containsKey(alias)) {
                throw Scheduler.taken("a store", alias);
            }
            if (state != SchedulerState.STOPPED) {
                open(alias, store);
                engine.start(Objects.requireNonNull(engine.stores.get(alias)));
            }
            stores.put(alias, store);
        }
    }

    void removeStore(String alias) {
        engine.requireNotAsking("remove a store");
        synchronized (turn) {
            if (stores.remove(alias) == null) {
                throw unknown("store", alias, stores);
            }
            if (state != SchedulerState.STOPPED) {
                closeStore(alias, latest());
            }
            engine.news.tell(alias, ScheduleEvent.StoreRemoved::new);
        }
    }

    void addExecutor(String alias, JobExecutor executor) {
        synchronized (turn) {
            if (executors.containsKey(alias)) {
                throw Scheduler.taken("an executor", alias);
            }
            if (state != SchedulerState.STOPPED) {
                open(alias, executor);
            }
            executors.put(alias, executor);
        }
    }

    void removeExecutor(String alias) {
        synchronized (turn) {
            JobExecutor executor = executors.remove(alias);
            if (executor == null) {
                throw unknown("executor", alias, executors);
            }
            engine.executors.remove(alias);
            close("executor", alias, executor);
            engine.news.tell(alias, ScheduleEvent.ExecutorRemoved::new);
        }
    }

    private static IllegalArgumentException unknown(String what, String alias, Map<String, ?> known) {
        return new IllegalArgumentException("There is no " + what + " with the alias \"" + alias + "\". Known aliases: "
                + String.join(", ", known.keySet()) + ".");
    }

    // ----------------------------------------------------------------------------------------------- schedules

    ScheduleInfo add(Schedule schedule, OnConflict onConflict) {
        if (state != SchedulerState.STOPPED) {
            return editor.add(schedule, onConflict, null);
        }
        boolean local = !stores.containsKey(schedule.store())
                || stores.get(schedule.store()).isLocal();
        Schedule prepared =
                definitions.prepared(schedule, local, engine.time().instant()); // what is wrong with it is said now
        JobExecutor executor = executors.get(schedule.executor());
        if (executor != null) {
            executor.check(prepared);
        }
        synchronized (pending) {
            Pending old = pending.get(schedule.id());
            if (old != null && onConflict == OnConflict.FAIL && !old.schedule.says(schedule)) {
                throw new ScheduleConflictException(
                        schedule.id(),
                        "An id stands for one schedule, but \"" + schedule.id() + "\" is taken, by " + old.schedule
                                + ", which waits for the start. Choose another id, or say what to do with OnConflict.");
            }
            if (old != null && onConflict == OnConflict.KEEP) {
                return info(old.schedule);
            }
            pending.put(schedule.id(), new Pending(schedule, onConflict));
            return info(schedule);
        }
    }

    private static ScheduleInfo info(Schedule schedule) {
        return new ScheduleInfo(schedule, ScheduleState.PENDING, null, List.of(), List.of(), History.NONE);
    }

    Stream<ScheduleInfo> pending() {
        synchronized (pending) {
            return List.copyOf(pending.values()).stream().map(one -> info(one.schedule));
        }
    }

    void remove(String id) {
        synchronized (pending) {
            if (pending.remove(id) != null) {
                return;
            }
        }
        editor.remove(id);
    }

    void removeAll(String store) {
        synchronized (pending) {
            pending.values().removeIf(one -> one.schedule.store().equals(store));
        }
        StoreDesk desk = engine.stores.get(store);
        if (desk != null) {
            editor.removeAll(desk);
        } else if (!stores.containsKey(store)) {
            throw unknown("store", store, stores);
        }
    }

    void removeAll() {
        synchronized (pending) {
            pending.clear();
        }
        engine.stores.values().forEach(editor::removeAll);
    }

    SchedulerStatus status(List<ScheduleInfo> infos) {
        Setup setup = engine.setup;
        var counts = new EnumMap<ScheduleState, Integer>(ScheduleState.class);
        infos.forEach(info -> counts.merge(info.state(), 1, Integer::sum));
        Instant since = startedAt;
        return new SchedulerStatus(
                setup.name(),
                setup.node(),
                state,
                since == null
                        ? null
                        : new SchedulerStatus.Since(
                                since, Duration.between(since, setup.time().instant())),
                setup.zone(),
                new SchedulerStatus.Parts(
                        engine.executors.keySet().stream().sorted().toList(),
                        engine.stores.keySet().stream().sorted().toList(),
                        counts,
                        (int) infos.stream().filter(ScheduleInfo::isSubmitted).count(),
                        engine.running(),
                        Map.of(
                                "store_retry_interval", setup.limits().retry(),
                                "lease", setup.limits().lease(),
                                "startup_delay", setup.limits().startupDelay())));
    }
}
