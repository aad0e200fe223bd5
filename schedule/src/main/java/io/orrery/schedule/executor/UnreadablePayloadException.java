package io.orrery.schedule.executor;

/** What a schedule gives its job cannot be read, so the job was not run. Its schedule is quarantined. */
public final class UnreadablePayloadException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    UnreadablePayloadException(String message, Throwable cause) {
        super(message, cause);
    }
}
