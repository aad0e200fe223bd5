package io.orrery.thread;

import io.orrery.time.Alarm;
import io.orrery.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Tells listeners what happens, one event at a time and in order, on a thread of its own that exists only while there is
 * something to tell. Safe for use by any thread.
 *
 * @param <E> the type of the events
 */
public final class Events<E> {

    private static final System.Logger LOG = System.getLogger("io.orrery");

    private final TimeSource time;
    private final List<Consumer<E>> listeners;
    private final Predicate<E> isLast;
    private final String name;
    private final ConcurrentLinkedQueue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger untold = new AtomicInteger();
    private boolean over; // whether the last event was told; used where events are told only

    /**
     * Events that are told to these listeners.
     *
     * @param isLast whether it is the last event that anybody is told
     * @param name the name of the thread
     */
    public Events(TimeSource time, List<Consumer<E>> listeners, Predicate<E> isLast, String name) {
        this.time = time;
        this.listeners = listeners;
        this.isLast = isLast;
        this.name = name;
    }

    /** Whether anybody listens; if not, there is no point in making events. */
    public boolean heard() {
        return !listeners.isEmpty();
    }

    /** Has the listeners told of an event, after all that were published before. */
    public void publish(E event) {
        enqueue(() -> {
            if (!over) { // a job that did not stop may still talk
                over = isLast.test(event);
                listeners.forEach(listener -> tell(listener, event));
            }
        });
    }

    /**
     * Calls {@code action} once everything published so far has been told, or when {@code patience} is over: a listener
     * that hangs must not keep anybody from going on. The action may be called twice.
     */
    public void afterAll(Duration patience, Runnable action) {
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

    private void tell(Consumer<E> listener, E event) {
        try {
            listener.accept(event);
        } catch (Throwable e) {
            LOG.log(System.Logger.Level.WARNING, "A listener threw on " + event + "; the run goes on.", e);
        }
    }
}
