package io.orrery.scope;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Closes scopes when the virtual machine stops, be it by itself, by {@code System.exit}, or by a signal such as TERM: one after the
 * other, in the order in which they were given, so that what brings work can be closed before what does it. Each of them takes its
 * wait and close timeouts at most. A scope that is closed before that is forgotten.
 *
 * <p>Safe for use by any thread.
 */
public final class CloseAtExit {

    private static final System.Logger LOG = System.getLogger("io.orrery");
    private static final Set<JobScope> SCOPES = new LinkedHashSet<>(); // guarded by this class

    private static boolean hooked; // guarded by this class

    private CloseAtExit() {}

    /**
     * Has scopes closed when the virtual machine stops. Without effect on one that is closed, or was given before.
     *
     * @throws IllegalStateException if the virtual machine is stopping already
     */
    public static synchronized void of(JobScope... scopes) {
        if (!hooked) {
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("orrery-exit").unstarted(CloseAtExit::closeAll));
            hooked = true;
        }
        for (JobScope scope : scopes) {
            if (!scope.isClosed()) {
                SCOPES.add(scope);
            }
        }
    }

    static synchronized void forget(JobScope scope) {
        SCOPES.remove(scope);
    }

    private static synchronized List<JobScope> scopes() {
        return List.copyOf(SCOPES);
    }

    /** Closes all, also those that are given while this goes on. */
    static void closeAll() {
        for (List<JobScope> open = scopes(); !open.isEmpty(); open = scopes()) {
            JobScope scope = open.getFirst();
            try {
                scope.close();
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.ERROR, "Scope \"" + scope.name() + "\" could not be closed.", e);
            }
            forget(scope);
        }
    }
}
