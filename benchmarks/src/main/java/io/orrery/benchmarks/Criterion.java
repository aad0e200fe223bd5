package io.orrery.benchmarks;

import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A goal, and how far from it the results are.
 *
 * @param group what it belongs to
 * @param bound at most or at least what
 * @param unit what follows the numbers, with its space
 * @param measured the figure; empty if nothing was measured
 */
record Criterion(
        String group, String what, Bound bound, double goal, String unit, Function<Results, OptionalDouble> measured) {

    /** On which side of the goal it is good to be. */
    enum Bound {
        AT_MOST("≤"),
        AT_LEAST("≥");

        private final String sign;

        Bound(String sign) {
            this.sign = sign;
        }

        @Override
        public String toString() {
            return sign;
        }
    }

    boolean isMetBy(double value) {
        return bound == Bound.AT_MOST ? value <= goal : value >= goal;
    }
}
