package io.orrery.run;

import io.orrery.outcome.RunEvent;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunSummary;
import io.orrery.plan.Plan;
import io.orrery.time.Signal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What users see of a run: waiting for its end, and mail to its coordinator. Safe for use by any thread. */
abstract sealed class RunHandle implements Run permits GraphRun {

    final RunTree tree;
    private final Plan<?> plan;
    private final Signal ended;
    private volatile @Nullable RunReport report; // written by the coordinator, once

    RunHandle(RunTree tree, Plan<?> plan) {
        this.tree = tree;
        this.plan = plan;
        this.ended = tree.time.signal();
    }

    abstract void post(Mail mail);

    /** Fixes the verdict; called by the coordinator. */
    abstract void cancelled(String reason);

    /** Whether jobs may still start; called by the coordinator. */
    abstract boolean isUndecided();

    /** Has runs inside this one look again whether something can start; called by the coordinator. */
    abstract void wakeInner();

    /** What is known now; called by the coordinator. */
    abstract Copy copy();

    @Override
    public final String id() {
        return tree.runId;
    }

    @Override
    public final Plan<?> plan() {
        return plan;
    }

    /** The report of a run that has ended. */
    final RunReport report() {
        return Objects.requireNonNull(report, "the run has not ended");
    }

    final boolean hasEnded() {
        return report != null;
    }

    final void report(RunReport done) {
        report = done;
    }

    /** Lets those go on who wait for the end. */
    final void letGo() {
        ended.set();
    }

    /** Waits for the end, whatever interrupts and however it ended. */
    final void awaitEnd() {
        ended.awaitUninterruptibly();
    }

    @Override
    public final RunReport await() throws InterruptedException {
        ended.await();
        return verdict();
    }

    @Override
    public final Optional<RunReport> await(Duration patience) throws InterruptedException {
        return ended.await(patience) ? Optional.of(verdict()) : Optional.empty();
    }

    @Override
    public final RunReport awaitUninterruptibly() {
        ended.awaitUninterruptibly();
        return verdict();
    }

    private RunReport verdict() {
        RunTree.Fatal fatal = tree.fatal();
        if (fatal != null) {
            throw fatal.error();
        }
        return report();
    }

    /** Waits as the body that made this run on the fly: if that is interrupted, this run is cancelled first. */
    final RunReport awaitWithinBody() throws InterruptedException {
        try {
            ended.await();
        } catch (InterruptedException e) {
            cancel("its job was stopped");
            ended.awaitUninterruptibly();
            throw e;
        }
        return verdict();
    }

    @Override
    public final void cancel(String reason) {
        post(Mail.of(Mail.Rank.CANCEL, 0, () -> cancelled(reason)));
    }

    @Override
    public final void pause() {
        post(Mail.of(Mail.Rank.CONTROL, 0, () -> {
            if (isUndecided() && !tree.paused) {
                tree.paused = true;
                tree.publish(at -> new RunEvent.RunPaused(tree.runId, "", at));
            }
        }));
    }

    @Override
    public final void resume() {
        post(Mail.of(Mail.Rank.CONTROL, 0, () -> {
            if (isUndecided() && tree.paused) {
                tree.paused = false;
                tree.publish(at -> new RunEvent.RunResumed(tree.runId, "", at));
                wakeInner();
            }
        }));
    }

    /** Has this run and those inside it look again whether something can start. */
    final void wake() {
        post(Mail.of(Mail.Rank.CONTROL, 0, this::wakeInner));
    }

    @Override
    public final void close() {
        cancel("closed");
        ended.awaitUninterruptibly();
    }

    @Override
    public final RunReport snapshot() {
        var answer = new AtomicReference<@Nullable Copy>();
        Signal answered = tree.time.signal();
        post(Mail.of(Mail.Rank.QUERY, 0, () -> {
            try {
                answer.set(report == null ? copy() : null);
            } finally {
                answered.set();
            }
        }));
        answered.awaitUninterruptibly();
        Copy copy = answer.get();
        return copy == null ? report() : copy.toReport(plan);
    }

    /** What was known at one moment. The runs inside are asked for theirs afterwards, by the thread that wants to know. */
    record Copy(RunSummary summary, JobTable table, Map<Integer, List<GraphRun>> inner) {
        RunReport toReport(Plan<?> plan) {
            table.runs(reports(inner, RunHandle::snapshot));
            return new RunReport(plan, summary, table);
        }
    }

    static Map<Integer, List<RunReport>> reports(
            Map<Integer, List<GraphRun>> inner, Function<RunHandle, RunReport> report) {
        Map<Integer, List<RunReport>> reports = new LinkedHashMap<>();
        inner.forEach((job, runs) -> reports.put(job, runs.stream().map(report).toList()));
        return reports;
    }
}
