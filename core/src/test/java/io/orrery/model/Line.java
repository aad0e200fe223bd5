package io.orrery.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who waits for a slot of the window or of a limit in one run, and in which order. */
final class Line {
    private final int window;
    private final List<ModelLimit> limits;
    private final List<ModelJob> jobs;
    private final List<ModelJob> waiting = new ArrayList<>();
    private final List<ModelJob> aside = new ArrayList<>(); // in the line of a limit
    private final List<ModelJob> first = new ArrayList<>();
    private final List<ModelJob> called = new ArrayList<>();

    Line(int window, List<ModelLimit> limits, List<ModelJob> jobs) {
        this.window = window;
        this.limits = limits;
        this.jobs = jobs;
    }

    void addLast(List<ModelJob> fresh) {
        waiting.addAll(fresh);
    }

    /** A limit says that it is a job's turn. */
    void calledBack(ModelJob job) {
        if (aside.contains(job) && !called.contains(job)) {
            called.add(job);
        }
    }

    private boolean hasSlotFor(ModelJob job) {
        return job.isForever()
                || window == 0
                || jobs.stream()
                                .filter(one -> one.live != null && !one.isForever())
                                .count()
                        < window;
    }

    /** Those who can't start although it is their turn let others pass, and are first in line for the window. */
    void putBackCalled(boolean all) {
        called.retainAll(aside);
        List<ModelJob> passedOver =
                called.stream().filter(job -> all || !hasSlotFor(job)).toList();
        called.removeAll(passedOver);
        passedOver.forEach(this::leave);
        first.addAll(passedOver);
    }

    /** Who may try next; it is no longer in line. */
    Optional<ModelJob> next() {
        putBackCalled(/* all= */ false);
        waiting.addAll(0, first);
        first.clear();
        if (!called.isEmpty()) {
            return Optional.of(called.removeFirst());
        }
        Optional<ModelJob> next = waiting.stream()
                .filter(ModelJob::isForever)
                .findFirst()
                .or(() -> waiting.stream().filter(this::hasSlotFor).findFirst());
        next.ifPresent(waiting::remove);
        return next;
    }

    /**
     * Takes a slot of each limit of a job, or none; then it waits for the first limit that has none for it, which is
     * returned, and for no other.
     */
    Optional<ModelLimit> takeLimits(ModelJob job) {
        aside.remove(job);
        if (job.place == 0) {
            job.place = job.run.world.nextPlace();
        }
        Optional<ModelLimit> full =
                mine(job).filter(limit -> !limit.hasOneFor(job)).findFirst();
        if (full.isEmpty()) {
            mine(job).forEach(limit -> limit.give(job));
        } else {
            aside.add(job);
            full.get().await(job);
            mine(job).filter(limit -> limit != full.get()).forEach(limit -> limit.takeBack(job));
        }
        return full;
    }

    /** Gives back what a job holds, slots or places in line. */
    void leave(ModelJob job) {
        waiting.remove(job);
        aside.remove(job);
        mine(job).forEach(limit -> limit.takeBack(job));
        job.place = 0;
    }

    /** All take limits in the order in which these were made. */
    private Stream<ModelLimit> mine(ModelJob job) {
        return job.task.options().limits().stream().sorted().map(limits::get);
    }
}
