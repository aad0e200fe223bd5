package io.orrery.run;

import io.orrery.outcome.RunEvent;
import io.orrery.outcome.RunListener;
import io.orrery.time.Alarm;
import io.orrery.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells listeners what happens, one event at a time and in order, on a thread of its own that exists only while there is
 * something to tell. Safe for use by any thread.
 */
final class Events {

    private static final System.Logger LOG = System.getLogger("io.orrery");

    private final TimeSource time;
    private final List<RunListener> listeners;
    private final String name;
    private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger untold = new AtomicInteger();
    private boolean over; // whether the end of the outermost run was told; used where events are told only

    Events(TimeSource time, List<RunListener> listeners, String name) {
        this.time = time;
        this.listeners = listeners;
        this.name = name;
    }

    /** Whether anybody listens; if not, there is no point in making events. */
    boolean heard() {
        return !listeners.isEmpty();
    }

    void publish(RunEvent event) {
        enqueue(() -> {
            if (!over) { // a job that did not stop may still talk
                over = event instanceof RunEvent.RunFinished && event.path().isEmpty();
                listeners.forEach(listener -> tell(listener, event));
            }
        });
    }

    /**
     * Calls {@code action} once everything published so far has been told, or when {@code patience} is over: a listener
     * that hangs must not keep anybody from going on. The action may be called twice.
     */
    void afterAll(Duration patience, Runnable action) {
        if (!heard()) {
            action.run();
            return;
        }
        Alarm late = time.alarm(patience, () -> {
            LOG.log(System.Logger.Level.WARNING, name + ": a listener has not returned; the run ends without it.");
            action.run();
        });
        enqueue(() -> {
            late.cancel();
            action.run();
        });
    }

    private void enqueue(Runnable telling) {
        queue.add(telling);
        if (untold.getAndIncrement() == 0) {
            time.start(Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false), this::tellAll);
        }
    }

    private void tellAll() {
        int count = untold.get();
        do {
            for (int i = 0; i < count; i++) {
                queue.remove().run();
            }
            count = untold.addAndGet(-count);
        } while (count > 0);
    }

    private static void tell(RunListener listener, RunEvent event) {
        try {
            listener.on(event);
        } catch (Throwable e) {
            LOG.log(System.Logger.Level.WARNING, "A listener threw on " + event + "; the run goes on.", e);
        }
    }
}
