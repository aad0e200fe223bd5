package io.orrery.store.jdbc;

import io.orrery.schedule.Fire;
import java.time.Instant;

/**
 * A fire that has not ended, as a store keeps it.
 *
 * @param fire which one
 * @param phase how it stands
 * @param due when it may be run, if it is due
 * @param node who runs it, if it is leased; empty if nobody does
 * @param token the token of its last lease; 0 if it had none
 */
record Held(Fire fire, Phase phase, Instant due, String node, long token) {

    enum Phase {
        DUE,
        LEASED,
        CANCELLED,
        WAITING
    }

    static Held waiting(Fire fire) {
        return new Held(fire, Phase.WAITING, fire.at(), "", 0);
    }

    /** Not ended and not waiting for others. */
    boolean isLive() {
        return phase != Phase.WAITING;
    }

    /** Whether some node has a right to run it. */
    boolean isLeased() {
        return phase == Phase.LEASED || phase == Phase.CANCELLED;
    }

    Held due(Fire next, Instant when) {
        return new Held(next, Phase.DUE, when, "", token);
    }

    Held leasedTo(String owner, long fencing) {
        return new Held(fire, Phase.LEASED, due, owner, fencing);
    }

    Held cancelled() {
        return new Held(fire, Phase.CANCELLED, due, node, token);
    }
}
