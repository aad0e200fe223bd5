package io.orrery.thread;

import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;

/** What an interrupt comes back as. */
public final class Interrupts {

    private Interrupts() {}

    /** Whether what a body threw after it was told to stop is just its way to do so. */
    public static boolean isAnswer(Throwable thrown) {
        Throwable one = thrown;
        for (int depth = 0; one != null && depth < 100; depth++, one = one.getCause()) { // causes may go in a circle
            if (one instanceof InterruptedException
                    || one instanceof InterruptedIOException
                    || one instanceof ClosedByInterruptException
                    || one instanceof CancellationException) {
                return true;
            }
        }
        return false;
    }
}
