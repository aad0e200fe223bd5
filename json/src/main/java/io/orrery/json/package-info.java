/** Payloads of schedules as JSON. */
@NullMarked
package io.orrery.json;

import org.jspecify.annotations.NullMarked;
