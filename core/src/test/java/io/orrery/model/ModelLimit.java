package io.orrery.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A shared limit: who holds a slot, and who waits in which order. */
final class ModelLimit {
    private final int slots;
    private final List<ModelJob> holding = new ArrayList<>();
    private final List<ModelJob> waiting = new ArrayList<>();

    ModelLimit(int slots) {
        this.slots = slots;
    }

    /** Whether there is a slot for a job when all who asked before it get theirs. */
    boolean hasOneFor(ModelJob job) {
        long before = waiting.stream().filter(one -> one.place < job.place).count();
        return holding.size() + before < slots;
    }

    void give(ModelJob job) {
        waiting.remove(job);
        holding.add(job);
    }

    void await(ModelJob job) {
        if (!waiting.contains(job)) {
            waiting.add(job);
        }
    }

    /** Takes back a slot, or a place in the line, and calls those whose turn it is then. */
    void takeBack(ModelJob job) {
        if (holding.remove(job) || waiting.remove(job)) {
            waiting.stream()
                    .sorted(Comparator.comparingLong(one -> one.place))
                    .limit(slots - holding.size())
                    .toList()
                    .forEach(one -> one.run.called(one));
        }
    }

    /** Whether jobs wait although there is a slot. */
    boolean isStuck() {
        return holding.size() < slots && !waiting.isEmpty();
    }

    /** Whether a job that waits for a limit would do so for ever. */
    static boolean isStalled(ModelJob job, List<ModelLimit> limits) {
        Set<ModelJob> stalled = new HashSet<>();
        limits.forEach(limit -> stalled.addAll(limit.waiting));
        while (limits.stream().anyMatch(limit -> limit.isMoving(stalled) && stalled.removeAll(limit.waiting))) {
            // those who wait for this limit can go on, so perhaps others can, too
        }
        return stalled.contains(job);
    }

    /** Whether there is a slot, or will be one although these jobs never go on. */
    private boolean isMoving(Set<ModelJob> stalled) {
        return holding.size() < slots
                || holding.stream().anyMatch(holder -> stalled.stream().noneMatch(one -> one.isWaitedForBy(holder)));
    }
}
