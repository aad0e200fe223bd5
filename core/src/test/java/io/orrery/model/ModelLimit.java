package io.orrery.model;

import java.util.ArrayList;
import java.util.List;

/** A shared limit: who holds a slot, and who waits in which order. */
final class ModelLimit {
    private final int slots;
    private final List<ModelJob> holding = new ArrayList<>();
    private final List<ModelJob> waiting = new ArrayList<>();

    ModelLimit(int slots) {
        this.slots = slots;
    }

    /** Gives a slot to a job if there is one for it; otherwise it stands in line, where it was or at the end. */
    boolean give(ModelJob job) {
        if (!waiting.contains(job)) {
            waiting.add(job);
        }
        if (waiting.indexOf(job) >= slots - holding.size()) {
            return false;
        }
        waiting.remove(job);
        holding.add(job);
        return true;
    }

    /** Takes back a slot, or a place in the line, and calls those whose turn it is then. */
    void takeBack(ModelJob job) {
        if (holding.remove(job) || waiting.remove(job)) {
            waiting.stream().limit(slots - holding.size()).toList().forEach(one -> one.run.called(one));
        }
    }

    /** Whether jobs wait although nobody holds a slot. */
    boolean isStuck() {
        return holding.isEmpty() && !waiting.isEmpty();
    }

    /** Whether all slots are held by jobs around this one, or around others that wait for a slot. */
    boolean isHeldAround(ModelJob job) {
        return holding.size() == slots
                && holding.stream().anyMatch(job::isInside)
                && holding.stream().allMatch(holder -> waiting.stream().anyMatch(one -> one.isInside(holder)));
    }
}
