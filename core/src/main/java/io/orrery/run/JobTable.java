package io.orrery.run;

import io.orrery.job.JobOutcome;
import io.orrery.job.State;
import io.orrery.outcome.JobRecords;
import io.orrery.outcome.Progress;
import io.orrery.outcome.RunReport;
import io.orrery.plan.Plan;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run knows of each of its jobs, in columns. Written by the run's coordinator; but when an attempt began and ended is
 * written by its thread, before the news of it is brought to the coordinator. Read by others once it does not
 * change any more; only {@link #outcome} may be read by any thread at any time.
 */
final class JobTable implements JobRecords {

    private static final State[] STATES = State.values();
    private static final VarHandle OUTCOME = MethodHandles.arrayElementVarHandle(JobOutcome[].class);

    private final byte[] states;
    private final @Nullable JobOutcome[] outcomes;
    // Nanoseconds since the start of the outermost run plus one, so that 0 is never.
    private final long[] ready;
    private final long[] start;
    private final long[] end;
    /** Null if no job is tried again. */
    private final int @Nullable [] attempts;

    private final Map<Integer, Progress> progress = new HashMap<>();
    private Map<Integer, List<RunReport>> runs = Map.of();

    JobTable(Plan<?> plan) {
        int size = plan.size();
        states = new byte[size];
        outcomes = new JobOutcome[size];
        ready = new long[size];
        start = new long[size];
        end = new long[size];
        attempts = plan.hasRetries() ? new int[size] : null;
    }

    private JobTable(JobTable live) {
        states = live.states.clone();
        outcomes = live.outcomes.clone();
        ready = live.ready.clone();
        start = live.start.clone();
        end = live.end.clone();
        attempts = live.attempts == null ? null : live.attempts.clone();
        progress.putAll(live.progress);
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
        ready[job] = nanos + 1;
        state(job, State.QUEUED);
    }

    boolean isQueued(int job) {
        return state(job) == State.QUEUED;
    }

    /** Notes the beginning of an attempt, and returns its number. */
    int started(int job, long nanos) {
        if (start[job] == 0) {
            start[job] = nanos + 1;
        }
        state(job, State.RUNNING);
        return attempts == null ? 1 : ++attempts[job];
    }

    /** Notes when the first attempt really began; called in its thread. */
    void began(int job, long nanos) {
        start[job] = Math.max(start[job], nanos + 1); // not before it was given a slot
    }

    /** Notes when an attempt ended by itself; called where it did. */
    void endedAt(int job, long nanos) {
        end[job] = nanos + 1;
    }

    void ended(int job, JobOutcome outcome, long nanos) {
        OUTCOME.setRelease(outcomes, job, outcome);
        if (start[job] != 0 && end[job] == 0) {
            end[job] = nanos + 1;
        }
        state(job, outcome.state());
    }

    /** Notes that an attempt was not the last. */
    void retrying(int job) {
        end[job] = 0;
        state(job, State.RETRYING);
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
        return ready[job] - 1;
    }

    @Override
    public long startNanos(int job) {
        return start[job] - 1;
    }

    @Override
    public long endNanos(int job) {
        return state(job).ended() ? end[job] - 1 : NEVER; // an attempt may have ended that is not the last
    }

    /** When the last attempt ended that did so by itself. */
    long endedAt(int job) {
        return end[job] - 1;
    }

    @Override
    public int attempts(int job) {
        return attempts != null ? attempts[job] : start[job] == 0 ? 0 : 1;
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
