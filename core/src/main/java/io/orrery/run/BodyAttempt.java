package io.orrery.run;

import io.orrery.job.JobBody;
import io.orrery.job.JobOutcome;
import io.orrery.job.JobSkippedException;
import io.orrery.job.RunnableGraph;
import io.orrery.outcome.Progress;
import io.orrery.outcome.RunEvent;
import io.orrery.plan.Plan;
import io.orrery.plan.Plannable;
import io.orrery.thread.Intercepted;
import io.orrery.thread.Interrupts;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An attempt of a job with a body, which runs in a virtual thread, one of its own or one that others had before. It is also
 * what the body knows it by. There is one for each job of a run, so it is kept small.
 */
sealed class BodyAttempt extends Attempt implements Context, Runnable {

    private static final VarHandle INNER;
    private static final JobOutcome NOTHING = new JobOutcome.Succeeded(null);

    static {
        try {
            INNER = MethodHandles.lookup().findVarHandle(BodyAttempt.class, "inner", InnerRuns.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Null as long as the body makes no run on the fly; set by its threads. */
    private volatile @Nullable InnerRuns inner;
    /** Set by whoever begins it; read by the coordinator. */
    private @Nullable Thread thread;

    /** One that may take only so long. */
    private static final class Limited extends BodyAttempt {
        private final TimeLimit limit;

        Limited(GraphRun run, int job, int number, TimeLimit limit) {
            super(run, job, number);
            this.limit = limit;
        }

        @Override
        TimeLimit limit() {
            return limit;
        }
    }

    private BodyAttempt(GraphRun run, int job, int number) {
        super(run, job, number);
    }

    /** An attempt that is about to begin. */
    static BodyAttempt of(GraphRun run, int job, int number) {
        TimeLimit limit = TimeLimit.of(run, job);
        return limit == null ? new BodyAttempt(run, job, number) : new Limited(run, job, number, limit);
    }

    @Override
    @Nullable
    TimeLimit limit() {
        return null;
    }

    /** The name of its thread: the job's path, and which attempt it is if it is not the first. */
    String name() {
        return number == 1 ? path() : path() + "#" + number;
    }

    /** Takes note of the thread that it is interrupted by. */
    void in(@Nullable Thread other) {
        thread = other;
    }

    @SuppressWarnings("ReferenceEquality") // the very thread
    boolean isIn(Thread other) {
        return thread == other;
    }

    /** There is no thread for it. */
    void neverBegan(Throwable why) {
        try {
            ended(new JobOutcome.Failed(why));
            judge();
        } finally {
            run.post(this);
        }
    }

    /** Executes the body and tells the run of its end, in a thread of its own. */
    @Override
    public void run() {
        try {
            execute(run.tree.now());
        } finally {
            thread = null; // it is not kept while this is mail
            run.post(this);
        }
    }

    /**
     * Executes the body, in the thread that it is for. The run has yet to be told of its end.
     *
     * @param now nanoseconds since the start of the outermost run
     */
    void execute(long now) {
        if (number == 1 && !isOver()) {
            run.table.began(job, now);
        }
        run.tree.enter();
        var event = new JfrEvents.JobAttempt();
        event.begin();
        JobOutcome outcome;
        try {
            Object value = isOver() ? null : call(); // it may have been stopped before it began
            outcome = value == null ? NOTHING : new JobOutcome.Succeeded(value);
        } catch (JobSkippedException e) {
            outcome = new JobOutcome.Skipped(e.because());
        } catch (Throwable e) {
            outcome = new JobOutcome.Failed(e);
        }
        try {
            endInner();
            Thread.interrupted(); // what comes after is not the body's
            event.end();
            if (event.shouldCommit()) {
                event.commit(this, outcome);
            }
        } finally {
            ended(outcome);
            endInner(); // what another thread of its own has begun since
            judge();
        }
    }

    private @Nullable Object call() throws Exception {
        var body = (JobBody<?>) run.plan().work(job);
        if (run.tree.interceptors.isEmpty()) {
            return body.run(this);
        }
        return Intercepted.by(run.tree.interceptors, this, () -> body.run(this)).proceed();
    }

    private void endInner() {
        InnerRuns known = inner;
        if (known != null) {
            known.end();
        }
    }

    @Override
    void interrupt() {
        Thread started = thread;
        if (started != null) {
            run.tree.time.interrupt(started);
        }
        going().forEach(one -> one.cancel("its job was stopped"));
    }

    @Override
    boolean mayBeAbandoned() {
        return going().isEmpty();
    }

    @Override
    JobOutcome.@Nullable Late late(JobOutcome genuine) {
        return switch (genuine) {
            case JobOutcome.Failed(Throwable thrown) ->
                Interrupts.isAnswer(thrown) ? null : new JobOutcome.Late.Failure(thrown);
            case JobOutcome.Succeeded(Object value) when value != null -> new JobOutcome.Late.Value(value);
            default -> null;
        };
    }

    // ------------------------------------------------------------------------------------- what the body may ask

    @Override
    public GraphRun graphRun() {
        return run;
    }

    @Override
    public String path() {
        return run.pathOf(job);
    }

    @Override
    public String label() {
        return run.plan().job(job).label();
    }

    @Override
    public int attempt() {
        return number;
    }

    @Override
    public Optional<Instant> deadline() {
        long nearest = Long.MAX_VALUE;
        for (Attempt one = this; one != null; one = one.run.around()) {
            nearest = Math.min(nearest, Math.min(one.deadlineNanos(), one.run.deadline()));
        }
        return nearest == Long.MAX_VALUE ? Optional.empty() : Optional.of(run.tree.instant(nearest));
    }

    @Override
    public boolean cancelled() {
        return wasStopped();
    }

    @Override
    public void progress(double done, String text) {
        var progress = Progress.of(done, text);
        run.post(Mail.of(Mail.Rank.PROGRESS, job, () -> run.progressed(this, progress)));
        run.tree.publish(at -> new RunEvent.JobProgressed(run.tree.runId, path(), at, progress));
    }

    @Override
    @SuppressWarnings("unchecked") // the report of a plan is a RunReport
    public <R> R run(RunnableGraph<R> workflow) throws InterruptedException {
        if (!(workflow instanceof Plannable<R> plannable)) {
            throw new IllegalArgumentException("What can be run is a workflow or a plan, but this is a "
                    + workflow.getClass().getName() + ". Declare a workflow.");
        }
        Plan<R> plan = plannable.plan();
        GraphRun one = GraphRun.spontaneous(plan, this);
        begin(one);
        try {
            if (wasStopped()) {
                one.cancel("its job was stopped");
            }
            run.post(Mail.of(Mail.Rank.CONTROL, job, () -> run.attempts.innerBegan(job, one)));
            return (R) one.awaitWithinBody();
        } finally {
            inner().ended(one);
        }
    }

    private void begin(GraphRun one) throws InterruptedException {
        if (!inner().begin(one)) {
            if (wasStopped()) {
                throw new InterruptedException("a job that was told to stop runs no workflow");
            }
            throw new IllegalStateException("A body runs workflows while it lasts, but that of \"" + path()
                    + "\" has returned. Wait for its threads before it returns.");
        }
    }

    // ----------------------------------------------------------------------------------------- runs on the fly

    /** The runs that the body has made on the fly and that have not ended. */
    Set<GraphRun> going() {
        InnerRuns known = inner;
        return known == null ? Set.of() : known.going();
    }

    /** The runs that the body makes on the fly. */
    InnerRuns inner() {
        InnerRuns known = inner;
        if (known == null) {
            known = new InnerRuns(this);
            InnerRuns other = (InnerRuns) INNER.compareAndExchange(this, null, known);
            known = other == null ? known : other;
        }
        return known;
    }
}
