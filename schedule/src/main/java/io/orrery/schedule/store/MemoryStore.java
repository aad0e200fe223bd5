package io.orrery.schedule.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers schedules for as long as the scheduler runs, and keeps code and payloads as they are. A million of them cost what
 * they hold and some hundred bytes each; adding one and handing one out take less than a microsecond. Safe for use by any
 * thread.
 */
final class MemoryStore implements ScheduleStore {

    private final Object lock = new Object();
    private @Nullable Shelf shelf; // guarded by the lock; null while it is not open

    /** An empty store. */
    MemoryStore() {}

    @Override
    public void open(StoreSite site) {
        synchronized (lock) {
            shelf = Shelf.alone(site);
        }
    }

    private Shelf shelf() {
        return Objects.requireNonNull(shelf, "A store is used between open and close.");
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public Optional<StoredSchedule> find(String id) {
        synchronized (lock) {
            return shelf().find(id);
        }
    }

    @Override
    public List<StoredSchedule> all() {
        synchronized (lock) {
            return shelf().all();
        }
    }

    @Override
    public @Nullable List<Lease> write(Step step) {
        synchronized (lock) {
            return shelf().write(step);
        }
    }

    @Override
    public Instant nextLook() {
        synchronized (lock) {
            return shelf().nextLook();
        }
    }

    @Override
    public Taken take(int limit, Function<ScheduleRow, Step> decision) {
        synchronized (lock) {
            return shelf().take(limit, decision);
        }
    }

    @Override
    public List<Completed> complete(List<Completion> completions) {
        List<Completed> completed = new ArrayList<>(completions.size());
        synchronized (lock) {
            for (Completion completion : completions) {
                completed.add(shelf().complete(completion));
            }
        }
        return completed;
    }

    @Override
    public Renewal renew() {
        return Renewal.NOTHING;
    }

    @Override
    public void close() {
        synchronized (lock) {
            shelf = null;
        }
    }
}
