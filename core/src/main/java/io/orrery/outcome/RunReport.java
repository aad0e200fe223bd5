package io.orrery.outcome;

import io.orrery.job.Job;
import io.orrery.job.JobOutcome;
import io.orrery.job.JobOutcome.Succeeded;
import io.orrery.job.State;
import io.orrery.plan.Plan;
import io.orrery.plan.PlannedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * What became of a run; or, as a snapshot, what has become of it so far; or, before any run, of a plan that is idle.
 * Immutable, and safe for use by any thread.
 */
public final class RunReport {

    private final Plan<?> plan;
    private final RunSummary summary;
    private final JobRecords records;

    /** A report of what was recorded elsewhere. */
    public RunReport(Plan<?> plan, RunSummary summary, JobRecords records) {
        this.plan = plan;
        this.summary = summary;
        this.records = records;
    }

    /** The report of a plan that has not been run: all its jobs are idle. */
    public static RunReport idle(Plan<?> plan) {
        return unrun(plan, new RunSummary.Identity("", "", Instant.EPOCH), null);
    }

    /** The report of a plan that has not been run, nor ever will be if {@code outcome} says why. */
    static RunReport unrun(Plan<?> plan, RunSummary.Identity identity, @Nullable JobOutcome outcome) {
        String why = outcome == null ? "" : outcome.because();
        var summary = new RunSummary(identity, RunState.IDLE, why, Duration.ZERO, null, RunSummary.Notes.NONE);
        return new RunReport(plan, summary, new UnrunRecords(outcome));
    }

    /** What was run. */
    public Plan<?> plan() {
        return plan;
    }

    /** What there is to say of the run as a whole. */
    public RunSummary summary() {
        return summary;
    }

    /** What was recorded of each job. */
    public JobRecords records() {
        return records;
    }

    /** The id of the run, a ULID; the same for all that is nested in it; empty before it is run. */
    public String id() {
        return summary.identity().runId();
    }

    /** When the outermost run began, on its wall clock. */
    public Instant startedAt() {
        return summary.identity().startedAt();
    }

    /** How long it took, or has taken so far. */
    public Duration elapsed() {
        return summary.elapsed();
    }

    /** The state of the run. */
    public RunState state() {
        return summary.state();
    }

    /** Whether the run succeeded: all its finite jobs ended, and no critical one failed. */
    public boolean succeeded() {
        return state() == RunState.SUCCEEDED;
    }

    /** The reason for the state, in one sentence: {@code critical job deploy failed: exit 255}. */
    public String why() {
        return summary.why();
    }

    /**
     * Why a job has not started, or what it is doing, or how it ended: who waits for whom.
     *
     * @throws IllegalArgumentException if this run has no such job
     */
    public String why(Job<?> job) {
        return Explanation.of(job(job));
    }

    /** Why the job at a path has not started, or what it is doing, or how it ended; empty if there is no such path. */
    public Optional<String> why(String path) {
        return find(path).map(Explanation::of);
    }

    /**
     * Returns this report if the run succeeded.
     *
     * @throws RunFailedException if it did not, with the first failure as its cause
     */
    public RunReport orThrow() {
        if (!succeeded()) {
            throw new RunFailedException(this);
        }
        return this;
    }

    /**
     * The result of a job of this run, or of one nested in it.
     *
     * @throws IllegalStateException if it has not succeeded: the message names its state and the cause
     * @throws IllegalArgumentException if this run has no such job
     */
    @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"
    }) // the handle's type is that of what its body returns
    public <T extends @Nullable Object> T result(Job<T> job) {
        JobReport report = job(job);
        JobOutcome outcome = report.outcome().orElse(null);
        if (outcome instanceof Succeeded succeeded) {
            return (T) succeeded.value();
        }
        var refused = new IllegalStateException("Only a job that succeeded has a result, but " + Explanation.of(report)
                + ". Ask for outcome() where it may not have succeeded.");
        if (outcome != null) {
            outcome.failure().ifPresent(refused::initCause);
        }
        throw refused;
    }

    /**
     * How a job of this run, or of one nested in it, ended; empty while it has not.
     *
     * @throws IllegalArgumentException if this run has no such job
     */
    public Optional<JobOutcome> outcome(Job<?> job) {
        return job(job).outcome();
    }

    /**
     * What is known of a job of this run, or of one nested in it.
     *
     * @throws IllegalArgumentException if this run has no such job
     */
    public JobReport job(Job<?> handle) {
        return locate(handle)
                .orElseThrow(() -> new IllegalArgumentException("A report tells of the jobs of its own workflow, but \""
                        + handle.label() + "\" is not one of \"" + plan.name()
                        + "\". Ask the report of the workflow that declared it."));
    }

    private Optional<JobReport> locate(Job<?> handle) {
        OptionalInt number = plan.numberOf(handle);
        if (number.isPresent()) {
            return Optional.of(new JobReport(this, number.getAsInt()));
        }
        for (int i = 0; i < plan.size(); i++) {
            if (plan.nested(i).isPresent() || !records.runs(i).isEmpty()) {
                for (RunReport inside : new JobReport(this, i).inside().reversed()) {
                    Optional<JobReport> found = inside.locate(handle);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** What is known of the job at a path: the ids of the jobs around it and its own, joined by {@code /}. */
    public Optional<JobReport> find(String path) {
        String around = summary.identity().path();
        if (!around.isEmpty() && !path.startsWith(around + "/")) {
            return Optional.empty();
        }
        String rest = around.isEmpty() ? path : path.substring(around.length() + 1);
        for (int i = 0; i < plan.size(); i++) {
            String id = plan.id(i);
            if (rest.equals(id)) {
                return Optional.of(new JobReport(this, i));
            }
            if (rest.startsWith(id) && rest.startsWith("/", id.length())) {
                JobReport job = new JobReport(this, i);
                for (RunReport inside : job.inside().reversed()) {
                    Optional<JobReport> found = inside.find(path);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The jobs in order of declaration; those of nested runs are found in these. */
    public List<JobReport> jobs() {
        return new JobList();
    }

    /** The jobs, each one after what it requires, in the order of declaration wherever that allows it. */
    public List<JobReport> topologicalOrder() {
        return plan.topologicalOrder().stream()
                .map(PlannedJob::number)
                .map(number -> new JobReport(this, number))
                .toList();
    }

    /** The jobs that failed or timed out, critical ones first, then in the order in which they ended, nested included. */
    public List<JobReport> failures() {
        return Failures.of(this);
    }

    /** How many jobs are in which state. */
    public Stats stats() {
        return Stats.of(this);
    }

    /** What went wrong without changing the verdict: late failures, shutdowns, stragglers, non-critical failures. */
    public List<String> warnings() {
        return Failures.warnings(this);
    }

    /** The chain of jobs that the run's duration came from, in the order in which they ran. */
    public List<JobReport> criticalPath() {
        return CriticalPath.of(this);
    }

    /** The classic listing, in characters that the standard output can show. */
    public String list() {
        return Listing.of(this).text();
    }

    /** What happened, for people: the cause first, then the listing, then every failure with its stack trace. */
    public String debrief() {
        return Debrief.of(this).text();
    }

    @Override
    public String toString() {
        return plan.name() + " " + state().state().word() + " (" + stats() + ")";
    }

    private final class JobList extends AbstractList<JobReport> implements RandomAccess {
        @Override
        public JobReport get(int number) {
            return new JobReport(RunReport.this, Objects.checkIndex(number, plan.size()));
        }

        @Override
        public int size() {
            return plan.size();
        }
    }

    /**
     * The records of a plan that has not been run.
     *
     * @param outcome what became of all its jobs, null if that is still open
     */
    private record UnrunRecords(@Nullable JobOutcome outcome) implements JobRecords {
        @Override
        public State state(int job) {
            return outcome == null ? State.IDLE : outcome.state();
        }

        @Override
        public @Nullable JobOutcome outcome(int job) {
            return outcome;
        }

        @Override
        public long readyNanos(int job) {
            return NEVER;
        }

        @Override
        public long startNanos(int job) {
            return NEVER;
        }

        @Override
        public long endNanos(int job) {
            return NEVER;
        }

        @Override
        public int attempts(int job) {
            return 0;
        }

        @Override
        public @Nullable Progress progress(int job) {
            return null;
        }

        @Override
        public List<RunReport> runs(int job) {
            return List.of();
        }
    }
}
