/** The face: the scheduler, how it is set up, and what it tells about itself. */
@NullMarked
package io.orrery.schedule.scheduler;

import org.jspecify.annotations.NullMarked;
