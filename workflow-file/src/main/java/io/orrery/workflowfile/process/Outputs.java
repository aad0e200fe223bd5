package io.orrery.workflowfile.process;

import java.util.LinkedHashMap;
import java.util.List;
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
        Map<String, Object> shown = new LinkedHashMap<>();
        values.forEach((name, value) -> shown.put(name, shown(value)));
        return shown;
    }

    private Object shown(Object value) {
        return switch (value) {
            case String text -> masker.mask(text);
            case List<?> list -> list.stream().map(this::shown).toList();
            case Map<?, ?> map -> {
                Map<String, Object> shown = new LinkedHashMap<>();
                map.forEach((name, inner) -> shown.put(masker.mask(String.valueOf(name)), shown(inner)));
                yield shown;
            }
            default -> masker.mask(value.toString()).equals(value.toString()) ? value : Masker.MASK;
        };
    }

    @Override
    public String toString() {
        return shown().toString();
    }
}
