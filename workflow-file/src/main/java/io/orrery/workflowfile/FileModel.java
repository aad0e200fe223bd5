package io.orrery.workflowfile;

import io.orrery.plan.Settings;
import java.util.List;

/**
 * A workflow file that has been read: all values typed, all expressions evaluated. Immutable.
 *
 * @param about what it says of itself
 * @param settings what holds for the workflow as a whole
 * @param jobs its jobs, in order
 */
record FileModel(About about, Settings settings, List<JobModel> jobs) {

    FileModel {
        jobs = List.copyOf(jobs);
    }

    /** What a file says of itself. */
    record About(String name, String description, List<Parameter> parameters) {
        About {
            parameters = List.copyOf(parameters);
        }
    }
}
