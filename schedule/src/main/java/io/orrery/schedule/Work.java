package io.orrery.schedule;

import io.orrery.job.JobBody;
import io.orrery.plan.Plannable;
import org.jspecify.annotations.Nullable;

/** What a schedule runs. Immutable. */
public sealed interface Work {

    /** Whether it is data, and so can be kept by a store that outlives the process. */
    default boolean isData() {
        return false;
    }

    /** For people: the name of the job, or the kind of the body. */
    String text();

    /**
     * A job that the scheduler knows by name, with what it is to work on.
     *
     * @param job the name under which the code was declared
     * @param payload what the code is given: an object on a local store, an {@link EncodedPayload} on others; null for nothing
     */
    record Named(String job, @Nullable Object payload) implements Work {
        @Override
        public boolean isData() {
            return true;
        }

        @Override
        public String text() {
            return job;
        }
    }

    /**
     * Code. Kept by local stores only.
     *
     * @param body what to run
     */
    record Code(JobBody<?> body) implements Work {
        @Override
        public String text() {
            return body.kind();
        }
    }

    /**
     * A workflow or a plan. Kept by local stores only.
     *
     * @param workflow what to run
     */
    record Graph(Plannable<?> workflow) implements Work {
        @Override
        public String text() {
            return "workflow " + workflow.plan().name();
        }
    }
}
