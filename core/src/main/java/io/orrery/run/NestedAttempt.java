package io.orrery.run;

import io.orrery.job.JobOutcome;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.outcome.RunSummary;
import io.orrery.plan.Plan;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** An attempt of a job that is a plan: a run of its own, without a thread of its own. */
final class NestedAttempt extends Attempt {

    final GraphRun inner;
    private final @Nullable TimeLimit limit;

    NestedAttempt(GraphRun run, int job, int number, Plan<?> plan) {
        super(run, job, number);
        this.inner = GraphRun.nested(plan, this);
        this.limit = TimeLimit.of(run, job);
    }

    @Override
    @Nullable
    TimeLimit limit() {
        return limit;
    }

    /** Begins. Called by the coordinator. */
    void begin() {
        inner.begin();
    }

    @Override
    void interrupt() {
        inner.cancel(stopReason() instanceof Stop.Cancelled cancelled ? cancelled.because() : "timed out");
    }

    /** Called by the inner run's coordinator: where a retry policy has to be asked, it is asked in a thread of its own. */
    void ended() {
        RunReport report = inner.report();
        ended(outcome(report));
        if (policy().maxAttempts() == 1 || report.succeeded()) {
            report();
        } else {
            try {
                run.tree.start(run.pathOf(job) + "!retry", () -> {
                    run.tree.enter();
                    report();
                });
            } catch (Throwable e) { // out of memory for a thread
                report();
            }
        }
    }

    private void report() {
        try {
            judge();
        } finally {
            run.post(this);
        }
    }

    /** Never: the inner run has a grace period of its own, and ends. */
    @Override
    boolean mayBeAbandoned() {
        return false;
    }

    private JobOutcome outcome(RunReport report) {
        return switch (report.state()) {
            case SUCCEEDED -> new JobOutcome.Succeeded(report);
            case TIMED_OUT ->
                new JobOutcome.TimedOut(
                        Objects.requireNonNull(inner.plan().settings().timeout()), null);
            default -> new JobOutcome.Failed(cause(report));
        };
    }

    private static Throwable cause(RunReport report) {
        RunSummary.Failure failure = report.summary().failure();
        return failure != null ? failure.cause() : new CancellationException(report.why());
    }

    @Override
    JobOutcome.@Nullable Late late(JobOutcome genuine) {
        return inner.report().state() == RunState.FAILED ? new JobOutcome.Late.Failure(cause(inner.report())) : null;
    }
}
