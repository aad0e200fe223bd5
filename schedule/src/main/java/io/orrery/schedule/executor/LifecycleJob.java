package io.orrery.schedule.executor;

import java.time.Instant;

/**
 * A job with a beginning and an end: set up once, it ticks at the times of a trigger until it is told to stop, and is cleaned
 * up. All of it happens in one thread, one after the other, so an implementation needs no locks; one object serves one session.
 *
 * {@snippet :
 * scheduler.lifecycle("pump", Trigger.every(SECOND), Pump::new);
 * scheduler.add(Schedule.named("pump").lifecycle("pump"));
 * }
 *
 * <p>Kept by a local store, it runs in each process that adds it. Kept by a store that processes share, it is exclusive: one of
 * them has it, and when that one shuts down, dies or is frozen, another one sets it up anew. One that was frozen does not tick
 * any more when it is thawed. It may be frozen in the middle of a tick, though, so what a tick does to others should carry the
 * {@linkplain FireContext#token() token} of its session, which only grows.
 */
@FunctionalInterface
public interface LifecycleJob {

    /**
     * Called first.
     *
     * @param session the fire that stands for all from here to the end
     * @throws Exception to fail: it is cleaned up, and set up anew a second later
     */
    default void setup(FireContext session) throws Exception {}

    /**
     * Called at each time of the trigger; of several that have passed meanwhile, for the last one.
     *
     * @param session the fire that stands for all of them
     * @param due the time of the trigger
     * @throws Exception to have this tick count as failed; the next one comes all the same
     */
    void tick(FireContext session, Instant due) throws Exception;

    /**
     * Called last, however it came to an end, also if the setup has failed; not interrupted. Takes 10 s at most: nobody waits
     * longer.
     *
     * @throws Exception to have the session count as failed
     */
    default void cleanup() throws Exception {}
}
