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
        if (shown == null) {
            return declared;
        }
        try {
            return String.valueOf(shown.get());
        } catch (RuntimeException e) {
            return declared + " (label failed: " + e + ")";
        }
    }
}
