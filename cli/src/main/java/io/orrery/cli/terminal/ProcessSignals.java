package io.orrery.cli.terminal;

import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/** Signals to this process. Where one does not exist, asking for it does nothing. */
public final class ProcessSignals {

    private ProcessSignals() {}

    /** The handling of a signal as it was. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        /** Brings it back. */
        @Override
        void close();
    }

    /**
     * Has a signal handled, each time in a thread of its own, until the registration is closed.
     *
     * @param name without SIG, such as {@code INT}
     */
    public static Registration handle(String name, Runnable handler) {
        @Nullable Object previous = Signals.register(name, handler);
        return () -> {
            if (previous != null) {
                Signals.unregister(name, previous);
            }
        };
    }
}
