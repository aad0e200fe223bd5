/** The {@code orrery} command. */
@NullMarked
package io.orrery.cli;

import org.jspecify.annotations.NullMarked;
