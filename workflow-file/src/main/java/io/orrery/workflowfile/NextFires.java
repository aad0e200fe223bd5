package io.orrery.workflowfile;

import java.util.List;

/**
 * When a schedule of a workflow file fires next. Immutable.
 *
 * @param schedule the name of the schedule
 * @param zone the time zone in which it counts
 * @param moments the next moments in that zone, at most three; none for what the clock does not fire
 * @param paused whether it is kept from firing
 */
public record NextFires(String schedule, String zone, List<String> moments, boolean paused) {

    /** Copies the list. */
    public NextFires {
        moments = List.copyOf(moments);
    }
}
