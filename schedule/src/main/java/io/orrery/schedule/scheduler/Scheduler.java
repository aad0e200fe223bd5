package io.orrery.schedule.scheduler;

import io.orrery.job.Action;
import io.orrery.job.JobBody;
import io.orrery.outcome.RunReport;
import io.orrery.plan.Plannable;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.Schedule.OnConflict;
import io.orrery.schedule.ScheduleEvent;
import io.orrery.schedule.ScheduleEvent.ScheduleListener;
import io.orrery.schedule.ScheduleInfo;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.executor.JobCatalog;
import io.orrery.schedule.executor.JobCatalog.PayloadAction;
import io.orrery.schedule.executor.JobCatalog.PayloadBody;
import io.orrery.schedule.executor.JobExecutor;
import io.orrery.schedule.executor.LifecycleJob;
import io.orrery.schedule.scheduler.SchedulerStatus.SchedulerState;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.schedule.trigger.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Fires schedules when they are due.
 *
 * {@snippet :
 * try (var scheduler = Scheduler.named("billing").open()) {
 *     scheduler.action("send-invoice", Invoice.class, (invoice, ctx) -> billing.send(invoice));
 *     scheduler.add(Schedule.named("invoice-42").cron("30 2 * * *").job("send-invoice", new Invoice(42)));
 *     scheduler.start().awaitShutdown();
 * }
 * }
 *
 * <p>It is started and shut down by reference counting, so that whoever needs it may do both: the first start starts it, the
 * shutdown that belongs to it shuts it down. What is added before is added for good when it starts. Safe for use by any thread.
 */
public final class Scheduler implements AutoCloseable {

    private final Lifetime lifetime;
    private final Engine engine;
    private final Editor editor;
    private final Inspector inspector;

    Scheduler(Setup setup, SchedulerBuilder builder) {
        this.engine = new Engine(setup);
        this.editor = new Editor(engine);
        this.inspector = new Inspector(engine);
        this.lifetime = new Lifetime(engine, editor, builder);
    }

    /** A scheduler to be set up, and then opened. */
    public static SchedulerBuilder named(String name) {
        return new SchedulerBuilder(name);
    }

    static IllegalArgumentException taken(String what, String alias) {
        return new IllegalArgumentException("This scheduler already has " + what + " by the alias of \"" + alias
                + "\". Choose another alias, or remove that one first.");
    }

    // ------------------------------------------------------------------------------------------------- declare

    /** The jobs that it knows by name. */
    public JobCatalog jobs() {
        return engine.setup.jobs();
    }

    /** Declares a job, like {@link JobCatalog#action(String, Class, PayloadAction)}. */
    public <P> Scheduler action(String name, Class<P> payload, PayloadAction<P> action) {
        jobs().action(name, payload, action);
        return this;
    }

    /** Declares a job, like {@link JobCatalog#action(String, Action)}. */
    public Scheduler action(String name, Action action) {
        jobs().action(name, action);
        return this;
    }

    /** Declares a job, like {@link JobCatalog#job(String, Class, PayloadBody)}. */
    public <P> Scheduler job(String name, Class<P> payload, PayloadBody<P> body) {
        jobs().job(name, payload, body);
        return this;
    }

    /** Declares a job, like {@link JobCatalog#job(String, JobBody)}. */
    public Scheduler job(String name, JobBody<?> body) {
        jobs().job(name, body);
        return this;
    }

    /** Declares a workflow, like {@link JobCatalog#workflow}. */
    public Scheduler workflow(String name, Supplier<? extends Plannable<RunReport>> workflow) {
        jobs().workflow(name, workflow);
        return this;
    }

    /** Declares a lifecycle, like {@link JobCatalog#lifecycle}. */
    public Scheduler lifecycle(String name, Trigger ticks, Supplier<? extends LifecycleJob> jobs) {
        jobs().lifecycle(name, ticks, jobs);
        return this;
    }

    // ------------------------------------------------------------------------------------------------ lifetime

    /** Starts it, or takes note that somebody else needs it. */
    public Scheduler start() {
        lifetime.start(/* paused= */ false);
        return this;
    }

    /** Starts it paused, or takes note that somebody else needs it. */
    public Scheduler startPaused() {
        lifetime.start(/* paused= */ true);
        return this;
    }

    /**
     * Ends what one start began. The last one shuts it down: nothing new is fired, what runs is waited for, schedules for the
     * shutdown run, executors and stores are closed. A job may shut down its own scheduler: then this returns when the others have
     * ended, and stores that remember its end are closed once that is written.
     *
     * @return whether this was the last one, which shuts it down
     * @throws IllegalStateException if it is not running
     */
    public boolean shutdown() {
        return lifetime.shutdown(/* wait= */ true);
    }

    /** Like {@link #shutdown}, but what runs is told to stop. */
    public boolean shutdownNow() {
        return lifetime.shutdown(/* wait= */ false);
    }

    /**
     * Waits until it is shut down.
     *
     * @throws InterruptedException if the calling thread is interrupted
     */
    public void awaitShutdown() throws InterruptedException {
        lifetime.awaitShutdown();
    }

    /** Shuts it down, however often it was started, and waits for what runs; without effect if it is stopped. */
    @Override
    public void close() {
        lifetime.close();
    }

    /**
     * Lets nothing new be fired until {@link #resume()}. What is due meanwhile is judged then, by its grace.
     *
     * @throws IllegalStateException if it is not running
     */
    public void pause() {
        lifetime.pause(/* pause= */ true);
    }

    /**
     * Ends a pause.
     *
     * @throws IllegalStateException if it is not running
     */
    public void resume() {
        lifetime.pause(/* pause= */ false);
    }

    /** What it does. */
    public SchedulerState state() {
        return lifetime.state();
    }

    // ------------------------------------------------------------------------------------- stores and executors

    /**
     * Adds a store, which is used at once if the scheduler runs.
     *
     * @throws IllegalArgumentException if the alias is taken
     */
    public void addStore(String alias, ScheduleStore store) {
        lifetime.addStore(alias, store);
    }

    /**
     * Closes a store and forgets it. What runs of it may end; it counts for nothing.
     *
     * @throws IllegalArgumentException if there is none of that alias
     */
    public void removeStore(String alias) {
        lifetime.removeStore(alias);
    }

    /**
     * Adds an executor, which is used at once if the scheduler runs.
     *
     * @throws IllegalArgumentException if the alias is taken
     */
    public void addExecutor(String alias, JobExecutor executor) {
        lifetime.addExecutor(alias, executor);
    }

    /**
     * Closes an executor and forgets it. What runs in it may end.
     *
     * @throws IllegalArgumentException if there is none of that alias
     */
    public void removeExecutor(String alias) {
        lifetime.removeExecutor(alias);
    }

    // ----------------------------------------------------------------------------------------------- schedules

    /**
     * Adds a schedule, like {@link #add(Schedule, OnConflict)} with {@link OnConflict#FAIL}. So a program may add the same
     * schedules to a durable store each time it starts: those that say the same are kept as they are.
     */
    public ScheduleInfo add(Schedule schedule) {
        return add(schedule, OnConflict.FAIL);
    }

    /**
     * Adds a schedule; before the start it is pending. One that says the same as that of its id changes nothing.
     *
     * @return how it stands
     * @throws ScheduleConflictException if there is one of its id that says something else, and it is to fail then
     * @throws IllegalArgumentException with all that is wrong with it
     */
    public ScheduleInfo add(Schedule schedule, OnConflict onConflict) {
        return lifetime.add(schedule, onConflict);
    }

    /**
     * Changes a definition. Its next fire time stays, also if the trigger changes, which counts from then on.
     *
     * @return how it stands; empty if it had finished, and is removed
     * @throws NoSuchScheduleException if there is none of that id
     */
    public Optional<ScheduleInfo> update(String id, UnaryOperator<Schedule> change) {
        lifetime.requireRunning();
        return editor.update(id, change);
    }

    /** Gives a schedule another trigger, which counts from now on, like {@link #update}. */
    public Optional<ScheduleInfo> reschedule(String id, Trigger trigger) {
        lifetime.requireRunning();
        return editor.reschedule(id, trigger);
    }

    /** Lets a schedule fire no more until it is resumed; of those that it missed none is made up for. */
    public void pause(String id) {
        lifetime.requireRunning();
        editor.pause(id);
    }

    /**
     * Ends the pause or the quarantine of a schedule.
     *
     * @return how it stands; empty if its trigger has no time left, so that it was removed
     */
    public Optional<ScheduleInfo> resume(String id) {
        lifetime.requireRunning();
        return editor.resume(id);
    }

    /** Pauses all schedules of all stores that wait to fire, each like {@link #pause(String)}; those added later are not paused. */
    public void pauseAll() {
        lifetime.requireRunning();
        editor.pauseAll();
    }

    /** Ends the pauses of all schedules of all stores, each like {@link #resume(String)}; what is quarantined stays so. */
    public void resumeAll() {
        lifetime.requireRunning();
        editor.resumeAll();
    }

    /** Removes a schedule. What runs of it may end. */
    public void remove(String id) {
        lifetime.remove(id);
    }

    /** Removes all schedules of a store. */
    public void removeAll(String store) {
        lifetime.removeAll(store);
    }

    /** Removes all schedules of all stores. */
    public void removeAll() {
        lifetime.removeAll();
    }

    /**
     * Runs a schedule now, as a fire of its own: its next fire time, and whether it is paused, stay as they are.
     *
     * @throws IllegalStateException if the scheduler is stopped
     * @throws MaxInstancesException if as many of its fires run as may
     */
    public FiredJob runNow(String id) {
        lifetime.requireRunning();
        return editor.runNow(id, /* last= */ false);
    }

    /** Like {@link #runNow}, but the schedule has finished with it: it is removed at its end unless it is to be kept. */
    public FiredJob runNowAndFinish(String id) {
        lifetime.requireRunning();
        return editor.runNow(id, /* last= */ true);
    }

    // ------------------------------------------------------------------------------------------------- inspect

    /** How a schedule stands; empty if there is none of that id. */
    public Optional<ScheduleInfo> schedule(String id) {
        Optional<ScheduleInfo> pending =
                lifetime.pending().filter(info -> info.id().equals(id)).findFirst();
        return pending.isPresent() ? pending : editor.find(id).map(found -> Editor.info(found.stored()));
    }

    /** All schedules, by their next fire time. */
    public List<ScheduleInfo> schedules() {
        return schedules(ScheduleQuery.all());
    }

    /** The schedules that are wanted, in the order that is wanted. */
    public List<ScheduleInfo> schedules(ScheduleQuery query) {
        return query.apply(Stream.concat(lifetime.pending(), inspector.stored()));
    }

    /**
     * When a schedule will fire; changes nothing.
     *
     * @param count how many times, from 1 to 50
     * @return empty if there is none of that id
     */
    public Optional<Preview> preview(String id, int count) {
        return schedule(id).map(info -> inspector.preview(info, count));
    }

    /**
     * When all schedules will fire; changes nothing. Paused ones do not.
     *
     * @param perSchedule how many times of each, from 1 to 10; other numbers count as the nearest
     * @param limit how many rows, from 1 to 500; likewise
     */
    public Timeline timeline(int perSchedule, int limit) {
        return inspector.timeline(schedules(), perSchedule, limit);
    }

    /** Why a schedule does not fire, or when it does, in words. */
    public String why(String id) {
        ScheduleInfo info = schedule(id).orElseThrow(() -> new NoSuchScheduleException(id));
        return inspector.why(info, state());
    }

    /** How it stands. */
    public SchedulerStatus status() {
        return lifetime.status(schedules());
    }

    /** Whether it can do its work. */
    public Health health() {
        return inspector.health(state());
    }

    /** The moment at which it looks around next; empty if it waits for somebody to wake it. */
    public Optional<Instant> nextLook() {
        return engine.sleepsUntil();
    }

    // -------------------------------------------------------------------------------------------------- listen

    /**
     * Tells a listener what happens.
     *
     * @param kinds what it wants to hear; all if there are none
     */
    public void listen(ScheduleListener listener, ScheduleEvent.Kind... kinds) {
        engine.news.bus.add(listener, Set.of(kinds));
    }

    /**
     * Tells a listener no more.
     *
     * @return whether it was told before
     */
    public boolean unlisten(ScheduleListener listener) {
        return engine.news.bus.remove(listener);
    }

    @Override
    public String toString() {
        long scheduled = state() == SchedulerState.STOPPED
                ? 0
                : schedules(ScheduleQuery.all().state(ScheduleState.SCHEDULED)).size();
        return engine.setup.name() + " (" + state().word() + ", " + scheduled + " scheduled)";
    }
}
