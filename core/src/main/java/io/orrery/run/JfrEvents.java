package io.orrery.run;

import io.orrery.job.JobOutcome;
import io.orrery.thread.FailureText;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** What a flight recording shows of runs and jobs. Events that nobody records cost next to nothing. */
final class JfrEvents {

    private JfrEvents() {}

    /** One attempt of one job, in the job's own thread. */
    @Name("io.orrery.Job")
    @Label("Job attempt")
    @Category("Orrery")
    @Description("One attempt of one job of a run")
    @StackTrace(false)
    static final class JobAttempt extends Event {
        @Label("Run")
        String runId = "";

        @Label("Job")
        String path = "";

        @Label("Attempt")
        int attempt;

        @Label("Failure")
        @Nullable
        String failure;

        void commit(Attempt ended, JobOutcome outcome) {
            runId = ended.run.tree.runId;
            path = ended.run.pathOf(ended.job);
            attempt = ended.number;
            failure = outcome.failure().map(FailureText::of).orElse(null);
            commit();
        }
    }

    /** One run, or nested run, from its start to its end. */
    @Name("io.orrery.Run")
    @Label("Run")
    @Category("Orrery")
    @Description("One run of a workflow, nested ones included")
    @StackTrace(false)
    static final class RunSpan extends Event {
        @Label("Run")
        String runId = "";

        @Label("Workflow")
        String workflow = "";

        @Label("Path")
        String path = "";

        @Label("State")
        String state = "";

        void commit(GraphRun run) {
            end();
            if (shouldCommit()) {
                runId = run.tree.runId;
                workflow = run.plan().name();
                path = run.path();
                state = run.report().state().state().word();
                commit();
            }
        }
    }
}
