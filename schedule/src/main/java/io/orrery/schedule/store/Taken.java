package io.orrery.schedule.store;

import java.util.List;

/**
 * What a store has handed out.
 *
 * @param steps the decisions about due schedules, as they were written
 * @param leases what is to be run now: fires of these steps, and others whose turn it is
 * @param more whether there is more that is due, so that the store should be asked again at once
 */
public record Taken(List<Step> steps, List<Lease> leases, boolean more) {

    /** Nothing. */
    public static final Taken NOTHING = new Taken(List.of(), List.of(), false);
}
