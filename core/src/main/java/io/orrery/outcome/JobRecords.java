package io.orrery.outcome;

import io.orrery.job.JobOutcome;
import io.orrery.job.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded of each job of a run, by its number in the plan. The jobs of a million-job run are columns here, not
 * objects; {@link JobReport} is the convenient view of one of them. Implementations do not change once a report has them.
 */
public interface JobRecords {

    /** The value of a time that there is none of. */
    long NEVER = -1;

    /** Its state, {@link State#IDLE} as long as it waits for others. */
    State state(int job);

    /** How it ended, null while it has not. */
    @Nullable
    JobOutcome outcome(int job);

    /** When its requirements held, in nanoseconds since the start of the outermost run, or {@link #NEVER}. */
    long readyNanos(int job);

    /** When its first attempt began, in nanoseconds since the start of the outermost run, or {@link #NEVER}. */
    long startNanos(int job);

    /** When it ended after having started, in nanoseconds since the start of the outermost run, or {@link #NEVER}. */
    long endNanos(int job);

    /** How many attempts have begun. */
    int attempts(int job);

    /** What it last told of its progress, null if nothing. */
    @Nullable
    Progress progress(int job);

    /** The runs inside it, in the order in which they began: of a nested plan one an attempt, and those made on the fly. */
    List<RunReport> runs(int job);
}
