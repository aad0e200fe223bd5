package io.orrery.run;

import org.jspecify.annotations.Nullable;

/**
 * Something that a run is told. Mail that is due at the same instant is delivered by {@link #rank}, then in the order of
 * declaration of the jobs it is about, then in order of arrival.
 */
abstract class Mail {

    /** The order in which mail of one instant is delivered. */
    enum Rank {
        BEGIN,
        /** Before completions, so that what a body told last is kept. */
        PROGRESS,
        CRITICAL_FAILURE,
        COMPLETION,
        JOB_TIMEOUT,
        RUN_TIMEOUT,
        CANCEL,
        CONTROL,
        RETRY,
        SLOT,
        DEADLINE,
        QUERY
    }

    /** In the mailbox what arrived before this one, in a batch what comes after it; used by these two only. */
    @Nullable
    Mail beside;

    /** Its place in the order of one instant. */
    abstract Rank rank();

    /** The number of the job that it is about, 0 if it is about none. */
    int job() {
        return 0;
    }

    /** Its place in the order of one instant, as a number. */
    @SuppressWarnings("EnumOrdinal") // the order of the ranks is what it is about
    final long order() {
        return (long) rank().ordinal() << 32 | job();
    }

    /** Has the run act on it. Called by the run's coordinator, so never by two threads at once. */
    abstract void deliver();

    /** Mail without a state of its own. */
    static Mail of(Rank rank, int job, Runnable action) {
        return new Mail() {
            @Override
            Rank rank() {
                return rank;
            }

            @Override
            int job() {
                return job;
            }

            @Override
            void deliver() {
                action.run();
            }
        };
    }
}
