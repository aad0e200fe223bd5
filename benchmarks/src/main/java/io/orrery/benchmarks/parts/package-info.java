/** The small parts, measured by JMH: {@code benchmarks/run --jmh}. */
@NullMarked
package io.orrery.benchmarks.parts;

import org.jspecify.annotations.NullMarked;
