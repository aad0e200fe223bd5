package io.orrery.scope;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Jobs in order of arrival, taken from the front by several threads at once. Safe for use by any thread.
 *
 * <p>It is a chain that begins with what was taken last. To add is to become the last of the chain, and then to be linked to from the
 * one that was; who takes is who moves the beginning on, so each job is taken once. Between the two steps of who adds, that
 * job and those behind it cannot be seen yet; who adds has to look afterwards whether somebody could take it.
 *
 * <p>Both ends change all the time, one by those who add and one by those who take; so they are too far apart to be cached together.
 * What was left behind refers to itself, lest an old job keeps those that came later. Who takes a job does not look at it before it is
 * theirs: what another processor has written is fetched once then, to be written, and not twice.
 */
final class Line {

    private static final VarHandle NEXT;

    static {
        try {
            NEXT = MethodHandles.lookup().findVarHandle(SpawnedJob.class, "next", SpawnedJob.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final int BEGINNING = 16;
    private static final int END = 48;

    private final AtomicReferenceArray<SpawnedJob<?>> ends = new AtomicReferenceArray<>(80);

    Line(OpenScope scope) {
        var none = new SpawnedJob<>(scope, scope.name(), this);
        ends.set(BEGINNING, none);
        ends.set(END, none);
    }

    void add(SpawnedJob<?> job) {
        SpawnedJob<?> last = ends.getAndSet(END, job);
        last.next = job;
    }

    /** Takes the first, which is shown in this lane before it is not seen here any more; null if there is none. */
    @Nullable
    SpawnedJob<?> poll(Lane lane) {
        while (true) {
            SpawnedJob<?> beginning = ends.get(BEGINNING);
            SpawnedJob<?> first = beginning.next;
            if (first == null) {
                return null;
            }
            if (first != beginning) {
                lane.show(first);
                if (ends.compareAndSet(BEGINNING, beginning, first)) {
                    NEXT.setRelease(beginning, beginning);
                    return first;
                }
            }
        }
    }

    boolean isEmpty() {
        return ends.get(BEGINNING).next == null;
    }

    /** Those that nobody has taken, in their order, as of now. */
    List<SpawnedJob<?>> jobs() {
        var jobs = new ArrayList<SpawnedJob<?>>();
        SpawnedJob<?> link = ends.get(BEGINNING);
        for (SpawnedJob<?> next = link.next; next != null; next = link.next) {
            if (next == link) {
                link = ends.get(BEGINNING);
            } else {
                jobs.add(next);
                link = next;
            }
        }
        return jobs;
    }

    /** Forgets those that have ended, but for the last one. */
    synchronized void sweep() {
        SpawnedJob<?> link = ends.get(BEGINNING);
        for (SpawnedJob<?> next = link.next; next != null; next = link.next) {
            SpawnedJob<?> after = next.next;
            if (next == link || next == after) { // what was taken
                link = ends.get(BEGINNING);
            } else if (!(next).isEnded() || after == null || !NEXT.compareAndSet(link, next, after)) {
                link = next;
            }
        }
    }
}
