package io.orrery.testkit;

import io.orrery.outcome.RunEvent;
import io.orrery.outcome.RunListener;
import io.orrery.time.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Records the events of runs, and lets a test wait for one of them instead of sleeping. Safe for use by any thread; events
 * of several runs at once are mixed in the order in which they arrive.
 */
public final class RunRecorder implements RunListener {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Object lock = new Object();
    private final List<RunEvent> events = new ArrayList<>(); // guarded by the lock
    private final List<Wanted> wanted = new ArrayList<>(); // guarded by the lock

    /** A recorder that has recorded nothing. */
    public RunRecorder() {}

    @Override
    public void on(RunEvent event) {
        synchronized (lock) {
            events.add(event);
            wanted.removeIf(one -> one.isFulfilledBy(event));
        }
    }

    /** What has been recorded so far, in order. */
    public List<RunEvent> events() {
        synchronized (lock) {
            return List.copyOf(events);
        }
    }

    /** The events of one type that have been recorded so far, in order. */
    public <E extends RunEvent> List<E> events(Class<E> type) {
        return events().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Forgets everything recorded so far. */
    public void clear() {
        synchronized (lock) {
            events.clear();
        }
    }

    /**
     * Waits for an event about the job, or nested run, at a path; one that was recorded already counts.
     *
     * @return the first such event
     * @throws AssertionError if there is none within 20 s of real time
     * @throws InterruptedException if the calling thread is interrupted
     */
    public <E extends RunEvent> E await(Class<E> type, String path) throws InterruptedException {
        return await(type, event -> event.path().equals(path), " of \"" + path + "\"");
    }

    /**
     * Waits for an event that fulfils a condition; one that was recorded already counts.
     *
     * @return the first such event
     * @throws AssertionError if there is none within 20 s of real time
     * @throws InterruptedException if the calling thread is interrupted
     */
    public <E extends RunEvent> E await(Class<E> type, Predicate<? super E> condition) throws InterruptedException {
        return await(type, condition, " that fulfils the condition");
    }

    private <E extends RunEvent> E await(Class<E> type, Predicate<? super E> condition, String which)
            throws InterruptedException {
        var one = new Wanted(event -> type.isInstance(event) && condition.test(type.cast(event)));
        synchronized (lock) {
            if (events.stream().noneMatch(one::isFulfilledBy)) {
                wanted.add(one);
            }
        }
        try {
            return type.cast(one.await(PATIENCE)
                    .orElseThrow(() -> new AssertionError("There has been no " + type.getSimpleName() + which
                            + " within " + Durations.text(PATIENCE) + ". What there has been:\n" + timedTrail())));
        } finally {
            synchronized (lock) {
                wanted.remove(one);
            }
        }
    }

    /** One line an event: {@code run started}, {@code fetch started}, {@code fetch succeeded}. */
    public Trail trail() {
        return trail(EventWords::of);
    }

    /** Like {@link #trail}, with the time since the start of the outermost run: {@code 100ms fetch succeeded}. */
    public Trail timedTrail() {
        return trail(event -> Durations.text(event.at()) + " " + EventWords.of(event));
    }

    private Trail trail(Function<RunEvent, String> words) {
        var trail = new Trail();
        events().forEach(event -> trail.add(words.apply(event)));
        return trail;
    }
}
