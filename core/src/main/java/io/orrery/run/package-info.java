/** The one place with threads: it turns a planned job into a virtual thread with a name, a slot, a deadline and an outcome. */
@NullMarked
package io.orrery.run;

import org.jspecify.annotations.NullMarked;
