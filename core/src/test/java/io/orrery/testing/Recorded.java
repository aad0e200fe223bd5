package io.orrery.testing;

import io.orrery.job.JobOutcome;
import io.orrery.job.JobOutcome.NotRun;
import io.orrery.job.JobOutcome.Skipped;
import io.orrery.job.State;
import io.orrery.outcome.JobRecords;
import io.orrery.outcome.Progress;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.outcome.RunSummary;
import io.orrery.outcome.ShutdownProblem;
import io.orrery.plan.Plan;
import io.orrery.plan.Plannable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A run that was not run: says by hand what would have been recorded of it, so that texts can be tested without threads.
 * Jobs are named by their ids, times are milliseconds since the start of the outermost run.
 */
public final class Recorded {

    private static final Instant STARTED = Instant.parse("2026-11-20T02:30:00Z");

    private final Plan<?> plan;
    private final Map<Integer, Row> rows = new HashMap<>();
    private final Map<Integer, List<Recorded>> inside = new HashMap<>();
    private final List<ShutdownProblem> shutdown = new ArrayList<>();
    private final List<String> stragglers = new ArrayList<>();
    private RunState state = RunState.RUNNING;
    private String why = "";
    private long elapsed;
    private RunSummary.Failure failure;

    private static final class Row {
        State state = State.IDLE;
        JobOutcome outcome;
        long ready = JobRecords.NEVER;
        long start = JobRecords.NEVER;
        long end = JobRecords.NEVER;
        int attempts;
        Progress progress;
    }

    private Recorded(Plan<?> plan) {
        this.plan = plan;
    }

    /** A run of that workflow in which nothing has started. */
    public static Recorded of(Plannable<?> workflow) {
        return new Recorded(workflow.plan());
    }

    private int number(String id) {
        for (int i = 0; i < plan.size(); i++) {
            if (plan.id(i).equals(id)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no job " + id);
    }

    private Row row(String id) {
        return rows.computeIfAbsent(number(id), key -> new Row());
    }

    /** A job is in a state. */
    public Recorded state(String id, State state) {
        row(id).state = state;
        return this;
    }

    /** A job has been running since then. */
    public Recorded running(String id, long start) {
        row(id).start = millis(start);
        row(id).attempts = 1;
        return state(id, State.RUNNING);
    }

    /** A job ran from then to then. */
    public Recorded ended(String id, long start, long end, JobOutcome outcome) {
        Row row = row(id);
        row.start = millis(start);
        row.end = millis(end);
        row.attempts = 1;
        row.outcome = outcome;
        return state(id, outcome.state());
    }

    /** A job ran from then to then and returned that. */
    public Recorded succeeded(String id, long start, long end, Object value) {
        return ended(id, start, end, new JobOutcome.Succeeded(value));
    }

    /** A job ran from then to then and threw that. */
    public Recorded failed(String id, long start, long end, Throwable cause) {
        return ended(id, start, end, new JobOutcome.Failed(cause));
    }

    /** A job did not start. */
    public Recorded notRun(String id, String because) {
        row(id).outcome = new NotRun(because);
        return state(id, State.NOT_RUN);
    }

    /** A job was skipped. */
    public Recorded skipped(String id, String because) {
        row(id).outcome = new Skipped(because);
        return state(id, State.SKIPPED);
    }

    /** The requirements of a job held at that time. */
    public Recorded ready(String id, long time) {
        row(id).ready = millis(time);
        return this;
    }

    /** A job has had so many attempts. */
    public Recorded attempts(String id, int attempts) {
        row(id).attempts = attempts;
        return this;
    }

    /** A job said how far it is. */
    public Recorded progress(String id, double done, String text) {
        row(id).progress = new Progress(done, text);
        return this;
    }

    /** These runs took place inside a job. */
    public Recorded inside(String id, Recorded... runs) {
        inside.computeIfAbsent(number(id), key -> new ArrayList<>()).addAll(List.of(runs));
        return this;
    }

    /** How the run stands. */
    public Recorded verdict(RunState state, String why, long elapsed) {
        this.state = state;
        this.why = why;
        this.elapsed = elapsed;
        return this;
    }

    /** What brought the run down. */
    public Recorded broughtDownBy(String path, Throwable cause) {
        failure = new RunSummary.Failure(path, cause);
        return this;
    }

    /** Shutdowns that went wrong. */
    public Recorded shutdownProblems(ShutdownProblem... problems) {
        shutdown.addAll(List.of(problems));
        return this;
    }

    /** Jobs that did not stop. */
    public Recorded stragglers(String... paths) {
        stragglers.addAll(Arrays.asList(paths));
        return this;
    }

    /** The report. */
    public RunReport report() {
        return report("");
    }

    private RunReport report(String path) {
        var identity = new RunSummary.Identity("01JTEST", path, STARTED);
        var notes = new RunSummary.Notes(shutdown, stragglers);
        var summary = new RunSummary(identity, state, why, Duration.ofMillis(elapsed), failure, notes);
        var runs = new HashMap<Integer, List<RunReport>>();
        inside.forEach((job, nested) -> runs.put(
                job,
                nested.stream()
                        .map(run -> run.report((path.isEmpty() ? "" : path + "/") + plan.id(job)))
                        .toList()));
        return new RunReport(plan, summary, new Table(Map.copyOf(rows), runs));
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    private record Table(Map<Integer, Row> rows, Map<Integer, List<RunReport>> inside) implements JobRecords {

        private static final Row NOTHING = new Row();

        private Row row(int job) {
            return rows.getOrDefault(job, NOTHING);
        }

        @Override
        public State state(int job) {
            return row(job).state;
        }

        @Override
        public JobOutcome outcome(int job) {
            return row(job).outcome;
        }

        @Override
        public long readyNanos(int job) {
            return row(job).ready;
        }

        @Override
        public long startNanos(int job) {
            return row(job).start;
        }

        @Override
        public long endNanos(int job) {
            return row(job).end;
        }

        @Override
        public int attempts(int job) {
            return row(job).attempts;
        }

        @Override
        public Progress progress(int job) {
            return row(job).progress;
        }

        @Override
        public List<RunReport> runs(int job) {
            return inside.getOrDefault(job, List.of());
        }
    }
}
