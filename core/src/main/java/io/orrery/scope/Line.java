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
 *
 * <p>What is swept out of the midst refers to itself, too, but only if nobody can be about to take it: who is has found what was
 * before it at the beginning, which has not come there if it stands still at what was there when the sweep began.
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

    private final OpenScope scope;
    private final AtomicReferenceArray<SpawnedJob<?>> ends = new AtomicReferenceArray<>(80);

    Line(OpenScope scope) {
        this.scope = scope;
        SpawnedJob<?> none = SpawnedJob.none(scope);
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
                if (moveOn(beginning, first)) {
                    return first;
                }
            }
        }
    }

    /** Has the line begin with its first; returns whether it was so until now. */
    private boolean moveOn(SpawnedJob<?> beginning, SpawnedJob<?> first) {
        boolean moved = ends.compareAndSet(BEGINNING, beginning, first);
        if (moved) {
            NEXT.setRelease(beginning, beginning);
        }
        return moved;
    }

    /**
     * Lets go of a job that has ended, if it is kept since none came after it.
     *
     * @return whether something was added for that, so that who does this has to look afterwards, too
     */
    boolean forget(SpawnedJob<?> job) {
        if (ends.get(BEGINNING) != job || job.next != null) {
            return false;
        }
        SpawnedJob<?> none = SpawnedJob.none(scope);
        add(none);
        if (job.next == none) {
            moveOn(job, none);
        }
        return true;
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
                jobs.clear();
                link = ends.get(BEGINNING);
            } else {
                jobs.add(next);
                link = next;
            }
        }
        return jobs;
    }

    /** Forgets those that have ended, but for the last one behind others that have not. */
    synchronized void sweep() {
        SpawnedJob<?> beginning = firstThatStands();
        SpawnedJob<?> link = beginning.next;
        while (link != null) {
            SpawnedJob<?> next = link.next;
            SpawnedJob<?> after = next == null ? null : next.next;
            if (next == link) { // what was taken
                beginning = firstThatStands();
                link = beginning.next;
            } else if (next == null || after == null) {
                link = null;
            } else if (!next.isEnded() || next == after || !NEXT.compareAndSet(link, next, after)) {
                link = next;
            } else if (ends.get(BEGINNING) == beginning) {
                next.next = next;
            }
        }
    }

    /** Takes those of the first that have ended; returns what the line begins with then. */
    private SpawnedJob<?> firstThatStands() {
        while (true) {
            SpawnedJob<?> beginning = ends.get(BEGINNING);
            SpawnedJob<?> first = beginning.next;
            if (first == null || first != beginning && !first.isEnded()) {
                return beginning;
            }
            if (first != beginning) {
                moveOn(beginning, first);
            }
        }
    }
}
