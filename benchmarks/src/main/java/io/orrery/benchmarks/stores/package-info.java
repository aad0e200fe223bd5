/** Schedulers that keep what they have in PostgreSQL, beside each other. */
@NullMarked
package io.orrery.benchmarks.stores;

import org.jspecify.annotations.NullMarked;
