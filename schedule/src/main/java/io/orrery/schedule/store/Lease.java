package io.orrery.schedule.store;

import io.orrery.schedule.Fire;
import io.orrery.schedule.Schedule;
import java.time.Instant;

/**
 * A node's right to run one attempt of a fire, until a moment that it keeps moving. Immutable.
 *
 * @param fire what may be run
 * @param schedule the definition at the time at which the lease was given
 * @param token the fencing token: greater than that of any lease that this fire, or one before it of the same schedule, had
 * @param since when it was given
 * @param until when it ends unless it is renewed; {@link Instant#MAX} where no other node could take over
 */
public record Lease(Fire fire, Schedule schedule, long token, Instant since, Instant until) {}
