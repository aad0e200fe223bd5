package io.orrery.cli.command;

import io.orrery.outcome.RunState;

/** How the {@code orrery} command ends. Programs rely on the numbers: they never change; docs/exit-codes.md explains them. */
public final class ExitCode {

    /** Done. */
    public static final int OK = 0;
    /** The run failed: a critical job did, or it was cancelled from within. */
    public static final int RUN_FAILED = 1;
    /** The command line is wrong. */
    public static final int USAGE = 2;
    /** The workflow file is wrong. */
    public static final int INVALID_WORKFLOW = 3;
    /** The run took longer than its timeout. */
    public static final int TIMED_OUT = 4;
    /** The run succeeded, but a job that is not critical failed; only with {@code --strict}. */
    public static final int JOB_FAILED = 5;
    /** There is no such file. */
    public static final int NOT_FOUND = 6;
    /** The file is there, but must not be read or overwritten, or it needs what this version can't run. */
    public static final int REFUSED = 8;
    /** Orrery itself is at fault, or its standard output can't be written. */
    public static final int INTERNAL_ERROR = 70;
    /** Stopped by SIGINT: Ctrl-C. */
    public static final int INTERRUPTED = 130;
    /** Stopped by SIGTERM. */
    public static final int TERMINATED = 143;

    private ExitCode() {}

    /** The code for the verdict on a run. */
    static int of(RunState state) {
        return switch (state) {
            case SUCCEEDED -> OK;
            case TIMED_OUT -> TIMED_OUT;
            case FAILED, CANCELLED -> RUN_FAILED;
            case IDLE, RUNNING, PAUSED -> INTERNAL_ERROR;
        };
    }
}
