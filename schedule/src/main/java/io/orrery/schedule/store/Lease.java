package io.orrery.schedule.store;

import io.orrery.schedule.Fire;
import io.orrery.schedule.Schedule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A node's right to run one attempt of a fire, until a moment that it keeps moving. Immutable.
 *
 * @param fire what may be run
 * @param schedule the definition at the time at which the lease was given
 * @param token the fencing token: greater than that of any lease that this fire, or one before it of the same schedule, had
 * @param since when it was given
 * @param until when it ends unless it is renewed; {@link Instant#MAX} where no other node could take over
 * @param handle what its store finds its schedule by at once, of no meaning to anybody else; null for none
 */
public record Lease(
        Fire fire,
        Schedule schedule,
        long token,
        Instant since,
        Instant until,
        @Nullable Object handle) {

    /** One without a handle. */
    public Lease(Fire fire, Schedule schedule, long token, Instant since, Instant until) {
        this(fire, schedule, token, since, until, null);
    }

    /** The same right until another moment. */
    public Lease until(Instant moment) {
        return new Lease(fire, schedule, token, since, moment, handle);
    }
}
