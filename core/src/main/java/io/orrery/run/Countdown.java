package io.orrery.run;

import io.orrery.job.Condition;
import io.orrery.job.JobOutcome;
import io.orrery.job.State;
import io.orrery.plan.Graph;
import io.orrery.plan.Plan;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requirements of each job that have not ended as required, and the jobs that are waited for. Used by the run's
 * coordinator only.
 *
 * <p>The requirement that makes a count zero makes the job ready, once. No state is read again, so nothing starts twice.
 * Skipping a job ends it, which counts down in turn; a work list instead of recursion keeps long chains off the stack.
 */
final class Countdown {

    private final GraphRun run;
    private final Plan<?> plan;
    private final JobTable table;
    private final int[] pending; // by job
    private final IntQueue ended = new IntQueue(); // jobs whose successors have not been told
    private final boolean foreverOnly; // such a run ends with the last of them
    private int left;
    /** Those that a failure keeps from running though the run goes on; null where it does not. */
    private final @Nullable BitSet blocked;

    private Verdict conclusion = Verdict.SUCCEEDED;

    Countdown(GraphRun run, Plan<?> plan, JobTable table) {
        this.run = run;
        this.plan = plan;
        this.table = table;
        this.pending = new int[plan.size()];
        this.foreverOnly = plan.finiteCount() == 0;
        this.blocked = plan.settings().keepGoing() ? new BitSet() : null;
        this.left = foreverOnly ? plan.size() : plan.finiteCount();
    }

    /** Makes those ready that require nothing. */
    void begin() {
        Graph graph = plan.graph();
        for (int job = 0; job < pending.length; job++) {
            pending[job] = graph.requirementCount(job);
            if (pending[job] == 0) {
                run.becomeReady(job);
            }
        }
    }

    /** Whether all that is waited for has ended. */
    boolean isOver() {
        return left == 0;
    }

    /** How the run ends when that is so. */
    Verdict conclusion() {
        return conclusion;
    }

    /** Takes note of a failure that is to stop the run; returns whether it does so now. */
    boolean stopsFor(Verdict failed) {
        if (blocked == null) {
            return true;
        }
        conclusion = conclusion.failure() == null ? failed.atTheEnd() : conclusion;
        return false;
    }

    /** Whether there is an end that has not been passed on. */
    boolean hasNews() {
        return !ended.isEmpty() || isOver() && run.isUndecided();
    }

    /** Takes note of an end. */
    void ended(int job) {
        if (foreverOnly || !plan.options(job).forever()) {
            left--;
        }
        if (run.isUndecided() && plan.graph().successorCount(job) > 0) {
            ended.addLast(job);
        }
    }

    /** Tells the successors of what has ended, and those of what is skipped for it. */
    void tellSuccessors() {
        while (!ended.isEmpty()) {
            int job = ended.removeFirst();
            JobOutcome outcome = Objects.requireNonNull(table.outcome(job));
            boolean blocks = blocks(job, outcome);
            Graph graph = plan.graph();
            for (int k = 0; k < graph.successorCount(job) && run.isUndecided(); k++) {
                int link = graph.successor(job, k);
                int next = Graph.target(link);
                if (table.state(next) != State.IDLE) {
                    continue; // skipped before
                }
                Condition.Ending wanted = Graph.ending(link);
                if (!wanted.holdsFor(outcome) || blocks && wanted == Condition.Ending.FINISHED) {
                    skip(next, Verdict.ended(plan.id(job), outcome), blocks);
                } else if (--pending[next] == 0) {
                    run.becomeReady(next);
                }
            }
        }
    }

    /** Whether the end of a job keeps from running what requires it, however it was to end. */
    private boolean blocks(int job, JobOutcome outcome) {
        return blocked != null
                && (blocked.get(job)
                        || Retries.isFailure(outcome) && plan.options(job).critical());
    }

    private void skip(int job, String because, boolean blocks) {
        if (blocked != null && blocks) {
            blocked.set(job);
        }
        run.end(job, new JobOutcome.Skipped(because));
    }
}
