/** Measures Orrery beside others: {@link Harness} is where to begin, {@link Suite} says what is measured. */
@NullMarked
package io.orrery.benchmarks;

import org.jspecify.annotations.NullMarked;
