/** Processes of the machine, and how to end one with all that it has started. Not for others than modules of Orrery. */
@NullMarked
package io.orrery.process;

import org.jspecify.annotations.NullMarked;
