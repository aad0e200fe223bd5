package io.orrery.benchmarks;

import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDataMap;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/** Quartz with its store in memory, two threads, and a job and a trigger for each. */
record Quartz(String title) implements Contender {

    private static final int MOST = 20_000; // it fires some ten thousand a second

    /** What Quartz makes anew for each fire. */
    public static final class Adapter implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            ((Runnable) Objects.requireNonNull(context.getMergedJobDataMap().get("body"))).run();
        }
    }

    /** One with two threads, which does not fire yet. */
    static Scheduler scheduler() throws SchedulerException {
        var properties = new Properties();
        properties.setProperty("org.quartz.threadPool.threadCount", "2");
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        properties.setProperty("org.quartz.scheduler.instanceName", "benchmark" + System.nanoTime());
        return new StdSchedulerFactory(properties).getScheduler();
    }

    static void add(Scheduler scheduler, String label, Instant due, Runnable body) throws SchedulerException {
        var data = new JobDataMap();
        data.put("body", body);
        scheduler.scheduleJob(
                JobBuilder.newJob(Adapter.class)
                        .withIdentity(label)
                        .usingJobData(data)
                        .build(),
                TriggerBuilder.newTrigger()
                        .withIdentity(label)
                        .startAt(Date.from(due))
                        .build());
    }

    @Override
    public boolean can(Workload workload) {
        return workload.shape() == Shape.PENDING && workload.jobs() <= MOST;
    }

    @Override
    public int every() {
        return 2;
    }

    @Override
    public Callable<?> prepare(Work work) throws SchedulerException, InterruptedException {
        var scheduler = scheduler();
        var done = new CountDownLatch(work.size());
        var pending = Pending.of(work.size());
        for (int job = 0; job < work.size(); job++) {
            Body body = work.body(job);
            add(scheduler, work.label(job), pending.next(), () -> {
                body.run();
                done.countDown();
            });
        }
        pending.pass();
        return () -> {
            scheduler.start();
            done.await();
            scheduler.shutdown(true);
            return scheduler;
        };
    }
}
