/**
 * When something happens: pure, immutable functions from the last fire and the present to the next fire. Uses no other
 * package of Orrery but its words for durations.
 */
@NullMarked
package io.orrery.schedule.trigger;

import org.jspecify.annotations.NullMarked;
