package io.orrery.plan;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a job is shown. Immutable, though a computed label may differ from one call to the next.
 *
 * @param shown gives the label for listings, null for the one it was declared with
 * @param graph the label for graphs, null for the same as in listings
 */
public record Labels(
        @Nullable Supplier<String> shown, @Nullable String graph) {

    /** Shown under the label it was declared with. */
    public static final Labels DECLARED = new Labels(null, null);

    /** The label for listings; of a supplier that throws, what it threw. */
    public String text(String declared) {
        return shown == null ? declared : orFailure(shown, declared + " (label failed: ");
    }

    /** A text from outside; if there is none but a failure, {@code instead}, the failure, and a closing parenthesis. */
    static String orFailure(Supplier<String> text, String instead) {
        try {
            return String.valueOf(text.get());
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return instead + named(e) + ")";
        }
    }

    private static String named(Throwable failure) {
        try {
            return failure.toString();
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return failure.getClass().getName();
        }
    }
}
