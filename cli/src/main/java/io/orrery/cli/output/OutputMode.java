package io.orrery.cli.output;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How what jobs print is shown. Immutable.
 *
 * @param kind how
 * @param folder where to, if it goes to files
 */
public record OutputMode(Kind kind, @Nullable Path folder) {

    /** The kinds. */
    public enum Kind {
        /** Each line after the name of its job. */
        PREFIXED,
        /** Each line as it comes. */
        INTERLEAVED,
        /** Job by job, when each has ended. */
        GROUPED,
        /** Not at all, but written to a file for each job. */
        FILES
    }

    /** Each line after the name of its job. */
    public static final OutputMode PREFIXED = new OutputMode(Kind.PREFIXED, null);

    private static final String FILES = "files:";

    /** The mode that a text names; empty if it names none. */
    public static Optional<OutputMode> of(String text) {
        if (text.startsWith(FILES) && text.length() > FILES.length()) {
            try {
                return Optional.of(new OutputMode(Kind.FILES, Path.of(text.substring(FILES.length()))));
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
        }
        return switch (text) {
            case "prefixed" -> Optional.of(PREFIXED);
            case "interleaved" -> Optional.of(new OutputMode(Kind.INTERLEAVED, null));
            case "grouped" -> Optional.of(new OutputMode(Kind.GROUPED, null));
            default -> Optional.empty();
        };
    }
}
