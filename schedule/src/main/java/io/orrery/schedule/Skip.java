package io.orrery.schedule;

import java.time.Instant;

/**
 * Due times that are not run, and why.
 *
 * @param first the first of them
 * @param last the last of them
 * @param count how many there are
 * @param reason why
 */
public record Skip(Instant first, Instant last, long count, Reason reason) {

    /** Why a due time is not run. */
    public enum Reason {
        /** It was noticed later than its grace allows. */
        TOO_LATE,
        /** Too many fires of its schedule had not ended. */
        OVERLAP,
        /** There were more due at once than are caught up with. */
        CATCH_UP_LIMIT
    }

    /** One due time that is not run. */
    public static Skip one(Instant at, Reason reason) {
        return new Skip(at, at, 1, reason);
    }
}
