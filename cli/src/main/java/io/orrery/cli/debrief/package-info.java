/** What became of a run, told at its end. */
@NullMarked
package io.orrery.cli.debrief;

import org.jspecify.annotations.NullMarked;
