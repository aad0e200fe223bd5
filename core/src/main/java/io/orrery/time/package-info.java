/** The one seam for clock and waiting, with a manual clock for tests. Uses no other package of Orrery. */
@NullMarked
package io.orrery.time;

import org.jspecify.annotations.NullMarked;
