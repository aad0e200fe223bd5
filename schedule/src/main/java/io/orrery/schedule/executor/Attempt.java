package io.orrery.schedule.executor;

import io.orrery.job.Action;
import io.orrery.job.Job;
import io.orrery.job.JobBody;
import io.orrery.job.JobOutcome;
import io.orrery.job.JobOutcome.Late;
import io.orrery.job.RunnableGraph;
import io.orrery.outcome.RunReport;
import io.orrery.plan.Plannable;
import io.orrery.run.Run;
import io.orrery.run.RunOptions;
import io.orrery.schedule.Fire;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.SchedulePolicy;
import io.orrery.schedule.Work;
import io.orrery.schedule.store.Lease;
import io.orrery.thread.Interrupts;
import io.orrery.time.Alarm;
import io.orrery.time.Durations;
import io.orrery.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one fire: what an executor runs, and what the job knows it by. It ends exactly once: by itself, by being told
 * to stop, by its timeout, or by being refused; if it does not stop when it is told to, it is given up after the grace period
 * and whatever comes later is ignored. Safe for use by any thread.
 */
public final class Attempt implements FireContext, Runnable {

    private static final System.Logger LOG = System.getLogger("io.orrery.schedule.job");
    private static final Duration CANCEL_GRACE = Duration.ofSeconds(10);

    /** What goes with all attempts of one scheduler. */
    public interface Host {

        /** Its clock. */
        TimeSource time();

        /** What is run, in the thread of the attempt. */
        @Nullable
        Object run(Attempt attempt) throws Exception;

        /** Where triggers count that have no zone. */
        ZoneId zone();

        /** Whether its lease is certain to be valid still. */
        boolean holds(Attempt attempt);

        /** A lifecycle ticks: runs that and tells of it. What it throws is a failure of that tick alone. */
        void tick(Attempt session, Fire tick, Action action);

        /**
         * The attempt has ended. Called once, by any thread; must not block for long.
         *
         * @param started when it began; empty if it did not
         */
        void ended(Attempt attempt, Optional<Instant> started, JobOutcome outcome);
    }

    private final Host host;
    private final Lease lease;
    private final long leasedAt; // on the monotonic clock, or earlier
    private final @Nullable Instant startBy; // null for whenever

    // Guarded by this.
    private @Nullable Thread thread;
    private @Nullable Instant started;
    private @Nullable Stop stop;
    private @Nullable Alarm alarm; // its timeout, or its grace period once it was told to stop
    private boolean ended;

    /** Why it was told to stop. */
    private sealed interface Stop {
        record TimedOut(Duration timeout) implements Stop {}

        record Cancelled(String because) implements Stop {}
    }

    /**
     * An attempt that has not begun.
     *
     * @param leasedAt a moment on the monotonic clock at which the lease was not yet given
     * @param startBy the moment after which it is not to begin any more; null for none
     */
    public Attempt(Host host, Lease lease, long leasedAt, @Nullable Instant startBy) {
        this.host = host;
        this.lease = lease;
        this.leasedAt = leasedAt;
        this.startBy = startBy;
    }

    /** The right to run it. */
    public Lease lease() {
        return lease;
    }

    /** A moment on the monotonic clock at which it was not yet given. */
    public long leasedAt() {
        return leasedAt;
    }

    private Schedule schedule() {
        return lease.schedule();
    }

    /** Who comes first if there is not room for all: the greater one. */
    public int priority() {
        return policy().priority();
    }

    private SchedulePolicy policy() {
        return schedule().policy();
    }

    /** What it runs, if that is a job by name. */
    public Optional<Work.Named> named() {
        return schedule().work() instanceof Work.Named named ? Optional.of(named) : Optional.empty();
    }

    /** The clock that it runs by. */
    public TimeSource time() {
        return host.time();
    }

    ZoneId zone() {
        return schedule().zone().orElseGet(host::zone);
    }

    /** Runs one tick of a lifecycle. What it throws is told, unless that is its answer to being told to stop. */
    void tick(Fire tick, Action action) throws InterruptedException {
        var stopped = new InterruptedException[1];
        host.tick(this, tick, () -> {
            try {
                action.run();
            } catch (Exception e) {
                if (!cancelled() || !Interrupts.isAnswer(e)) {
                    throw e;
                }
                stopped[0] = new InterruptedException("told to stop");
            }
        });
        if (stopped[0] != null) {
            throw stopped[0];
        }
    }

    /** Runs it in the current thread, which is interrupted to cancel it. Does nothing if it has ended already. */
    @Override
    public void run() {
        runInstead(context -> host.run(this));
    }

    /** Like {@link #run}, but runs that body, which gets the work done elsewhere and returns or throws what came of it. */
    public void runInstead(JobBody<?> body) {
        if (!begin()) {
            return;
        }
        JobOutcome genuine;
        try {
            genuine = new JobOutcome.Succeeded(body.run(this));
        } catch (Throwable e) {
            genuine = new JobOutcome.Failed(e);
        }
        Thread.interrupted(); // what comes after is not the body's
        end(genuine);
    }

    private boolean begin() {
        Instant now = host.time().instant();
        synchronized (this) {
            if (ended) {
                return false;
            }
            if (startBy == null || !now.isAfter(startBy)) {
                started = now;
                thread = Thread.currentThread();
                Optional<Duration> timeout = policy().timeout();
                if (timeout.isPresent()) {
                    Duration limit = timeout.get();
                    alarm = time().alarm(limit, () -> stop(new Stop.TimedOut(limit)));
                }
                return true;
            }
        }
        end(new JobOutcome.Skipped("it would have begun later than its grace allows"));
        return false;
    }

    /** Tells it to stop; one that has not begun ends at once. Without effect if it has ended, or was told before. */
    public void cancel(String because) {
        stop(new Stop.Cancelled(because));
    }

    private void stop(Stop why) {
        synchronized (this) {
            if (ended || stop != null) {
                return;
            }
            stop = why;
            if (thread != null) {
                cancelAlarm();
                alarm = time().alarm(CANCEL_GRACE, () -> end(null));
                time().interrupt(thread); // under the lock: later the thread may belong to another one
                return;
            }
        }
        end(new JobOutcome.NotRun(why instanceof Stop.Cancelled(String because) ? because : "it was too late"));
    }

    /** Ends it without its having begun, because there will never be room for it. */
    public void refuse(String because) {
        end(new JobOutcome.Failed(new RejectedExecutionException(because)));
    }

    /** @param genuine how the body ended; null if it has not, and is given up */
    private void end(@Nullable JobOutcome genuine) {
        JobOutcome outcome;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            thread = null;
            cancelAlarm();
            outcome = switch (stop) {
                case Stop.TimedOut(Duration timeout) -> new JobOutcome.TimedOut(timeout, late(genuine));
                case Stop.Cancelled(String because)
                when started != null -> new JobOutcome.Cancelled(because, null, late(genuine));
                case null, default -> genuine == null ? new JobOutcome.NotRun("it was given up") : genuine;
            };
        }
        host.ended(this, startedAt(), outcome);
    }

    private void cancelAlarm() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    private static @Nullable Late late(@Nullable JobOutcome genuine) {
        return switch (genuine) {
            case null -> new Late.Straggler();
            case JobOutcome.Succeeded(Object value) when value != null -> new Late.Value(value);
            case JobOutcome.Failed(Throwable cause) when !Interrupts.isAnswer(cause) -> new Late.Failure(cause);
            default -> null;
        };
    }

    /** Whether the current thread runs it. */
    @SuppressWarnings("ReferenceEquality") // the very thread
    public synchronized boolean isCurrent() {
        return thread == Thread.currentThread();
    }

    /** When it began; empty if it has not. */
    public synchronized Optional<Instant> startedAt() {
        return Optional.ofNullable(started);
    }

    // ------------------------------------------------------------------------------------- what the job may ask

    @Override
    public Fire fire() {
        return lease.fire();
    }

    @Override
    public long token() {
        return lease.token();
    }

    @Override
    public <T extends @Nullable Object> T result(Job<T> job) {
        throw noSuchJob(job);
    }

    @Override
    public Optional<JobOutcome> outcome(Job<?> job) {
        throw noSuchJob(job);
    }

    private IllegalArgumentException noSuchJob(Job<?> job) {
        return new IllegalArgumentException("What a scheduler runs has no other jobs around it, but \"" + path()
                + "\" asked for \"" + job.label() + "\". Schedule the workflow that has both.");
    }

    @Override
    public String path() {
        return schedule().id();
    }

    @Override
    public String label() {
        return schedule().name();
    }

    @Override
    public String runId() {
        return fire().id();
    }

    @Override
    public int attempt() {
        return fire().attempt();
    }

    @Override
    public Optional<Instant> deadline() {
        return startedAt().flatMap(start -> policy().timeout().map(start::plus));
    }

    @Override
    public boolean cancelled() {
        synchronized (this) {
            if (stop != null) {
                return true;
            }
        }
        return !host.holds(this);
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        time().sleep(duration);
    }

    @Override
    public void progress(double done, String text) {
        if (Double.isNaN(done)) {
            throw new IllegalArgumentException(
                    "Progress is a number from 0 to 1, but \"" + path() + "\" reported NaN. Do not divide by zero.");
        }
        long percent = Math.round(Math.clamp(done, 0, 1) * 100);
        LOG.log(System.Logger.Level.DEBUG, () -> fire().id() + ": " + percent + "% " + text);
    }

    @Override
    public void log(String message) {
        LOG.log(System.Logger.Level.INFO, () -> fire().id() + ": " + message);
    }

    @Override
    @SuppressWarnings("unchecked") // every plan is of some workflow, and the report of a workflow is a RunReport
    public <R> R run(RunnableGraph<R> workflow) throws InterruptedException {
        if (!(workflow instanceof Plannable<R> plannable)) {
            throw new IllegalArgumentException("What can be run is a workflow or a plan, but this is a "
                    + workflow.getClass().getName() + ". Declare a workflow.");
        }
        Run run = Run.start(plannable.plan(), RunOptions.defaults().time(time()));
        try {
            RunReport report = run.await();
            return (R) report;
        } catch (InterruptedException e) {
            run.cancel("its job was stopped");
            run.awaitUninterruptibly();
            throw e;
        }
    }

    @Override
    public String toString() {
        Optional<Instant> start = startedAt();
        return fire().id()
                + start.map(begin -> ", running for " + Durations.text(Duration.between(begin, time().instant())))
                        .orElse(", not begun");
    }
}
