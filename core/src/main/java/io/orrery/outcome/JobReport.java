package io.orrery.outcome;

import io.orrery.job.JobOutcome;
import io.orrery.job.State;
import io.orrery.plan.Graph;
import io.orrery.plan.Plan;
import io.orrery.plan.PlannedJob;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is known of one job of a run. A view: cheap to make.
 *
 * @param run the report of the run it belongs to
 * @param number its number in the plan
 */
public record JobReport(RunReport run, int number) {

    /** The job as planned. */
    public PlannedJob planned() {
        return run.plan().job(number);
    }

    /** Its id: unique among its siblings. */
    public String id() {
        return run.plan().id(number);
    }

    /** The ids of the jobs around it and its own, joined by {@code /}. */
    public String path() {
        String around = run.summary().identity().path();
        return around.isEmpty() ? id() : around + "/" + id();
    }

    /** Its label, for listings. */
    public String label() {
        return planned().label();
    }

    /** Whether a failure of it stops the run. */
    public boolean critical() {
        return run.plan().options(number).critical();
    }

    /** Whether it is endless. */
    public boolean forever() {
        return run.plan().options(number).forever();
    }

    /** Its state. */
    public State state() {
        State recorded = run.records().state(number);
        return recorded == State.IDLE && someRequirementHasBegun() ? State.WAITING : recorded;
    }

    private boolean someRequirementHasBegun() {
        Graph graph = run.plan().graph();
        for (int k = 0; k < graph.requirementCount(number); k++) {
            int required = Graph.target(graph.requirement(number, k));
            if (run.records().state(required) != State.IDLE) {
                return true;
            }
        }
        return false;
    }

    /** How it ended; empty while it has not. */
    public Optional<JobOutcome> outcome() {
        return Optional.ofNullable(run.records().outcome(number));
    }

    /** When its requirements held, since the start of the outermost run. */
    public Optional<Duration> ready() {
        return time(run.records().readyNanos(number));
    }

    /** When its first attempt began, since the start of the outermost run; empty if it never started. */
    public Optional<Duration> start() {
        return time(run.records().startNanos(number));
    }

    /** When it ended, since the start of the outermost run; empty if it has not, or never started. */
    public Optional<Duration> end() {
        return time(run.records().endNanos(number));
    }

    /** How long it took, from the start of its first attempt; empty if it has not ended, or never started. */
    public Optional<Duration> duration() {
        return between(run.records().startNanos(number), run.records().endNanos(number));
    }

    /** How long it waited for slots after its requirements held; empty if it has not started. */
    public Optional<Duration> waitedForSlot() {
        return between(run.records().readyNanos(number), run.records().startNanos(number));
    }

    private static Optional<Duration> between(long from, long to) {
        return from == JobRecords.NEVER || to == JobRecords.NEVER
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(to - from));
    }

    private static Optional<Duration> time(long nanos) {
        return nanos == JobRecords.NEVER ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    }

    /** How many attempts have begun. */
    public int attempts() {
        return run.records().attempts(number);
    }

    /** What it last told of its progress. */
    public Optional<Progress> progress() {
        return Optional.ofNullable(run.records().progress(number));
    }

    /** What it requires, in the order of declaration. */
    public List<JobReport> requirements() {
        return planned().requirements().stream()
                .map(link -> new JobReport(run, link.job().number()))
                .toList();
    }

    /**
     * The report of the nested run that this job is: of its last attempt; if there was none, one in which nothing has been
     * run; empty if the job has a body.
     */
    public Optional<RunReport> nested() {
        return planned().nested().map(plan -> {
            List<RunReport> runs = run.records().runs(number);
            return runs.isEmpty() ? unrun(plan) : runs.getLast();
        });
    }

    private RunReport unrun(Plan<?> plan) {
        RunSummary.Identity outer = run.summary().identity();
        var identity = new RunSummary.Identity(outer.runId(), path(), outer.startedAt());
        JobOutcome inner =
                outcome().map(own -> new JobOutcome.NotRun(own.because())).orElse(null);
        return RunReport.unrun(plan, identity, inner);
    }

    /** The runs that its body made on the fly, in the order in which they began; of very many the last thousand. */
    public List<RunReport> spontaneousRuns() {
        return planned().nested().isPresent() ? List.of() : run.records().runs(number);
    }

    /** The runs inside it: the nested run of its last attempt, or those made on the fly. */
    List<RunReport> inside() {
        return nested().map(List::of).orElseGet(this::spontaneousRuns);
    }

    /** Its line of the classic listing, with ids for ranks. */
    @Override
    public String toString() {
        var line = new JobLine(this, Alphabet.ofStandardOutput());
        String requires = requirements().stream().map(JobReport::id).collect(Collectors.joining(", "));
        return line.badge() + " " + line.body() + " " + line.result()
                + (requires.isEmpty() ? "" : " requires={" + requires + "}");
    }
}
