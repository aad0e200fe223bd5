package io.orrery.schedule.store;

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
public record Held(Fire fire, Phase phase, Instant due, String node, long token) {

    /** How a fire stands. The order is kept in stores. */
    public enum Phase {
        /** It may be run. */
        DUE,
        /** Some node runs it. */
        LEASED,
        /** Some node runs it, and is told to stop. */
        CANCELLED,
        /** It waits for others of its schedule. */
        WAITING
    }

    /** One that waits for others. */
    public static Held waiting(Fire fire) {
        return new Held(fire, Phase.WAITING, fire.at(), "", 0);
    }

    /** Not ended and not waiting for others. */
    public boolean isLive() {
        return phase != Phase.WAITING;
    }

    /** Whether some node has a right to run it. */
    public boolean isLeased() {
        return phase == Phase.LEASED || phase == Phase.CANCELLED;
    }

    /** It or its next attempt, to be run from a moment on. */
    public Held due(Fire next, Instant when) {
        return new Held(next, Phase.DUE, when, "", token);
    }

    /** It, given to a node. */
    public Held leasedTo(String owner, long fencing) {
        return new Held(fire, Phase.LEASED, due, owner, fencing);
    }

    /** It, told to stop. */
    public Held cancelled() {
        return new Held(fire, Phase.CANCELLED, due, node, token);
    }
}
