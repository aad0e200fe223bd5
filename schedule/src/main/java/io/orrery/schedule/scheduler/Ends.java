package io.orrery.schedule.scheduler;

import io.orrery.schedule.Fire;
import io.orrery.schedule.store.Completed;
import io.orrery.schedule.store.NextDue;
import java.lang.System.Logger.Level;
import java.time.Instant;

/** Tells what has become of ends on their way to a store. Safe for use by any thread. */
final class Ends implements StoreDesk.Listener {

    private final Engine engine;

    Ends(Engine engine) {
        this.engine = engine;
    }

    @Override
    public void completed(StoreDesk desk, StoreDesk.Ended ended, Completed completed, Instant now) {
        EndedAttempt attempt = ended.attempt();
        Fire fire = attempt.attempt().fire();
        boolean written = completed == Completed.ACCEPTED || completed == Completed.ACCEPTED_AND_REMOVED;
        Instant retryAt = written ? ended.completion().retryAt() : null;
        if (completed == Completed.REFUSED && !desk.store.isLocal()) {
            engine.news.log(
                    Level.WARNING,
                    fire.id() + ": ended as " + attempt.outcome().state().word()
                            + " without a valid lease, which counts for nothing");
        } else {
            engine.news.ended(now, desk.alias, fire, attempt.started(), attempt.outcome(), retryAt);
        }
        if (written && ended.completion().nextDue() instanceof NextDue.Unknown(String because)) {
            engine.news.quarantined(desk.alias, fire.schedule(), because);
        }
        if (completed == Completed.ACCEPTED_AND_REMOVED) {
            engine.news.removed(now, desk.alias, fire.schedule());
        }
        if (retryAt == null) {
            engine.awaited.ends(fire, attempt.outcome());
        }
    }

    @Override
    public void untold(StoreDesk.Ended ended, Throwable failure) {
        Fire fire = ended.attempt().attempt().fire();
        engine.news.log(Level.ERROR, fire.id() + ": its end is written, but could not be told", failure);
        engine.awaited.ends(fire, ended.attempt().outcome());
    }

    @Override
    public void unwritten(StoreDesk desk, StoreDesk.Ended ended, boolean isHopeless, Throwable failure) {
        Fire fire = ended.attempt().attempt().fire();
        engine.news.log(
                isHopeless ? Level.ERROR : Level.WARNING,
                fire.id() + ": its end could not be written" + (isHopeless ? ", though others can be" : "")
                        + "; it is tried again at " + ended.again(),
                failure);
        if (isHopeless) {
            engine.awaited.ends(fire, ended.attempt().outcome());
        }
        desk.bell.ringBefore(ended.again());
    }

    @Override
    public void flushed(StoreDesk desk) {
        try {
            desk.bell.ringBefore(desk.store.nextLook());
        } catch (Throwable e) {
            engine.failed(desk, e);
        }
    }

    @Override
    public void failed(StoreDesk desk, Throwable failure) {
        engine.failed(desk, failure);
    }
}
