package io.orrery.schedule.store;

import io.orrery.schedule.Fire;
import io.orrery.schedule.Skip;
import java.util.List;

/**
 * What a schedule becomes, and the fires that come into being with it: written as a whole or not at all.
 *
 * @param row the row as it is to be, with the version that it was read with: if the store has another one, nothing is
 *     written. Its number of live fires is ignored: the store counts them
 * @param what what to do
 * @param starting fires that are to run at once, leased to the node that writes this; one whose id exists is left out
 * @param waiting fires that are to run, one by one in this order, when fewer are live than may be
 * @param skips due times that are not run, for stores that keep a history
 */
public record Step(ScheduleRow row, What what, List<Fire> starting, List<Fire> waiting, List<Skip> skips) {

    /** What to do. */
    public enum What {
        /** Write the row. */
        WRITE,
        /** Write the row, and tell the live fires to stop; they end as cancelled. */
        CANCEL_LIVE,
        /** Write the row, and take the leases of the live fires away: what comes of them is not accepted. */
        TERMINATE_LIVE,
        /** Remove the row and its fires. What runs may end, and nothing is written of it. */
        REMOVE
    }

    /** Whether it ends the fires that are live. */
    public boolean endsOthers() {
        return switch (what) {
            case CANCEL_LIVE, TERMINATE_LIVE -> true;
            case WRITE, REMOVE -> false;
        };
    }

    /** Writes a row, without fires. */
    public static Step write(ScheduleRow row) {
        return new Step(row, What.WRITE, List.of(), List.of(), List.of());
    }

    /** Writes a row and lets one fire run at once. */
    public static Step start(ScheduleRow row, Fire fire) {
        return new Step(row, What.WRITE, List.of(fire), List.of(), List.of());
    }

    /** Removes a row. */
    public static Step remove(ScheduleRow row) {
        return new Step(row, What.REMOVE, List.of(), List.of(), List.of());
    }
}
