package io.orrery.cli.progress;

import io.orrery.job.State;
import io.orrery.plan.PlannedJob;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is known of one job of a running workflow. Belongs to its {@link Board}. */
final class Row {

    final String path;
    final PlannedJob job;
    State state = State.IDLE;
    int attempt;
    /** When its first attempt began, and when it ended; null before that. */
    @Nullable
    Duration start;

    @Nullable
    Duration end;

    /** What there is to say beside its state: progress, its last line of output, why it failed. */
    String note = "";

    Row(String path, PlannedJob job) {
        this.path = path;
        this.job = job;
    }

    /** Whether it only stands for the jobs inside it, which have rows of their own. */
    boolean isNested() {
        return job.nested().isPresent();
    }

    boolean isForever() {
        return job.options().forever();
    }

    boolean isActive() {
        return state == State.RUNNING || state == State.RETRYING;
    }

    boolean hasFailed() {
        return state == State.FAILED || state == State.TIMED_OUT;
    }

    /** How long it has taken, or has been taking so far; null if it has not started. */
    @Nullable
    Duration elapsed(Duration now) {
        Duration begin = start;
        if (begin == null) {
            return null;
        }
        Duration until = end == null ? now : end;
        return until.compareTo(begin) < 0 ? Duration.ZERO : until.minus(begin);
    }
}
