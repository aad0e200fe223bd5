package io.orrery.outcome;

import io.orrery.job.JobOutcome;
import io.orrery.job.JobOutcome.Cancelled;
import io.orrery.job.JobOutcome.Late;
import io.orrery.job.JobOutcome.TimedOut;
import io.orrery.job.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what went wrong in a run and in all that is nested in it. */
final class Failures {

    private static final Comparator<Failure> CRITICAL_FIRST =
            Comparator.comparing(Failure::stopping).reversed().thenComparingLong(Failure::end);

    private final List<Failure> failures = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>(); // an outer run may repeat what an inner one says

    /**
     * A job that failed.
     *
     * @param stopping whether it and all around it are critical, so that it stopped the outermost run
     */
    record Failure(JobReport job, boolean stopping) {
        private long end() {
            return job.run().records().endNanos(job.number());
        }

        private String text() {
            return "non-critical job " + job.path() + (job.state() == State.TIMED_OUT ? " timed out: " : " failed: ")
                    + cause();
        }

        /** What it threw, or that it took too long. */
        String cause() {
            JobOutcome outcome = job.outcome().orElseThrow();
            return outcome.failure().map(Texts::failure).orElseGet(outcome::because);
        }
    }

    private Failures(RunReport report) {
        collect(report, true);
        failures.sort(CRITICAL_FIRST); // stable: a nested run's job stays before what it brought down
    }

    static List<JobReport> of(RunReport report) {
        return all(report).stream().map(Failure::job).toList();
    }

    /** All failures, those that stopped the run first. */
    static List<Failure> all(RunReport report) {
        return new Failures(report).failures;
    }

    static List<String> warnings(RunReport report) {
        var found = new Failures(report);
        var warnings = new ArrayList<String>();
        found.failures.stream().filter(failure -> !failure.stopping).forEach(failure -> warnings.add(failure.text()));
        warnings.addAll(found.notes);
        return warnings;
    }

    /** What went wrong besides failures: what came after cancellation, stragglers, shutdowns. */
    static List<String> notes(RunReport report) {
        return List.copyOf(new Failures(report).notes);
    }

    private void collect(RunReport report, boolean stopping) {
        for (int number = 0; number < report.plan().size(); number++) {
            boolean critical = stopping && report.plan().options(number).critical();
            if (!report.records().runs(number).isEmpty()) {
                var job = new JobReport(report, number);
                boolean planned = report.plan().nested(number).isPresent();
                job.inside().forEach(inside -> collect(inside, planned && critical));
            }
            JobOutcome outcome = report.records().outcome(number);
            if (outcome != null) {
                collect(new JobReport(report, number), outcome, critical);
            }
        }
        report.summary().notes().stragglers().forEach(this::straggler);
        report.summary().notes().shutdown().forEach(problem -> notes.add(problem.toString()));
    }

    private void collect(JobReport job, JobOutcome outcome, boolean stopping) {
        switch (outcome) {
            case JobOutcome.Failed failed -> failures.add(new Failure(job, stopping));
            case TimedOut timedOut -> {
                failures.add(new Failure(job, stopping));
                late(job, timedOut.late());
            }
            case Cancelled cancelled -> {
                cancelled
                        .failure()
                        .ifPresent(last -> notes.add("job " + job.path()
                                + " was cancelled before it could be retried; its last attempt had failed: "
                                + Texts.failure(last)));
                late(job, cancelled.late());
            }
            case JobOutcome.Succeeded succeeded -> {}
            case JobOutcome.Skipped skipped -> {}
            case JobOutcome.NotRun notRun -> {}
        }
    }

    private void late(JobReport job, @Nullable Late late) {
        switch (late) {
            case null -> {}
            case Late.Value value ->
                notes.add("job " + job.path() + " returned after it had been told to stop: "
                        + Texts.value(value.value()));
            case Late.Failure failure ->
                notes.add("job " + job.path() + " threw after it had been told to stop: "
                        + Texts.failure(failure.cause()));
            case Late.Straggler straggler -> straggler(job.path());
        }
    }

    private void straggler(String path) {
        notes.add(path + " had not stopped when the grace period was over");
    }
}
