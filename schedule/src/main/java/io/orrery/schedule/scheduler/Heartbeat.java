package io.orrery.schedule.scheduler;

import io.orrery.job.JobOutcome;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.Renewal;
import io.orrery.time.Signal;
import java.time.Duration;

/** Renews the leases of one store, three times a lease, in a thread of its own: a store that is slow is not to lose them. */
final class Heartbeat {

    private final Engine engine;
    private final StoreDesk desk;
    private final Runnable leave;
    private boolean leaving; // touched by its thread
    private final Signal stop;
    private final Signal stopped;

    private Heartbeat(Engine engine, StoreDesk desk, Runnable leave) {
        this.engine = engine;
        this.desk = desk;
        this.leave = leave;
        this.stop = engine.time().signal();
        this.stopped = engine.time().signal();
    }

    /** @param leave shuts the scheduler down when somebody wants that */
    static Heartbeat start(Engine engine, StoreDesk desk, Runnable leave) {
        var heartbeat = new Heartbeat(engine, desk, leave);
        engine.time()
                .start(
                        Thread.ofVirtual()
                                .name(engine.setup.name() + "/leases of " + desk.alias)
                                .inheritInheritableThreadLocals(false),
                        heartbeat::run);
        return heartbeat;
    }

    void stop() {
        stop.set();
        stopped.awaitUninterruptibly();
    }

    private void run() {
        Duration interval = engine.setup.limits().lease().dividedBy(3);
        try {
            while (!stop.await(interval)) {
                beat();
            }
        } catch (InterruptedException e) {
            engine.news.log(
                    System.Logger.Level.WARNING, "nobody renews the leases of \"" + desk.alias + "\" any more", e);
        } finally {
            stopped.set();
        }
    }

    private void beat() {
        try {
            long before = engine.time().nanos();
            Renewal renewal = desk.store.renew();
            desk.renewedAt = before;
            engine.cancel(desk, renewal.lost(), "another node has taken over");
            engine.cancel(desk, renewal.cancelled(), "somebody wants it to stop");
            renewal.abandoned().forEach(this::abandoned);
            renewal.asked()
                    .forEach(row -> engine.news.quarantined(
                            desk.alias, row.id(), row.history().note()));
            if (renewal.leave() && !leaving) {
                leaving = true;
                engine.news.log(System.Logger.Level.INFO, "somebody wants this node to leave \"" + desk.alias + "\"");
                var _ = engine.time()
                        .start(
                                Thread.ofVirtual().name(engine.setup.name() + "/leaving"),
                                leave); // it waits for this one
            }
            desk.bell.ringBefore(desk.store.nextLook());
            engine.awaited.endedElsewhere(desk);
        } catch (Throwable e) { // whatever it is, the next beat must come
            engine.failed(desk, e);
        }
    }

    /** A fire whose node is gone, and that must not be run again. */
    private void abandoned(Lease lease) {
        var outcome = new JobOutcome.Failed(new IllegalStateException("The node that ran it is gone."));
        engine.news.ended(desk.alias, lease.fire(), null, outcome, null);
    }
}
