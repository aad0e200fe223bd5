package io.orrery.schedule;

/** What becomes of a fire that is due while as many fires of its schedule as may run at once have not ended. */
public enum Overlap {
    /** It is skipped, and recorded so. The default. */
    SKIP,
    /** It waits for its turn, unless another one waits already: then it is skipped. */
    BUFFER_ONE,
    /** It waits for its turn. */
    BUFFER_ALL,
    /** Those that run are told to stop, and it waits for them to have done so. */
    CANCEL_OTHER,
    /** Those that run are told to stop, their results are no longer accepted, and it starts at once. */
    TERMINATE_OTHER,
    /** It starts at once: there is no limit. */
    ALLOW_ALL
}
