package io.orrery.schedule.scheduler;

import java.util.Comparator;
import java.util.List;

/**
 * Whether a scheduler can do its work, and if not, why.
 *
 * @param checks what was looked at
 */
public record Health(List<Check> checks) {

    /** How good it is. */
    public enum Level {
        /** All is well. */
        OK,
        /** Something should be looked at. */
        WARNING,
        /** Something does not work. */
        FAILED
    }

    /**
     * One thing that was looked at.
     *
     * @param name what
     * @param level how it is
     * @param message why, for people
     */
    public record Check(String name, Level level, String message) {}

    /** The worst of all. */
    public Level level() {
        return checks.stream().map(Check::level).max(Comparator.naturalOrder()).orElse(Level.OK);
    }
}
