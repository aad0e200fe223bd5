package io.orrery.run;

import io.orrery.job.JobOutcome;
import io.orrery.job.State;
import io.orrery.outcome.Progress;
import io.orrery.outcome.RunEvent;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.outcome.RunSummary;
import io.orrery.plan.Plan;
import io.orrery.time.Alarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator of one run.
 *
 * <h2>One writer</h2>
 *
 * <p>All that a run knows changes in one place, {@link #handle}, which never runs in two threads at once: what happens
 * elsewhere (a body returned, a timeout passed, somebody cancels) arrives as {@link Mail}, and whoever brings it to an idle
 * {@link Mailbox} has it handled. So there are no locks here, and no thread that waits for something to coordinate.
 *
 * <h2>A batch is an instant</h2>
 *
 * <p>Mail is handled in batches, and what is in one batch counts as simultaneous: first critical failures, then the other
 * completions in order of declaration, then timeouts, then what people ask for. Only when all of that is known does anything
 * new start. In real time a batch is what arrived while the last one was handled; in manual time it is all that happens at
 * one instant, and inner runs are handled before outer ones, which is what makes a run on manual time deterministic.
 *
 * <h2>Who does what</h2>
 *
 * <p>{@link Countdown} finds out what an end makes ready, {@link Launcher} and {@link Slots} who of those starts, and
 * {@link LiveAttempts} keeps those that have. Counting down is plain arithmetic, since there is one writer; what is lock-free
 * is the way of the news.
 *
 * <h2>Phases</h2>
 *
 * <p>{@code RUNNING}: jobs start. {@code STOPPING}: the verdict is known, nothing starts, what runs has been told to stop
 * and is waited for, or given up and named when the grace period is over. {@code SHUTDOWN}: bodies clean up. {@code ENDED}:
 * the report is there. A run goes through all four, whatever happens, and never back.
 *
 * <h2>Nesting</h2>
 *
 * <p>A nested plan is a run of its own with its own mailbox, and an {@link Attempt} of the outer one without a thread. Being
 * told to stop goes inwards, ends go outwards, both as mail.
 */
final class GraphRun extends RunHandle implements Mailbox.Handler {

    private static final Duration SECOND_LOOK = Duration.ofMillis(1);

    private enum Phase {
        RUNNING,
        STOPPING,
        SHUTDOWN,
        ENDED
    }

    final JobTable table;
    private final Plan<?> plan;
    private final @Nullable Attempt around; // the attempt that this run is inside of
    private final String path;
    private final int depth;
    final Mailbox mailbox;

    // From here on: the coordinator's, except where it says otherwise.
    private final Countdown countdown;
    final LiveAttempts attempts;
    final Slots slots;
    private final Launcher launcher;
    final Retries retries;
    private final Shutdown shutdown = new Shutdown(this);
    private final JfrEvents.RunSpan span = new JfrEvents.RunSpan();
    private final boolean isAlone; // no run around it, none nested in it, and no limit that others share
    private Phase phase = Phase.RUNNING;
    private boolean announced;
    private long beganAt;
    long now; // when what is handled happened, in nanoseconds since the start of the outermost run
    private @Nullable Alarm timeout;
    private volatile long deadline = Long.MAX_VALUE; // read by bodies
    private volatile Verdict verdict = Verdict.NONE; // read by the coordinator of the run around this one

    private GraphRun(Plan<?> plan, RunTree tree, @Nullable Attempt around, String path) {
        super(tree, plan);
        this.plan = plan;
        this.around = around;
        this.path = path;
        this.depth = around == null ? 0 : around.run.depth + 1;
        this.table = new JobTable(plan);
        this.isAlone = around == null && !plan.hasNested() && !plan.hasLimits();
        this.mailbox = new Mailbox(tree.time, this);
        this.countdown = new Countdown(this, plan, table);
        this.attempts = new LiveAttempts(this, plan);
        this.slots = new Slots(this, plan);
        this.retries = new Retries(this);
        this.launcher = new Launcher(this);
    }

    static GraphRun start(Plan<?> plan, RunOptions options) {
        var run = new GraphRun(plan, new RunTree(plan.name(), options), null, "");
        run.begin();
        return run;
    }

    /** The run of a plan that is a job of another one. */
    static GraphRun nested(Plan<?> plan, Attempt around) {
        return new GraphRun(plan, around.run.tree, around, around.run.pathOf(around.job));
    }

    /** The run of a plan that a body made on the fly. */
    static GraphRun spontaneous(Plan<?> plan, BodyAttempt around) {
        String path = around.run.pathOf(around.job) + "/" + around.inner().nameFor(plan.name());
        return new GraphRun(plan, around.run.tree, around, path);
    }

    void begin() {
        post(Mail.of(Mail.Rank.BEGIN, 0, this::begun));
    }

    // ------------------------------------------------------------------------------------------- what others see

    @Override
    public String path() {
        return path;
    }

    @Override
    public int depth() {
        return depth;
    }

    @Nullable
    Attempt around() {
        return around;
    }

    /** Nanoseconds since the start of the outermost run, or {@link Long#MAX_VALUE}. */
    long deadline() {
        return deadline;
    }

    String pathOf(int job) {
        return path.isEmpty() ? plan.id(job) : path + "/" + plan.id(job);
    }

    @Override
    public boolean isAlone() {
        return isAlone;
    }

    @Override
    void post(Mail mail) {
        mailbox.post(mail);
    }

    // ---------------------------------------------------------------------------------------------- a batch of mail

    @Override
    public void handle(Batch batch) {
        do { // once, unless there was no memory to sort it
            handleUpToQuestions(batch);
            goOn();
            if (phase == Phase.STOPPING && attempts.isEmpty()) {
                phase = Phase.SHUTDOWN;
                attempts.close();
                beginShutdown();
            }
            for (Mail mail = batch.poll(Mail.Rank.QUERY); mail != null; mail = batch.poll(Mail.Rank.QUERY)) {
                deliver(mail);
            }
        } while (!batch.isEmpty());
    }

    /** Questions are answered when all else is done. */
    private void handleUpToQuestions(Batch batch) {
        boolean completionsKnown = false;
        for (Mail mail = batch.pollBefore(Mail.Rank.QUERY); mail != null; mail = batch.pollBefore(Mail.Rank.QUERY)) {
            if (!completionsKnown && mail.rank().compareTo(Mail.Rank.COMPLETION) > 0) {
                completionsKnown = true;
                guarded(this::tellSuccessors);
            }
            deliver(mail);
        }
    }

    private void deliver(Mail mail) {
        try {
            now = mail instanceof Attempt attempt && !attempt.wasStopped()
                    ? Math.max(now, table.endedAt(attempt.job))
                    : tree.now();
            mail.deliver();
        } catch (Throwable e) {
            internalError(e);
        }
    }

    private void beginShutdown() {
        try {
            shutdown.begin();
        } catch (Throwable e) {
            internalError(e);
            finish();
        }
    }

    @Override
    public void failed(Throwable fault) {
        guarded(() -> internalError(fault));
        if (phase == Phase.SHUTDOWN) {
            finish();
        }
    }

    private void goOn() {
        try {
            do {
                tellSuccessors();
                launcher.launch();
            } while (countdown.hasNews());
            attempts.flush();
        } catch (Throwable e) {
            internalError(e);
        }
    }

    /** A fault of the engine must not leave anybody waiting for ever. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            internalError(e);
        }
    }

    private void internalError(Throwable e) {
        tree.noteInternal(e, path);
        stop(Verdict.internalError(path, e));
    }

    private void announce() {
        announced = true;
        span.begin();
        beganAt = around == null ? 0 : now; // so that a run's duration and its jobs' times have one origin
        tree.publish(at -> new RunEvent.RunStarted(tree.runId, path, at, plan));
    }

    private void begun() {
        if (phase != Phase.RUNNING) {
            return; // stopped before it began
        }
        announce();
        Duration limit = plan.settings().timeout();
        if (limit != null) {
            deadline = tree.deadlineAfter(limit);
            timeout = alarm(limit, Mail.Rank.RUN_TIMEOUT, 0, () -> stop(Verdict.timedOut(limit)));
        }
        countdown.begin();
    }

    void becomeReady(int job) {
        table.ready(job, now);
        launcher.add(job);
    }

    /** Passes on what has ended; then sees whether all is done. */
    private void tellSuccessors() {
        countdown.tellSuccessors();
        if (phase == Phase.RUNNING && countdown.isOver()) {
            stop(countdown.conclusion());
        }
    }

    /** Whether jobs may start now. */
    boolean isLaunching() {
        return phase == Phase.RUNNING && !tree.paused;
    }

    // ------------------------------------------------------------------------------------------------- attempts

    /** Takes note that an attempt is waited for no longer. */
    void gaveUp(Attempt attempt) {
        attempts.ended(attempt);
        slots.release(attempt.job);
        finishJob(attempt.job, attempt.stragglerOutcome());
    }

    /** Fails a job whose attempt did not come about. */
    void neverBegan(int job, Throwable why) {
        attempts.forget(job);
        slots.release(job);
        tree.noteIfFatal(why, pathOf(job));
        finishJob(job, new JobOutcome.Failed(why));
        stopIfFatal();
    }

    void attemptEnded(Attempt attempt) {
        if (attempts.wasGivenUp(attempt)) {
            return;
        }
        attempts.reported(attempt);
        slots.release(attempt.job);
        JobOutcome outcome = attempt.outcome();
        if (!(outcome instanceof JobOutcome.Succeeded)) {
            tree.noteIfFatal(Verdict.thrown(outcome), pathOf(attempt.job));
        }
        if (!attempt.retried()) {
            finishJob(attempt.job, outcome);
        } else if (phase == Phase.RUNNING) {
            table.retrying(attempt.job);
            retries.schedule(attempt);
        } else {
            end(attempt.job, Retries.cancelled(outcome, verdict.because()));
        }
        stopIfFatal();
    }

    private void stopIfFatal() {
        RunTree.Fatal fatal = tree.fatal();
        if (fatal != null) {
            stop(Verdict.fatal(fatal));
        }
    }

    /** Whether the end of this attempt is a failure that stops the run. Asked before it is handled, for the order. */
    boolean isCriticalFailure(Attempt attempt) {
        JobOutcome outcome = attempt.outcome();
        return Retries.isFailure(outcome)
                && (RunTree.isFatal(outcome.failure().orElse(null))
                        || plan.options(attempt.job).critical() && !attempt.retried());
    }

    /** Queues a job for its next attempt. */
    void queueAgain(int job) {
        table.state(job, State.QUEUED);
        launcher.add(job);
    }

    /** Fails a job that has not started, since it would wait for ever. */
    void stalled(int job, RuntimeException diagnosis) {
        finishJob(job, new JobOutcome.Failed(diagnosis));
    }

    private void finishJob(int job, JobOutcome outcome) {
        end(job, outcome);
        if (Retries.isFailure(outcome) && plan.options(job).critical()) {
            stopFor(job, outcome);
        }
    }

    /** Records the end of a job. */
    void end(int job, JobOutcome outcome) {
        slots.releaseLimits(job);
        table.ended(job, outcome, now);
        if (tree.events.heard()) {
            tree.publish(at -> new RunEvent.JobFinished(tree.runId, pathOf(job), at, outcome, table.attempts(job)));
        }
        countdown.ended(job);
    }

    void progressed(Attempt attempt, Progress progress) {
        if (attempts.isLive(attempt)) {
            table.progress(attempt.job, progress);
        }
    }

    // ----------------------------------------------------------------------------------------------- the verdict

    private void stopFor(int job, JobOutcome outcome) {
        var failed = Verdict.failed(plan.id(job), /* critical= */ true, outcome, attempts.culprit(job, outcome));
        if (countdown.stopsFor(failed)) {
            stop(failed);
        }
    }

    @Override
    void cancelled(String reason) {
        stop(Verdict.cancelled(reason));
    }

    /** Fixes the verdict: nothing starts any more, and what runs is told to stop. Without effect if it is fixed. */
    private void stop(Verdict known) {
        if (phase != Phase.RUNNING) {
            return;
        }
        if (!announced) {
            announce();
        }
        phase = Phase.STOPPING;
        verdict = known;
        if (timeout != null) {
            timeout.cancel();
        }
        tree.publish(at -> new RunEvent.RunStopping(tree.runId, path, at, known.state(), known.why()));
        attempts.takeBack(job -> {
            slots.release(job);
            end(job, new JobOutcome.Cancelled(known.because(), null, null));
        });
        stopJobs(known.because());
        attempts.watchAll();
    }

    private void stopJobs(String because) {
        boolean all = true;
        for (int job = 0; job < plan.size() && phase == Phase.STOPPING; job++) {
            if (!table.state(job).ended()) {
                all &= stopJob(job, because);
            }
        }
        if (!all) {
            alarm(SECOND_LOOK, Mail.Rank.DEADLINE, 0, () -> stopJobs(because));
        }
    }

    /** Tells a job to stop; false if it is just about to begin, and can't be told yet. */
    private boolean stopJob(int job, String because) {
        if (attempts.stop(job, because)) {
            return true;
        }
        JobOutcome outcome = retries.stop(job, because);
        if (outcome != null) {
            end(job, outcome);
        } else if (table.state(job) != State.RUNNING) {
            end(job, new JobOutcome.NotRun(because));
        } else {
            return false;
        }
        return true;
    }

    /** The last step, called when the shutdown is over. */
    void finish() {
        if (phase == Phase.ENDED) {
            return;
        }
        phase = Phase.ENDED;
        try {
            JobTable records = attempts.stragglers().isEmpty() ? table : table.copy(); // into which they can't write
            records.runs(reports(attempts.inner(), RunHandle::report));
            var done = new RunReport(plan, summary(), records);
            report(done);
            span.commit(this);
            tree.publish(at -> new RunEvent.RunFinished(tree.runId, path, at, done));
            assert slots.areAllFree() : "A run has ended and has not given back all " + slots;
        } catch (Throwable e) {
            tree.noteInternal(e, path);
        }
        switch (around) {
            case NestedAttempt attempt -> attempt.ended();
            case null -> tree.events.afterAll(plan.settings().cancelGrace(), this::letGo);
            default -> letGo();
        }
    }

    private RunSummary summary() {
        Verdict known = verdict;
        RunState state = phase == Phase.ENDED
                ? known.state()
                : phase == Phase.RUNNING && tree.paused ? RunState.PAUSED : RunState.RUNNING;
        var stragglers = new ArrayList<>(attempts.stragglers());
        stragglers.addAll(shutdown.stragglers());
        return new RunSummary(
                new RunSummary.Identity(tree.runId, path, tree.startedAt),
                state,
                known.why(),
                Duration.ofNanos(tree.now() - beganAt),
                known.failure(),
                new RunSummary.Notes(shutdown.problems(), stragglers));
    }

    Verdict verdict() {
        return verdict;
    }

    @Override
    Copy copy() {
        Map<Integer, List<GraphRun>> runs = new LinkedHashMap<>();
        attempts.inner().forEach((job, list) -> runs.put(job, List.copyOf(list)));
        return new Copy(summary(), table.copy(), runs);
    }

    @Override
    boolean isUndecided() {
        return phase == Phase.RUNNING;
    }

    @Override
    void wakeInner() {
        attempts.wakeInner();
    }

    /** Has the coordinator do something after a delay. */
    Alarm alarm(Duration delay, Mail.Rank rank, int job, Runnable action) {
        return tree.time.alarm(delay, () -> post(Mail.of(rank, job, action)));
    }
}
