package io.orrery.benchmarks;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleEvent;
import io.orrery.schedule.ScheduleEvent.ScheduleListener;
import io.orrery.schedule.executor.JobExecutor;
import io.orrery.schedule.scheduler.Scheduler;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A scheduler of Orrery, as users get it, with a listener that hears everything; its log says what is wrong only.
 *
 * @param executor what runs the jobs
 */
record Schedules(String title, Supplier<JobExecutor> executor) implements Contender {

    private static final Logger LOG = Logger.getLogger("io.orrery.schedule");

    static {
        LOG.setLevel(Level.WARNING);
    }

    @Override
    public boolean can(Workload workload) {
        return workload.shape() == Shape.PENDING;
    }

    @Override
    public Callable<?> prepare(Work work) throws InterruptedException {
        var told = new CountDownLatch(work.size());
        var pending = Pending.of(work.size());
        Scheduler scheduler = holding(work, pending, event -> {
            if (event instanceof ScheduleEvent.Executed) {
                told.countDown();
            }
        });
        pending.pass();
        return () -> {
            scheduler.resume();
            told.await();
            scheduler.close();
            return scheduler;
        };
    }

    /** A paused scheduler that has all of it. */
    Scheduler holding(Work work) {
        return holding(work, Pending.of(work.size()), event -> {});
    }

    private Scheduler holding(Work work, Pending pending, ScheduleListener listener) {
        Scheduler scheduler =
                Scheduler.named("benchmark").executor(executor.get()).open();
        scheduler.listen(listener);
        scheduler.startPaused();
        for (int job = 0; job < work.size(); job++) {
            scheduler.add(Schedule.named(work.label(job)).at(pending.next()).action(work.body(job)));
        }
        return scheduler;
    }
}
