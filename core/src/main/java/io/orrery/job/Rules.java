package io.orrery.job;

import java.time.Duration;

/** Checks of arguments: the rule that was broken, the offending value, and what to do instead. */
final class Rules {

    private Rules() {}

    static void require(boolean holds, String rule, Object value, String remedy) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", but is " + value + ". " + remedy + ".");
        }
    }

    static Duration positive(String what, Duration duration) {
        require(duration.isPositive(), "The " + what + " must be positive", duration, "Leave it out for none");
        return duration;
    }
}
