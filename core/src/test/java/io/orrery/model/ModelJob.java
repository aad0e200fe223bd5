package io.orrery.model;

import io.orrery.model.Case.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is known of one job of one run. */
final class ModelJob {
    final ModelRun run;
    final Task task;
    final int number;
    final String path;
    /** The runs inside it so far. */
    final List<ModelRun> inside = new ArrayList<>();

    Outcome outcome;
    ModelAttempt live;
    World.Due retry;
    boolean ready;
    /** Its place among all who ask for slots of limits; 0 while it does not. */
    long place;

    int attempts;
    Outcome lastEnding;
    Optional<Long> readyAt = Optional.empty();
    Optional<Long> startedAt = Optional.empty();
    Optional<Long> endedAt = Optional.empty();

    ModelJob(ModelRun run, Task task, int number) {
        this.run = run;
        this.task = task;
        this.number = number;
        this.path = run.path.isEmpty() ? task.label() : run.path + "/" + task.label();
    }

    boolean hasEnded() {
        return outcome != null;
    }

    boolean isForever() {
        return task.options().forever();
    }

    boolean isCritical() {
        return task.options().critical();
    }

    /** Whether another job, around this one, ends only after it. */
    boolean isWaitedForBy(ModelJob other) {
        if (run.around == null || isForever() && !run.hasOnlyForeverJobs()) {
            return false;
        }
        ModelJob outer = run.around.job;
        return outer == other || outer.isWaitedForBy(other);
    }

    /** {@code deploy failed}. */
    String sentence() {
        return task.label() + " " + outcome.verb();
    }

    void note(Trail trail, int index) {
        trail.job(path, index, outcome.toString(), attempts, new Trail.Times(readyAt, startedAt, endedAt));
        for (int i = 0; i < inside.size(); i++) {
            inside.get(i).note(trail, i);
        }
    }
}
