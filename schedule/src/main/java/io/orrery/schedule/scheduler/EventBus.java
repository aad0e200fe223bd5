package io.orrery.schedule.scheduler;

import io.orrery.schedule.ScheduleEvent;
import io.orrery.schedule.ScheduleEvent.ScheduleListener;
import io.orrery.time.Signal;
import io.orrery.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/**
 * Tells listeners what happens, each on a thread of its own that exists only while there is something to tell. Safe for use by
 * any thread.
 */
final class EventBus {

    /** How many events may wait for one listener. */
    static final int CAPACITY = 100_000;

    /** How many events are taken from the queue together, so that who tells seldom meets who publishes. */
    static final int AT_ONCE = 200;

    private static final System.Logger LOG = System.getLogger("io.orrery.schedule");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final TimeSource time;
    private final String name;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final LongAdder lost = new LongAdder();

    EventBus(TimeSource time, String name) {
        this.time = time;
        this.name = name;
    }

    /** Whether anybody listens; if not, there is no point in making events. */
    boolean heard() {
        return !lines.isEmpty();
    }

    void add(ScheduleListener listener, Set<ScheduleEvent.Kind> kinds) {
        lines.add(new Line(listener, kinds.isEmpty() ? EnumSet.allOf(ScheduleEvent.Kind.class) : kinds));
    }

    @SuppressWarnings("ReferenceEquality") // the very listener
    boolean remove(ScheduleListener listener) {
        return lines.removeIf(line -> line.listener == listener);
    }

    void publish(ScheduleEvent event) {
        for (Line line : lines) {
            line.offer(event);
        }
    }

    /** How many events were lost to listeners that are, or were, too slow. */
    long lost() {
        return lost.sum();
    }

    /** Waits until all has been told, for a while: a listener that hangs keeps nobody from going on. */
    void drain() {
        for (Line line : lines) {
            Signal told = line.whenTold();
            try {
                if (!told.await(PATIENCE)) {
                    LOG.log(System.Logger.Level.WARNING, name + ": a listener has not returned; nobody waits for it.");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** What waits for one listener. */
    private final class Line {
        final ScheduleListener listener;
        final Set<ScheduleEvent.Kind> kinds;

        // Guarded by this.
        private final ArrayDeque<Object> queue = new ArrayDeque<>(); // events, and signals to be set
        private boolean telling;

        Line(ScheduleListener listener, Set<ScheduleEvent.Kind> kinds) {
            this.listener = listener;
            this.kinds = kinds;
        }

        Signal whenTold() {
            Signal told = time.signal();
            enqueue(told);
            return told;
        }

        void offer(ScheduleEvent event) {
            if (kinds.contains(event.kind())) {
                enqueue(event);
            }
        }

        private void enqueue(Object what) {
            synchronized (this) {
                if (queue.size() >= CAPACITY && what instanceof ScheduleEvent) {
                    lost.increment();
                    return;
                }
                queue.add(what);
                if (telling) {
                    return;
                }
                telling = true;
            }
            try {
                time.start(
                        Thread.ofVirtual().name(name + "/events").inheritInheritableThreadLocals(false), this::tellAll);
            } catch (Throwable e) { // out of memory for a thread: the next event has another try
                nobodyTells();
                LOG.log(System.Logger.Level.WARNING, name + ": there is no room for a thread to tell listeners in", e);
            }
        }

        private synchronized void nobodyTells() {
            telling = false;
        }

        /** Some of what waits, in its order; empty if nothing does, which is the end of telling. */
        private synchronized List<Object> next() {
            List<Object> some = new ArrayList<>(Math.min(queue.size(), AT_ONCE));
            while (some.size() < AT_ONCE && !queue.isEmpty()) {
                some.add(queue.remove());
            }
            telling = !some.isEmpty();
            return some;
        }

        private void tellAll() {
            for (List<Object> some = next(); !some.isEmpty(); some = next()) {
                for (Object one : some) {
                    if (one instanceof Signal told) {
                        told.set();
                    } else {
                        tell((ScheduleEvent) one);
                    }
                }
            }
        }

        private void tell(ScheduleEvent event) {
            try {
                listener.on(event);
            } catch (Throwable e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        name + ": a listener threw on " + News.text(event) + "; it hears the next.",
                        e);
            }
        }
    }
}
