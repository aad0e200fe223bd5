package io.orrery.scope;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Closes scopes, and what belongs to them, when the virtual machine stops, be it by itself, by {@code System.exit}, or by a signal
 * such as TERM: one after the other, in the order in which they were given, so that what brings work can be closed before what does
 * it. A scope takes its wait and close timeouts at most. One that is closed before that is forgotten. Loggers may
 * not work any more by then: give a scope a {@link FailureHandler} if what it has to tell at that time matters.
 *
 * {@snippet :
 * CloseAtExit.of(() -> server.stop(0), scope);
 * }
 *
 * <p>Safe for use by any thread.
 */
public final class CloseAtExit {

    private static final System.Logger LOG = System.getLogger("io.orrery");
    private static final Set<AutoCloseable> OPEN = new LinkedHashSet<>(); // guarded by this class

    private static boolean hooked; // guarded by this class

    private CloseAtExit() {}

    /**
     * Has these closed when the virtual machine stops. Without effect on a scope that is closed, and on what was given before.
     *
     * @throws IllegalStateException if the virtual machine is stopping already
     */
    public static synchronized void of(AutoCloseable... resources) {
        if (!hooked) {
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("orrery-exit").unstarted(CloseAtExit::closeAll));
            hooked = true;
        }
        for (AutoCloseable resource : resources) {
            if (!(resource instanceof JobScope scope && scope.isClosed())) {
                OPEN.add(resource);
            }
        }
    }

    static synchronized void forget(AutoCloseable resource) {
        OPEN.remove(resource);
    }

    private static synchronized List<AutoCloseable> open() {
        return List.copyOf(OPEN);
    }

    /** Closes all, also those that are given while this goes on. */
    static void closeAll() {
        for (List<AutoCloseable> open = open(); !open.isEmpty(); open = open()) {
            AutoCloseable resource = open.getFirst();
            try {
                resource.close();
            } catch (Exception | Error e) {
                LOG.log(System.Logger.Level.ERROR, name(resource) + " could not be closed.", e);
            }
            forget(resource);
        }
    }

    private static String name(AutoCloseable resource) {
        return resource instanceof JobScope scope ? "Scope \"" + scope.name() + "\"" : String.valueOf(resource);
    }
}
