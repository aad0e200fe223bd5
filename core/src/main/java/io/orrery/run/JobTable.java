package io.orrery.run;

import io.orrery.job.JobOutcome;
import io.orrery.job.State;
import io.orrery.outcome.JobRecords;
import io.orrery.outcome.Progress;
import io.orrery.outcome.RunReport;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run knows of each of its jobs, in columns. Written by the run's coordinator only. Read by others once it does not
 * change any more; only {@link #outcome} may be read by any thread at any time.
 */
final class JobTable implements JobRecords {

    private static final State[] STATES = State.values();
    private static final VarHandle OUTCOME = MethodHandles.arrayElementVarHandle(JobOutcome[].class);

    private final byte[] states;
    private final @Nullable JobOutcome[] outcomes;
    private final long[] ready;
    private final long[] start;
    private final long[] end;
    private final int[] attempts;
    private final Map<Integer, Progress> progress;
    private Map<Integer, List<RunReport>> runs = Map.of();

    JobTable(int size) {
        states = new byte[size];
        outcomes = new JobOutcome[size];
        ready = never(size);
        start = never(size);
        end = never(size);
        attempts = new int[size];
        progress = new HashMap<>();
    }

    private JobTable(JobTable live) {
        states = live.states.clone();
        outcomes = live.outcomes.clone();
        ready = live.ready.clone();
        start = live.start.clone();
        end = live.end.clone();
        attempts = live.attempts.clone();
        progress = new HashMap<>(live.progress);
    }

    private static long[] never(int size) {
        long[] column = new long[size];
        Arrays.fill(column, NEVER);
        return column;
    }

    /** A copy that does not change. */
    JobTable copy() {
        return new JobTable(this);
    }

    @SuppressWarnings("EnumOrdinal") // a column of a byte each; never leaves this class
    void state(int job, State state) {
        states[job] = (byte) state.ordinal();
    }

    void ready(int job, long nanos) {
        ready[job] = nanos;
        state(job, State.QUEUED);
    }

    /** Notes the beginning of an attempt, and returns its number. */
    int started(int job, long nanos) {
        if (start[job] == NEVER) {
            start[job] = nanos;
        }
        state(job, State.RUNNING);
        return ++attempts[job];
    }

    void ended(int job, JobOutcome outcome, long nanos) {
        OUTCOME.setRelease(outcomes, job, outcome);
        if (start[job] != NEVER) {
            end[job] = nanos;
        }
        state(job, outcome.state());
    }

    void progress(int job, Progress told) {
        progress.put(job, told);
    }

    void runs(Map<Integer, List<RunReport>> inner) {
        runs = inner;
    }

    @Override
    public State state(int job) {
        return STATES[states[job]];
    }

    @Override
    public @Nullable JobOutcome outcome(int job) {
        return (JobOutcome) OUTCOME.getAcquire(outcomes, job);
    }

    @Override
    public long readyNanos(int job) {
        return ready[job];
    }

    @Override
    public long startNanos(int job) {
        return start[job];
    }

    @Override
    public long endNanos(int job) {
        return end[job];
    }

    @Override
    public int attempts(int job) {
        return attempts[job];
    }

    @Override
    public @Nullable Progress progress(int job) {
        return progress.get(job);
    }

    @Override
    public List<RunReport> runs(int job) {
        return runs.getOrDefault(job, List.of());
    }
}
