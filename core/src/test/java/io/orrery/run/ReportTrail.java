package io.orrery.run;

import io.orrery.job.JobOutcome;
import io.orrery.job.JobOutcome.Late;
import io.orrery.model.Outcome;
import io.orrery.model.Trail;
import io.orrery.outcome.JobReport;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunSummary;
import io.orrery.outcome.ShutdownProblem;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the report of a run, and of all runs inside it, as a trail. */
final class ReportTrail {
    private final Trail trail;

    ReportTrail(Trail trail) {
        this.trail = trail;
    }

    void write(RunReport report) {
        write(report, 0);
    }

    private void write(RunReport report, int index) {
        RunSummary summary = report.summary();
        RunSummary.Failure failure = summary.failure();
        var end = new Trail.RunEnd(
                summary.state().state().word(),
                simple(summary.why()),
                summary.elapsed().toMillis(),
                failure == null ? "" : failure.path() + " " + text(failure.cause()));
        List<String> problems =
                summary.notes().shutdown().stream().map(ReportTrail::text).toList();
        String path = summary.identity().path();
        trail.run(path, index, end, new Trail.Notes(problems, summary.notes().stragglers()));
        for (JobReport job : report.jobs()) {
            var times = new Trail.Times(millis(job.ready()), millis(job.start()), millis(job.end()));
            trail.job(job.path(), index, outcome(job), job.attempts(), times);
            List<RunReport> runs = report.records().runs(job.number());
            for (int i = 0; i < runs.size(); i++) {
                write(runs.get(i), i);
            }
        }
    }

    private static String text(ShutdownProblem problem) {
        return problem.path() + (problem.failure().isPresent() ? " failed" : " too long");
    }

    private static Optional<Long> millis(Optional<Duration> time) {
        return time.map(Duration::toMillis);
    }

    private static String outcome(JobReport job) {
        return job.outcome()
                .map(outcome -> {
                    if (outcome.state() != job.state()) {
                        return outcome + " but state " + job.state();
                    }
                    return told(outcome).toString();
                })
                .orElse("has not ended");
    }

    private static Outcome told(JobOutcome outcome) {
        return switch (outcome) {
            case JobOutcome.Succeeded one -> new Outcome.Succeeded(value(one.value()));
            case JobOutcome.Failed one -> new Outcome.Failed(text(one.cause()));
            case JobOutcome.TimedOut one ->
                new Outcome.TimedOut((int) one.timeout().toMillis(), late(one.late()));
            case JobOutcome.Cancelled one ->
                new Outcome.Cancelled(one.because(), text(one.lastFailure()), late(one.late()));
            case JobOutcome.Skipped one -> new Outcome.Skipped(one.because());
            case JobOutcome.NotRun one -> new Outcome.NotRun(one.because());
        };
    }

    private static String late(@Nullable Late late) {
        return switch (late) {
            case null -> "";
            case Late.Value one -> value(one.value());
            case Late.Failure one -> text(one.cause());
            case Late.Straggler one -> "straggler";
        };
    }

    private static String value(@Nullable Object value) {
        return value == null ? "" : value instanceof RunReport ? "report" : value.toString();
    }

    private static String text(@Nullable Throwable failure) {
        return failure == null ? "" : simple(Objects.requireNonNull(failure.getMessage()));
    }

    private static String simple(String text) {
        return text.replaceFirst("A job must not wait for those who wait for it.*", "stalled");
    }
}
