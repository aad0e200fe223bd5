/** The rules by which a schedule and its fires change together, for whoever keeps them. Not for users. */
@NullMarked
package io.orrery.schedule.cell;

import org.jspecify.annotations.NullMarked;
