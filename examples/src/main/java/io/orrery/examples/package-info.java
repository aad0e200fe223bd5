/** One runnable main for each idea; {@code docs/examples.md} lists them. */
@NullMarked
package io.orrery.examples;

import org.jspecify.annotations.NullMarked;
