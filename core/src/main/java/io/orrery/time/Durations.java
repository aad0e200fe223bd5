package io.orrery.time;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as people write and read them: {@code 250ms}, {@code 1.5s}, {@code 2m}, {@code 1h30m}, {@code 1d}. */
public final class Durations {

    private static final Pattern WHOLE = Pattern.compile("(?:\\d+(?:\\.\\d+)?(?:ms|[smhd])\\s*)+");
    private static final BigDecimal MILLI = new BigDecimal("0.001");
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|[smhd])");

    private Durations() {}

    /** The text of a duration, to the millisecond. */
    public static String text(Duration duration) {
        long millis = TimeUnit.MILLISECONDS.convert(duration); // at most 292 million years
        if (millis < 0) {
            return "-" + text(Duration.ofMillis(-Math.max(millis, -Long.MAX_VALUE)));
        }
        if (millis < 1000) {
            return millis + "ms";
        }
        if (millis < 60_000) {
            return millis % 1000 == 0 ? millis / 1000 + "s" : millis / 1000.0 + "s";
        }
        var text = new StringBuilder();
        append(text, millis / 86_400_000, "d");
        append(text, millis / 3_600_000 % 24, "h");
        append(text, millis / 60_000 % 60, "m");
        append(text, millis / 1000 % 60, "s");
        append(text, millis % 1000, "ms");
        return text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }

    /**
     * Reads a duration: amounts with the units ms, s, m, h, d, or ISO-8601 such as {@code PT15S}.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    public static Duration parse(String text) {
        String trimmed = text.strip();
        try {
            return trimmed.startsWith("P") ? Duration.parse(trimmed) : parseUnits(trimmed);
        } catch (DateTimeException | ArithmeticException e) {
            throw notADuration(text, e);
        }
    }

    private static Duration parseUnits(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw notADuration(text, null);
        }
        Duration sum = Duration.ZERO;
        for (Matcher part = PART.matcher(text); part.find(); ) {
            BigDecimal unit = switch (part.group(2)) {
                case "ms" -> MILLI;
                case "s" -> BigDecimal.ONE;
                case "m" -> BigDecimal.valueOf(60);
                case "h" -> BigDecimal.valueOf(3600);
                default -> BigDecimal.valueOf(86_400);
            };
            BigDecimal seconds = new BigDecimal(part.group(1)).multiply(unit);
            sum = sum.plusSeconds(seconds.toBigInteger().longValueExact())
                    .plusNanos(
                            seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
        }
        return sum;
    }

    private static IllegalArgumentException notADuration(String text, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "A duration is amounts with the units ms, s, m, h or d, such as 1h30m, but this is \"" + text
                        + "\". Write 15m, 90s, 250ms or PT15S.",
                cause);
    }
}
