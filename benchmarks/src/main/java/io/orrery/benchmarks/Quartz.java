package io.orrery.benchmarks;

import java.util.Date;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDataMap;
import org.quartz.JobExecutionContext;
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
            var data = context.getMergedJobDataMap();
            ((Body) Objects.requireNonNull(data.get("body"))).run();
            ((CountDownLatch) Objects.requireNonNull(data.get("done"))).countDown();
        }
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
        var properties = new Properties();
        properties.setProperty("org.quartz.threadPool.threadCount", "2");
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        properties.setProperty("org.quartz.scheduler.instanceName", "benchmark" + System.nanoTime());
        var scheduler = new StdSchedulerFactory(properties).getScheduler();
        var done = new CountDownLatch(work.size());
        var pending = Pending.of(work.size());
        for (int job = 0; job < work.size(); job++) {
            var data = new JobDataMap();
            data.put("body", work.body(job));
            data.put("done", done);
            scheduler.scheduleJob(
                    JobBuilder.newJob(Adapter.class)
                            .withIdentity(work.label(job))
                            .usingJobData(data)
                            .build(),
                    TriggerBuilder.newTrigger()
                            .withIdentity(work.label(job))
                            .startAt(Date.from(pending.next()))
                            .build());
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
