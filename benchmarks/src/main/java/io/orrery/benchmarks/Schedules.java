package io.orrery.benchmarks;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleEvent;
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
        Scheduler scheduler =
                Scheduler.named("benchmark").executor(executor.get()).open();
        scheduler.listen(event -> {
            if (event instanceof ScheduleEvent.Executed) {
                told.countDown();
            }
        });
        scheduler.startPaused();
        var pending = Pending.of(work.size());
        for (int job = 0; job < work.size(); job++) {
            scheduler.add(Schedule.named(work.label(job)).at(pending.next()).action(work.body(job)));
        }
        pending.pass();
        return () -> {
            scheduler.resume();
            told.await();
            scheduler.close();
            return scheduler;
        };
    }
}
