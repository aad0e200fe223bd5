/** Where schedules and their fires are remembered: the interface that stores implement, and those of the JDK alone. */
@NullMarked
package io.orrery.schedule.store;

import org.jspecify.annotations.NullMarked;
