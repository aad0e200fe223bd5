package io.orrery.workflowfile.body;

import org.jspecify.annotations.Nullable;

/** A job could not do what it says, for a reason that is a sentence. */
sealed class JobFailure extends Exception permits MaskedFailure.WithFacts {

    private static final long serialVersionUID = 1;

    JobFailure(String message) {
        super(message);
    }

    JobFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
