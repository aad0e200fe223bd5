/** Where fires run: the interface that executors implement, those of the JDK alone, and jobs by name. */
@NullMarked
package io.orrery.schedule.executor;

import org.jspecify.annotations.NullMarked;
