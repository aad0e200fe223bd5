package io.orrery.testkit;

import io.orrery.time.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Events in the order in which they arrived, and those who wait for one. Safe for use by any thread. */
final class Recording<E> {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Function<? super E, String> words;
    private final List<E> events = new ArrayList<>(); // guarded by itself
    private final List<Wanted<E>> wanted = new ArrayList<>(); // guarded by the events

    /** @param words what to say about an event when another one has not come */
    Recording(Function<? super E, String> words) {
        this.words = words;
    }

    void add(E event) {
        synchronized (events) {
            events.add(event);
            wanted.removeIf(one -> one.isFulfilledBy(event));
        }
    }

    List<E> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    <T extends E> List<T> events(Class<T> type) {
        return events().stream().filter(type::isInstance).map(type::cast).toList();
    }

    void clear() {
        synchronized (events) {
            events.clear();
        }
    }

    /**
     * Waits for such an event; one that was recorded already counts.
     *
     * @param which the condition, in words that follow the type
     * @throws AssertionError if there is none within 20 s of real time
     */
    <T extends E> T await(Class<T> type, Predicate<? super T> condition, String which) throws InterruptedException {
        var one = new Wanted<E>(event -> type.isInstance(event) && condition.test(type.cast(event)));
        synchronized (events) {
            if (events.stream().noneMatch(one::isFulfilledBy)) {
                wanted.add(one);
            }
        }
        try {
            return type.cast(one.await(PATIENCE)
                    .orElseThrow(() -> new AssertionError("There has been no " + type.getSimpleName() + which
                            + " within " + Durations.text(PATIENCE) + ". What there has been:\n" + trail(words))));
        } finally {
            synchronized (events) {
                wanted.remove(one);
            }
        }
    }

    Trail trail(Function<? super E, String> line) {
        var trail = new Trail();
        events().forEach(event -> trail.add(line.apply(event)));
        return trail;
    }
}
