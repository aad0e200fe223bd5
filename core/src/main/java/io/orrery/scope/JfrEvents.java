package io.orrery.scope;

import io.orrery.job.JobOutcome;
import io.orrery.thread.FailureText;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** What a flight recording shows of scopes and their jobs. Events that nobody records cost next to nothing. */
final class JfrEvents {

    private JfrEvents() {}

    /** One job, in the job's own thread. */
    @Name("io.orrery.ScopedJob")
    @Label("Scoped job")
    @Category("Orrery")
    @Description("One job of a scope, or work that it shields")
    @StackTrace(false)
    static final class ScopedJobSpan extends Event {
        @Label("Scope")
        String scopeId = "";

        @Label("Job")
        String job = "";

        @Label("Failure")
        @Nullable
        String failure;

        void commit(SpawnedJob<?> ended, JobOutcome outcome) {
            scopeId = ended.scope.id();
            job = ended.name();
            failure = outcome.failure().map(FailureText::of).orElse(null);
            commit();
        }
    }

    /** One scope, from its opening until it is closed. */
    @Name("io.orrery.Scope")
    @Label("Scope")
    @Category("Orrery")
    @Description("One scope of background jobs")
    @StackTrace(false)
    static final class ScopeSpan extends Event {
        @Label("Scope")
        String scopeId = "";

        @Label("Name")
        String name = "";

        @Label("Stuck jobs")
        int stuck;

        void commit(OpenScope scope) {
            end();
            if (shouldCommit()) {
                scopeId = scope.id();
                name = scope.name();
                stuck = scope.stuck().size();
                commit();
            }
        }
    }
}
