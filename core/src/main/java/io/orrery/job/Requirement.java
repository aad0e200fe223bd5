package io.orrery.job;

import java.util.List;

/**
 * What a job can require: a job, a sequence (which stands for its last job), a {@link Condition} on either, or several
 * of these. Not meant for implementation by clients.
 */
public interface Requirement {

    /** Several requirements as one; they may be nested to any depth, and there may be none. */
    static Requirement all(Requirement... requirements) {
        return new AllOf(List.of(requirements));
    }

    /** Several requirements as one. */
    static Requirement all(Iterable<? extends Requirement> requirements) {
        return AllOf.of(requirements);
    }
}
