package io.orrery.workflowfile;

import io.orrery.job.JobBody;
import io.orrery.job.JobContext;
import org.jspecify.annotations.Nullable;

/** Stands for a job in a workflow that is not meant to be run. */
record ShownBody(String describe) implements JobBody<@Nullable Object> {

    @Override
    public @Nullable Object run(JobContext context) {
        throw new IllegalStateException(
                "A workflow that was loaded for checking can't be run: load it without checkOnly().");
    }
}
