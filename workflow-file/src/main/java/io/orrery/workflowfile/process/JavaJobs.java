package io.orrery.workflowfile.process;

import io.orrery.job.JobBody;
import java.util.Map;

/** Makes the jobs that are written in Java. Must be safe for use by any thread. */
public interface JavaJobs {

    /** Knows none. */
    JavaJobs NONE = new JavaJobs() {
        @Override
        public boolean knows(String name) {
            return false;
        }

        @Override
        public JobBody<?> body(String name, Map<String, Object> with) {
            throw new IllegalArgumentException(
                    "There is no Java job \"" + name + "\". Register it, or put its class on the class path.");
        }
    };

    /** Whether there is a job of that name. */
    boolean knows(String name);

    /**
     * A job by its name, for one attempt.
     *
     * @param with what it is given: texts, numbers, booleans, and lists and maps of these
     * @throws IllegalArgumentException if there is none of that name, or if it can't be made of that
     */
    JobBody<?> body(String name, Map<String, Object> with);
}
