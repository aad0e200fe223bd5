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
 * <p>It is a chain of links that begins with one whose job was taken. To add is to become the last link, and then to be linked to
 * from the one that was; who takes is who moves the beginning on, so each job is taken once. Between the two steps of who adds, that
 * job and those behind it cannot be seen yet; who adds has to look afterwards whether somebody could take it.
 *
 * <p>Both ends change all the time, one by those who add and one by those who take; so they are too far apart to be cached together.
 * A link that was left behind refers to itself, lest an old one keeps those that came later.
 */
final class Line {

    private static final VarHandle NEXT;

    static {
        try {
            NEXT = MethodHandles.lookup().findVarHandle(Link.class, "next", Link.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final int BEGINNING = 16;
    private static final int END = 48;

    private static final class Link {
        /** Null if it was taken. */
        @Nullable
        SpawnedJob<?> job;

        volatile @Nullable Link next;

        Link(@Nullable SpawnedJob<?> job) {
            this.job = job;
        }
    }

    private final AtomicReferenceArray<Link> ends = new AtomicReferenceArray<>(80);

    Line() {
        var none = new Link(null);
        ends.set(BEGINNING, none);
        ends.set(END, none);
    }

    void add(SpawnedJob<?> job) {
        var link = new Link(job);
        ends.getAndSet(END, link).next = link;
    }

    /** Takes the first, which is shown in this lane before it is not seen here any more; null if there is none. */
    @Nullable
    SpawnedJob<?> poll(Lane lane) {
        while (true) {
            Link beginning = ends.get(BEGINNING);
            Link first = beginning.next;
            if (first == null) {
                return null;
            }
            SpawnedJob<?> job = first.job;
            if (first != beginning && job != null) {
                lane.show(job);
                if (ends.compareAndSet(BEGINNING, beginning, first)) {
                    NEXT.setRelease(beginning, beginning);
                    first.job = null;
                    return job;
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
        Link link = ends.get(BEGINNING);
        for (Link next = link.next; next != null; next = link.next) {
            SpawnedJob<?> job = next.job;
            if (job != null) {
                jobs.add(job);
            }
            link = next == link ? ends.get(BEGINNING) : next;
        }
        return jobs;
    }

    /** Forgets those that have ended, but for the last one. */
    synchronized void sweep() {
        Link link = ends.get(BEGINNING);
        for (Link next = link.next; next != null; next = link.next) {
            SpawnedJob<?> job = next.job;
            Link after = next.next;
            if (next == link) {
                link = ends.get(BEGINNING);
            } else if (job == null || !job.isEnded() || after == null || !NEXT.compareAndSet(link, next, after)) {
                link = next;
            }
        }
    }
}
