package io.orrery.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * After each test: no thread, virtual or platform, no child process, and no claim to a slot of a limit is left that was not
 * there before it. What is just ending gets a moment to do so. Registered for all tests; they must not run in parallel in
 * one JVM. The slots of a run's window belong to the run, which checks them itself when it ends.
 *
 * <p>A look costs one to two milliseconds.
 */
public final class NoLeaks implements BeforeEachCallback, AfterEachCallback {
    /** Configuration parameter: how long what is ending may take, in milliseconds. */
    static final String PATIENCE = "orrery.no-leaks.patience";

    private static final Namespace NAMESPACE = Namespace.create(NoLeaks.class);

    @Override
    public void beforeEach(ExtensionContext test) {
        test.getStore(NAMESPACE).put(LiveThings.class, LiveThings.now());
    }

    @Override
    public void afterEach(ExtensionContext test) {
        var before = test.getStore(NAMESPACE).get(LiveThings.class, LiveThings.class);
        long patience = test.getConfigurationParameter(PATIENCE, Long::valueOf).orElse(5_000L);
        long deadline = System.nanoTime() + Duration.ofMillis(patience).toNanos();
        var left = LiveThings.now().without(before);
        while (!left.isEmpty() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(1_000_000);
            left = LiveThings.now().without(before);
        }
        if (!left.isEmpty()) {
            throw new AssertionError("The test has left behind:\n\n" + left);
        }
    }
}
