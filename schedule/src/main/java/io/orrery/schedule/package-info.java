/** The words: schedules and their policies, fires, events, payloads. */
@NullMarked
package io.orrery.schedule;

import org.jspecify.annotations.NullMarked;
