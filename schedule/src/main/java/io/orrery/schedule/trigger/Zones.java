package io.orrery.schedule.trigger;

import java.time.DateTimeException;
import java.time.ZoneId;

/** Zones by name. */
final class Zones {

    private Zones() {}

    /**
     * The zone of this name.
     *
     * @throws InvalidTriggerException if there is none
     */
    static ZoneId of(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw InvalidTriggerException.at(
                    0,
                    "A zone is a name of the time zone database or an offset, but there is no \"" + name
                            + "\". Write it like Europe/Paris, UTC or +01:00.");
        }
    }
}
