package io.orrery.schedule.scheduler;

import io.orrery.schedule.store.Lease;
import io.orrery.time.Signal;
import io.orrery.time.TimeSource;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is being taken from one store: leases that it has given, and that are not yet live here. A store that closes gives back
 * what is neither; so it closes when nobody asks it for leases any more. Safe for use by any thread.
 */
final class Takings {

    private final TimeSource time;

    // Guarded by this.
    private final Set<List<Lease>> given = Collections.newSetFromMap(new IdentityHashMap<>());
    private int asking;
    private boolean over;
    private @Nullable Signal quiet; // set when nobody asks any more, once somebody waits for it

    Takings(TimeSource time) {
        this.time = time;
    }

    /**
     * Asks the store, and makes something of the leases in its answer, which are {@linkplain #leases() being taken} as long as
     * that lasts.
     *
     * @return whether that was done, and not since it is over
     */
    <T extends @Nullable Object> boolean take(Supplier<T> ask, Function<T, List<Lease>> leases, Consumer<T> use) {
        if (!begins()) {
            return false;
        }
        List<Lease> taken = List.of();
        T answer;
        try {
            answer = ask.get();
            taken = leases.apply(answer);
        } finally {
            answered(taken);
        }
        try {
            use.accept(answer);
        } finally {
            used(taken);
        }
        return true;
    }

    private synchronized boolean begins() {
        asking += over ? 0 : 1;
        return !over;
    }

    private synchronized void answered(List<Lease> taken) {
        if (!taken.isEmpty()) {
            given.add(taken);
        }
        if (--asking == 0 && quiet != null) {
            quiet.set();
        }
    }

    private synchronized void used(List<Lease> taken) {
        given.remove(taken);
    }

    synchronized List<Lease> leases() {
        return given.stream().flatMap(List::stream).toList();
    }

    /** From now on nothing is taken; returns when nobody asks any more. */
    void end() {
        Signal last = last();
        if (last != null) {
            last.awaitUninterruptibly();
        }
    }

    private synchronized @Nullable Signal last() {
        over = true;
        quiet = asking == 0 ? null : time.signal();
        return quiet;
    }
}
