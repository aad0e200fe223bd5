package io.orrery.benchmarks.stores;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.function.IntConsumer;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/** Quartz with its JDBC store, clustered: 20 threads, up to a hundred triggers at once. */
record QuartzCluster(String title) implements Contestant {

    private static final int THREADS = 20;
    private static final String SCHEMA = "/org/quartz/impl/jdbcjobstore/tables_postgres.sql";
    private static final int SCHEDULES = 500;

    /** One scheduler at a time, of which the jobs that Quartz makes know by this. */
    private static volatile IntConsumer job = number -> {};

    /** What Quartz makes anew for each fire. */
    public static final class Code implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            job.accept(Integer.parseInt(context.getTrigger().getKey().getName()));
        }
    }

    @Override
    public int jobs(Measure measure, int whole) {
        return switch (measure) {
            case ONE_SHOTS, WRITES, RECURRING -> whole / 240;
            case ADDED -> whole / 40;
            default -> 0;
        };
    }

    @Override
    public int every() {
        return 2;
    }

    @Override
    public void create(Server server) throws Exception {
        if (!server.has("qrtz_triggers")) {
            server.execute(schema());
        }
    }

    private static String schema() throws IOException {
        try (var in = Objects.requireNonNull(StdSchedulerFactory.class.getResourceAsStream(SCHEMA))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public List<String> tables() {
        return List.of("qrtz_fired_triggers", "qrtz_simple_triggers", "qrtz_triggers", "qrtz_job_details");
    }

    @Override
    public String unfinished() {
        return "select 1 from qrtz_triggers union all select 1 from qrtz_fired_triggers limit 1";
    }

    @Override
    public Node open(Server server) throws SchedulerException {
        return new QuartzNode(new StdSchedulerFactory(properties(server.url())).getScheduler());
    }

    private static Properties properties(String url) {
        var properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", "benchmark");
        properties.setProperty("org.quartz.scheduler.instanceId", "AUTO");
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        properties.setProperty("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", "100");
        properties.setProperty("org.quartz.scheduler.batchTriggerAcquisitionFireAheadTimeWindow", "1000");
        properties.setProperty("org.quartz.threadPool.threadCount", Integer.toString(THREADS));
        String store = "org.quartz.jobStore.";
        properties.setProperty(store + "class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        properties.setProperty(store + "driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        properties.setProperty(store + "dataSource", "server");
        properties.setProperty(store + "isClustered", "true");
        properties.setProperty(store + "acquireTriggersWithinLock", "true");
        String source = "org.quartz.dataSource.server.";
        properties.setProperty(source + "provider", "hikaricp");
        properties.setProperty(source + "driver", "org.postgresql.Driver");
        properties.setProperty(source + "URL", url);
        properties.setProperty(source + "user", "postgres");
        properties.setProperty(source + "maxConnections", Integer.toString(THREADS + 2));
        return properties;
    }

    private record QuartzNode(Scheduler scheduler) implements Node {

        private static JobDetail detail(int number) {
            return JobBuilder.newJob(Code.class)
                    .withIdentity(Integer.toString(number))
                    .build();
        }

        private static TriggerBuilder<Trigger> trigger(int number, Instant due) {
            return TriggerBuilder.newTrigger()
                    .withIdentity(Integer.toString(number))
                    .startAt(Date.from(due));
        }

        @Override
        public void fill(int jobs, Instant due) throws InterruptedException {
            Threads.share(jobs, number -> add(number, due));
        }

        @Override
        public void fillRecurring(int schedules) throws InterruptedException {
            var often = SimpleScheduleBuilder.simpleSchedule()
                    .withIntervalInMilliseconds(1)
                    .repeatForever()
                    .withMisfireHandlingInstructionNextWithRemainingCount();
            Threads.share(
                    Math.min(schedules, SCHEDULES),
                    number -> scheduler.scheduleJob(
                            detail(number),
                            trigger(number, Instant.now()).withSchedule(often).build()));
        }

        @Override
        public void add(int number, Instant due) throws SchedulerException {
            scheduler.scheduleJob(detail(number), trigger(number, due).build());
        }

        @Override
        public void start(IntConsumer code) throws SchedulerException {
            job = code;
            scheduler.start();
        }

        @Override
        public void close() {
            try {
                scheduler.shutdown(true);
            } catch (SchedulerException e) {
                throw new IllegalStateException("Quartz could not be shut down.", e);
            }
        }
    }
}
