/** What happens during a run and what becomes of it: events, reports, listings. Values only: no threads here. */
@NullMarked
package io.orrery.outcome;

import org.jspecify.annotations.NullMarked;
