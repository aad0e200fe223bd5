package io.orrery.workflowfile.body;

import org.jspecify.annotations.Nullable;

/** A job could not do what it says, for a reason that is a sentence. */
final class JobFailure extends Exception {

    private static final long serialVersionUID = 1;

    JobFailure(String message) {
        super(message);
    }

    JobFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
