package io.orrery.benchmarks.stores;

import java.util.Optional;

/** Something that was measured: a line in which one process tells another one. */
record Figure(String contestant, Measure measure, double value) {

    String text() {
        return contestant + "\t" + measure.name() + "\t" + value;
    }

    /** The figure that a text is; empty if it is something else. */
    static Optional<Figure> parse(String text) {
        String[] parts = text.split("\t", -1);
        return parts.length == 3
                ? Optional.of(new Figure(parts[0], Measure.valueOf(parts[1]), Double.parseDouble(parts[2])))
                : Optional.empty();
    }
}
