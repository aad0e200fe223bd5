package io.orrery.schedule.store;

/** A store could not do what it was asked to do; it may be able to later. Nothing was written. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * Says what could not be done.
     *
     * @param message the rule, the offending value, the remedy
     * @param cause what went wrong
     */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
