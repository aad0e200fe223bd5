package io.orrery.workflowfile.process;

import java.util.Map;

/**
 * The declared outputs of a job: for later jobs as they are, for people without secrets. Immutable.
 *
 * @param values the values: texts, numbers, booleans, or lists and maps of these
 * @param masker takes secrets out of what is shown
 */
public record Outputs(Map<String, Object> values, Masker masker) {

    /** No outputs. */
    public static final Outputs NONE = new Outputs(Map.of(), Masker.NONE);

    /** Copies the map. */
    public Outputs {
        values = Map.copyOf(values);
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The values without secrets. */
    public Map<String, Object> shown() {
        return masker.shown(values);
    }

    @Override
    public String toString() {
        return shown().toString();
    }
}
