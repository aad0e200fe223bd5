package io.orrery.schedule.scheduler;

import io.orrery.schedule.store.Lease;
import io.orrery.time.Signal;
import io.orrery.time.TimeSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is being taken from one store: leases that it has given, and that are not yet live here. Safe for use by any thread.
 *
 * <h2>Between store and attempt</h2>
 *
 * <p>A store gives many leases at once, which are dealt out one after the other. Meanwhile nobody else speaks for them: an
 * attempt that lives can be told to stop, and its lease is kept when the store is closed. So a lease is found here from the moment at
 * which the answer of the store is here until after it lives, and what it is told meanwhile it hears when it is dealt out.
 *
 * <h2>The end</h2>
 *
 * <p>A store that closes gives back what neither lives here nor has ended here. So it closes when nobody asks it any more; and from the
 * moment at which it is over no other lease is dealt out, and those that are not are no longer found here, so that they are
 * given back, too.
 */
final class Takings {

    private final TimeSource time;

    // Guarded by this.
    private final Set<Given<?>> given = new HashSet<>();
    private final List<Thread> asking = new ArrayList<>();
    private boolean over;
    private @Nullable Signal quiet; // set when nobody asks any more, once somebody waits for it

    /** An answer of the store, and the leases in it, in the order in which they are dealt out. */
    static final class Given<T extends @Nullable Object> {
        final T answer;

        // Guarded by those takings.
        private final List<Lease> leases;
        private int dealt; // how many of them
        private final Map<Lease, String> told = new IdentityHashMap<>(0);

        private Given(T answer, List<Lease> leases) {
            this.answer = answer;
            this.leases = leases;
        }

        private void tell(Predicate<Lease> which, String because) {
            for (Lease lease : leases) {
                if (which.test(lease)) {
                    told.putIfAbsent(lease, because);
                }
            }
        }
    }

    Takings(TimeSource time) {
        this.time = time;
    }

    /**
     * Asks the store. The leases in its answer are to be {@linkplain #next dealt} out.
     *
     * @return empty if it is over, and the store was not asked
     */
    <T extends @Nullable Object> Optional<Given<T>> ask(Supplier<T> ask, Function<T, List<Lease>> leases) {
        if (!begins()) {
            return Optional.empty();
        }
        Given<T> next = null;
        try {
            T answer = ask.get();
            next = new Given<>(answer, leases.apply(answer));
            return Optional.of(next);
        } finally {
            answered(next);
        }
    }

    private synchronized boolean begins() {
        if (!over) {
            asking.add(Thread.currentThread());
        }
        return !over;
    }

    private synchronized void answered(@Nullable Given<?> next) {
        if (next != null && !next.leases.isEmpty()) {
            given.add(next);
        }
        asking.remove(Thread.currentThread());
        if (asking.isEmpty() && quiet != null) {
            quiet.set();
        }
    }

    /** The next of these leases to be dealt out; null if there is none before that number of them, or it is over. */
    synchronized @Nullable Lease next(Given<?> some, int before) {
        return over || some.dealt >= Math.min(before, some.leases.size()) ? null : some.leases.get(some.dealt++);
    }

    /** Why one of these leases that lives now is to stop; null if it may go on. */
    synchronized @Nullable String told(Given<?> some, Lease lease) {
        return some.told.isEmpty() ? null : some.told.get(lease);
    }

    /** All of them live that are to. */
    synchronized void dealt(Given<?> some) {
        given.remove(some);
    }

    /**
     * Tells leases to stop that may not yet live.
     *
     * @param others an answer of which none is told; null for none
     */
    synchronized void tell(Predicate<Lease> which, String because, @Nullable Given<?> others) {
        for (Given<?> some : given) {
            if (some != others) {
                some.tell(which, because);
            }
        }
    }

    /** The leases that live, or are about to. */
    synchronized List<Lease> leases() {
        List<Lease> all = new ArrayList<>();
        given.forEach(some -> all.addAll(over ? some.leases.subList(0, some.dealt) : some.leases));
        return all;
    }

    synchronized boolean isOver() {
        return over;
    }

    /** Whether the current thread asks. */
    synchronized boolean isAsking() {
        return asking.contains(Thread.currentThread());
    }

    /** From now on nobody asks, and nothing is dealt out. */
    synchronized void stop() {
        over = true;
    }

    /** Likewise; returns when nobody asks any more. */
    void end() {
        Signal last = last();
        if (last != null) {
            last.awaitUninterruptibly();
        }
    }

    private synchronized @Nullable Signal last() {
        over = true;
        quiet = asking.isEmpty() ? null : time.signal();
        return quiet;
    }
}
