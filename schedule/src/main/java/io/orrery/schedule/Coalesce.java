package io.orrery.schedule;

/** Which of several times that are due at once are run. */
public enum Coalesce {
    /** The last one; the others count as coalesced. The default. */
    LATEST,
    /** The first one; the others count as coalesced. */
    EARLIEST,
    /** Every one, from the first to the last, but no more than {@link SchedulePolicy#catchUp() the cap}: the latest of them. */
    ALL
}
