package io.orrery.job;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Several requirements as one.
 *
 * @param parts the requirements, in the order given
 */
public record AllOf(List<Requirement> parts) implements Requirement {

    /** Copies the list. */
    public AllOf {
        parts = List.copyOf(parts);
    }

    static AllOf of(Iterable<? extends Requirement> requirements) {
        var parts = new ArrayList<Requirement>();
        requirements.forEach(parts::add);
        return new AllOf(parts);
    }

    @Override
    public String toString() {
        return parts.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
