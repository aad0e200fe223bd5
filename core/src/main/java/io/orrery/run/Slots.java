package io.orrery.run;

import io.orrery.job.Limit;
import io.orrery.plan.JobOptions;
import io.orrery.plan.Plan;
import io.orrery.plan.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Decides who of the jobs that could start does start: first come, first served, as the run's window and the shared limits
 * allow. Used by the run's coordinator only.
 *
 * <p>A job gets its slot of the window and those of its limits together or not at all, so nobody ever holds one while
 * waiting for another. A job that can't have a slot of a limit steps aside, with a place in that limit's line, and lets
 * others of its run pass. One that would wait for ever, since those who hold the slots wait for it, fails instead.
 */
final class Slots {

    /** What {@link #next} gives when nobody can start. */
    static final int NOBODY = -1;

    private final GraphRun run;
    private final Plan<?> plan;
    private final IntQueue queue; // for the window
    private final IntQueue exempt = new IntQueue(); // forever jobs: they take no slot of the window
    private final IntQueue called = new IntQueue(); // stepped aside, and called back by a limit
    private final IntQueue passedOver = new IntQueue(); // called back when they could not start; next in their queue
    private final Map<Integer, Limit.Claim> claims = new HashMap<>();
    private Limit.@Nullable Claim around;
    private boolean aroundKnown;
    private final int window;
    private final boolean windowOnly; // no job needs a slot of a limit, none is exempt
    private int free;

    Slots(GraphRun run, Plan<?> plan) {
        this.run = run;
        this.plan = plan;
        this.windowOnly = !plan.hasLimits() && plan.finiteCount() == plan.size();
        this.queue = new IntQueue(plan.graph().entryCount());
        Settings settings = plan.settings();
        this.window = settings.window() == 0 ? Integer.MAX_VALUE : settings.window();
        this.free = window;
    }

    /** Takes a slot for a job that nothing keeps from starting, if that is so. */
    boolean takeAtOnce() {
        if (!windowOnly || free == 0 || !queue.isEmpty() || !run.isLaunching()) {
            return false;
        }
        free--;
        return true;
    }

    /** Puts a job that could start at the end of its queue. */
    void add(int job) {
        (isExempt(job) ? exempt : queue).addLast(job);
    }

    /** Takes slots for the next job that can start. */
    int next() {
        for (int job = candidate(); job != NOBODY; job = candidate()) {
            if (takeLimits(job)) {
                if (!isExempt(job)) {
                    free--;
                }
                return job;
            }
        }
        return NOBODY;
    }

    private int candidate() {
        if (!run.isLaunching()) {
            while (!called.isEmpty()) { // it was paused meanwhile
                passOver(called.removeFirst());
            }
            return NOBODY;
        }
        while (!called.isEmpty()) {
            int job = called.removeFirst();
            if (isAside(job) && (free > 0 || isExempt(job))) {
                return job;
            }
            passOver(job);
        }
        while (!passedOver.isEmpty()) {
            int job = passedOver.removeLast();
            (isExempt(job) ? exempt : queue).addFirst(job);
        }
        if (!exempt.isEmpty()) {
            return exempt.removeFirst();
        }
        return free > 0 && !queue.isEmpty() ? queue.removeFirst() : NOBODY;
    }

    private boolean isExempt(int job) {
        return plan.options(job).forever();
    }

    /** Takes a slot of each limit of a job, or none; a job that would wait for ever fails. */
    private boolean takeLimits(int job) {
        if (plan.options(job).limits().isEmpty()) {
            return true;
        }
        Limit.Claim mine = claims.computeIfAbsent(job, this::newClaim);
        if (mine.tryTake()) {
            return true;
        }
        List<Limit.Wait> ring = mine.ring();
        if (!ring.isEmpty()) {
            run.stalled(job, new IllegalStateException(diagnosis(ring)));
        }
        return false;
    }

    private Limit.Claim newClaim(int job) {
        JobOptions options = plan.options(job);
        return Limit.claim(
                options.limits(),
                new Holder(run, job),
                isWaitedFor(plan, job) ? around() : null,
                () -> run.post(Mail.of(Mail.Rank.SLOT, job, () -> callBack(job))));
    }

    /** The claim of the innermost job around this run that holds slots, if it waits for the end of this run. */
    private Limit.@Nullable Claim around() {
        if (!aroundKnown) {
            aroundKnown = true;
            for (Holder one = Holder.around(run); one != null; one = Holder.around(one.run)) {
                Plan<?> outer = one.run.plan();
                List<Limit> limits = outer.options(one.job).limits();
                if (!limits.isEmpty()) {
                    around = limits.getFirst().heldBy(one).orElse(null);
                    break;
                }
                if (!isWaitedFor(outer, one.job)) {
                    break;
                }
            }
        }
        return around;
    }

    /** Whether a run ends only after this job: it does not wait for a forever job, unless it has no others. */
    private static boolean isWaitedFor(Plan<?> plan, int job) {
        return !plan.options(job).forever()
                || IntStream.range(0, plan.size())
                        .allMatch(one -> plan.options(one).forever());
    }

    private void callBack(int job) {
        if (run.isLaunching()) {
            called.addLast(job);
        } else {
            passOver(job);
        }
    }

    /** Whether a job has stepped aside, and neither started nor ended since. */
    private boolean isAside(int job) {
        return claims.containsKey(job) && run.table.isQueued(job);
    }

    /** Lets those of other runs pass while this job can't start for another reason; it keeps its turn in its own run. */
    private void passOver(int job) {
        if (isAside(job)) {
            releaseLimits(job);
            passedOver.addLast(job);
        }
    }

    private static String diagnosis(List<Limit.Wait> ring) {
        Limit.Wait first = ring.getFirst();
        var text = new StringBuilder("A job must not wait for those who wait for it, but ").append(needs(first));
        if (ring.size() == 1) {
            text.append(", which ends only after it. Give the limit");
        } else {
            ring.stream().skip(1).forEach(wait -> text.append("; ").append(needs(wait)));
            text.append("; and each of them ends only after one of those who need a slot. Give a limit");
        }
        return text + " more slots, or take it off one of them.";
    }

    private static String needs(Limit.Wait wait) {
        return "\"" + wait.waiter() + "\" needs a slot of limit \""
                + wait.limit().name() + "\", and all of them are held by "
                + wait.holders().stream().map(holder -> "\"" + holder + "\"").collect(Collectors.joining(", "));
    }

    /** Gives back what a job holds that had started. */
    void release(int job) {
        if (!isExempt(job)) {
            free++;
        }
        releaseLimits(job);
    }

    /** Gives back the slots of limits, or the places in their lines. */
    void releaseLimits(int job) {
        Limit.Claim mine = claims.isEmpty() ? null : claims.remove(job);
        if (mine != null) {
            mine.release();
        }
    }

    /** Whether no job of the run holds or waits for anything, as when it ends. */
    boolean areAllFree() {
        return free == window && claims.isEmpty();
    }

    @Override
    public String toString() {
        return "slots: " + (window - free) + " of its window, and those of limits of its jobs " + claims.keySet();
    }

    /** Who holds a slot of a limit. */
    private record Holder(GraphRun run, int job) {

        /** The job that a run is inside of. */
        static @Nullable Holder around(GraphRun run) {
            Attempt around = run.around();
            return around == null ? null : new Holder(around.run, around.job);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Holder holder && holder.run == run && holder.job == job;
        }

        @Override
        public int hashCode() {
            return Objects.hash(System.identityHashCode(run), job);
        }

        @Override
        public String toString() {
            return run.tree.name + "/" + run.pathOf(job);
        }
    }
}
