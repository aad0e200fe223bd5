package io.orrery.schedule.scheduler;

import io.orrery.time.Signal;
import io.orrery.time.TimeSource;
import java.time.Instant;
import java.util.Optional;

/** What has the loop of one store look around: it sleeps until a moment, or until somebody rings. Anybody may ring. */
final class Bell {

    private final TimeSource time;
    private volatile Signal rung; // replaced before the loop asks whether it is over, and looks around
    private volatile Instant until =
            Instant.MIN; // when the loop looks; MIN until it has looked once, MAX while it does

    Bell(TimeSource time) {
        this.time = time;
        this.rung = time.signal();
    }

    /** Has the loop look around. */
    void ring() {
        rung.set();
    }

    /** Has the loop look around if it would do so only after that moment. */
    void ringBefore(Instant moment) {
        if (moment.isBefore(until)) {
            ring();
        }
    }

    /** The moment at which the loop looks around unless somebody rings; empty while it does so, or waits for that. */
    Optional<Instant> until() {
        Instant known = until;
        return known.equals(Instant.MAX) || known.equals(Instant.MIN) ? Optional.empty() : Optional.of(known);
    }

    /** From now on it can be rung; called by the loop before it looks around. */
    Signal renewed() {
        Signal next = time.signal();
        rung = next;
        return next;
    }

    /** When the loop looks around unless somebody rings; {@link Instant#MAX} while it does so, or waits for that. */
    void until(Instant moment) {
        until = moment;
    }
}
