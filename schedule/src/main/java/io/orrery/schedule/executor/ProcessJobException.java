package io.orrery.schedule.executor;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job in another process has failed: it has thrown something, which is told here in words and with its stack trace, since
 * its class may not exist in this process; or its process has died.
 */
public final class ProcessJobException extends Exception {

    private static final long serialVersionUID = 1;

    private final @Nullable String type;

    /** What was thrown there; null for the type if nothing was. */
    ProcessJobException(@Nullable String type, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.type = type;
    }

    /** The name of the class of what was thrown; empty if the process has died. */
    public Optional<String> type() {
        return Optional.ofNullable(type);
    }
}
