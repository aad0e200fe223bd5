package io.orrery.schedule;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Checks of arguments: the rule that was broken, the offending value, and what to do instead. */
final class Rules {

    private Rules() {}

    static void require(boolean holds, String rule, @Nullable Object value, String remedy) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", but is " + value + ". " + remedy + ".");
        }
    }

    static Duration positive(String what, Duration duration) {
        require(duration.isPositive(), "The " + what + " must be positive", duration, "Leave it out for none");
        return duration;
    }

    static String text(String what, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException(
                    "The " + what + " must be text, but is " + (text == null ? "null" : "blank") + ". Give it one.");
        }
        return text;
    }
}
