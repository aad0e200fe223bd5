package io.orrery.schedule.store;

import java.time.Instant;

/** When a schedule is due next that counts from the end of a run. */
public sealed interface NextDue {

    /** At that moment. */
    record At(Instant due) implements NextDue {}

    /** At no time: it has finished. */
    record Never() implements NextDue {}

    /**
     * That cannot be found out: it is quarantined.
     *
     * @param because why, and what to do
     */
    record Unknown(String because) implements NextDue {}
}
