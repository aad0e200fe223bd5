package io.orrery.run;

import io.orrery.job.Limit;
import io.orrery.plan.JobOptions;
import io.orrery.plan.Plan;
import io.orrery.plan.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides who of the jobs that could start does start: first come, first served, as the run's window and the shared limits
 * allow. Used by the run's coordinator only.
 *
 * <p>A job gets its slot of the window and those of its limits together or not at all, so nobody ever holds one while
 * waiting for another. A job that can't have a slot of a limit steps aside, with a place in that limit's line, and lets
 * others of its run pass.
 */
final class Slots {

    /** What {@link #next} gives when nobody can start. */
    static final int NOBODY = -1;

    private final GraphRun run;
    private final Plan<?> plan;
    private final IntQueue queue = new IntQueue(); // for the window
    private final IntQueue exempt = new IntQueue(); // forever jobs: they take no slot of the window
    private final IntQueue called = new IntQueue(); // stepped aside, and called back by a limit
    private final IntQueue passedOver = new IntQueue(); // called back when they could not start; next in their queue
    private final Map<Integer, List<Limit.Claim>> claims = new HashMap<>();
    private int free;

    Slots(GraphRun run, Plan<?> plan) {
        this.run = run;
        this.plan = plan;
        Settings settings = plan.settings();
        this.free = settings.window() == 0 ? Integer.MAX_VALUE : settings.window();
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
            return NOBODY;
        }
        while (!called.isEmpty()) {
            int job = called.removeFirst();
            if (claims.containsKey(job) && run.isQueued(job)) {
                if (free > 0 || isExempt(job)) {
                    return job;
                }
                passOver(job);
            }
        }
        int[] first = passedOver.removeAll();
        for (int i = first.length - 1; i >= 0; i--) {
            (isExempt(first[i]) ? exempt : queue).addFirst(first[i]);
        }
        if (!exempt.isEmpty()) {
            return exempt.removeFirst();
        }
        return free > 0 && !queue.isEmpty() ? queue.removeFirst() : NOBODY;
    }

    private boolean isExempt(int job) {
        return plan.options(job).forever();
    }

    /** Takes a slot of each limit of a job, or none. */
    private boolean takeLimits(int job) {
        JobOptions options = plan.options(job);
        if (options.limits().isEmpty()) {
            return true;
        }
        List<Limit.Claim> mine = claims.computeIfAbsent(job, this::newClaims);
        for (int i = 0; i < mine.size(); i++) {
            if (!mine.get(i).tryTake()) {
                mine.subList(0, i).forEach(Limit.Claim::release);
                refuseIfStalled(job, mine.get(i).limit());
                return false;
            }
        }
        return true;
    }

    private List<Limit.Claim> newClaims(int job) {
        var holder = new Holder(run, job);
        var mine = new ArrayList<Limit.Claim>();
        for (Limit limit : Limit.inOrder(plan.options(job).limits())) {
            mine.add(limit.claim(holder, () -> run.post(Mail.of(Mail.Rank.SLOT, job, () -> callBack(job)))));
        }
        return mine;
    }

    private void callBack(int job) {
        if (run.isLaunching()) {
            called.addLast(job);
        } else if (claims.containsKey(job) && run.isQueued(job)) {
            passOver(job);
        }
    }

    /** Lets those of other runs pass while this job can't start for another reason; it keeps its turn in its own run. */
    private void passOver(int job) {
        releaseLimits(job);
        passedOver.addLast(job);
    }

    /**
     * If all slots are held by jobs each of which waits for this job, or for another one in the line, to end, nobody would
     * ever go on. The one that makes it so is the last to come, and is refused.
     */
    private void refuseIfStalled(int job, Limit limit) {
        var asker = new Holder(run, job);
        List<Object> line = limit.waiters();
        List<Object> holders = limit.holders();
        if (holders.size() == limit.slots()
                && holders.stream().anyMatch(holder -> isAround(holder, asker))
                && holders.stream().allMatch(holder -> line.stream().anyMatch(inner -> isAround(holder, inner)))) {
            releaseLimits(job);
            run.stalled(
                    job,
                    new IllegalStateException("A job must not wait for those who wait for it, but \"" + asker
                            + "\" needs a slot of limit \"" + limit.name() + "\", and all of them are held by \""
                            + holders.stream()
                                    .map(String::valueOf)
                                    .reduce((a, b) -> a + "\", \"" + b)
                                    .orElse("")
                            + "\", which ends only after it. Give the limit more slots, or take it off one of them."));
        }
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
        List<Limit.Claim> mine = claims.remove(job);
        if (mine != null) {
            mine.forEach(Limit.Claim::release);
        }
    }

    private static boolean isAround(Object holder, Object inner) {
        return holder instanceof Holder outer && inner instanceof Holder one && outer.isAround(one);
    }

    /** Who holds a slot of a limit. */
    private record Holder(GraphRun run, int job) {

        /** Whether {@code inner} runs inside this job. */
        boolean isAround(Holder inner) {
            for (Holder one = inner.outer(); one != null; one = one.outer()) {
                if (one.equals(this)) {
                    return true;
                }
            }
            return false;
        }

        private @Nullable Holder outer() {
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
