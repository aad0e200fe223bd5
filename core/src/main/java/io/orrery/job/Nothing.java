package io.orrery.job;

import org.jspecify.annotations.Nullable;

/** The body that does nothing. */
enum Nothing implements JobBody<@Nullable Void> {
    NOTHING;

    @Override
    public @Nullable Void run(JobContext context) {
        return null;
    }

    @Override
    public String kind() {
        return "Job";
    }
}
