package io.orrery.job;

/**
 * Thrown by a body that finds there is nothing to do: the job is {@link JobOutcome.Skipped} then, which is neither a success
 * nor a failure, and is not tried again. Those that require it to have finished go on; those that require it to have succeeded
 * are skipped too.
 */
public final class JobSkippedException extends Exception {

    private static final long serialVersionUID = 1;

    private final String because;

    /**
     * A reason to do nothing.
     *
     * @param because why, in a few words
     */
    public JobSkippedException(String because) {
        super(because, null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
        this.because = because;
    }

    /** Why, in a few words. */
    public String because() {
        return because;
    }
}
