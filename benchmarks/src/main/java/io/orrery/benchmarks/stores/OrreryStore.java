package io.orrery.benchmarks.stores;

import com.zaxxer.hikari.HikariDataSource;
import io.orrery.job.JobContext;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleEvent;
import io.orrery.schedule.scheduler.Scheduler;
import io.orrery.schedule.trigger.Trigger;
import io.orrery.store.jdbc.JdbcStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Orrery as users get it; its log says what is wrong only. */
record OrreryStore(String title, boolean keepsRuns) implements Contestant {

    private static final int CONNECTIONS = 10;
    private static final int SCHEDULES = 10_000;
    private static final Logger LOG = Logger.getLogger("io.orrery.schedule");

    static {
        LOG.setLevel(Level.WARNING);
    }

    @Override
    public int jobs(Measure measure, int whole) {
        boolean once = measure == Measure.ONE_SHOTS || measure == Measure.WRITES || measure == Measure.RECURRING;
        return once || !keepsRuns ? whole : 0;
    }

    @Override
    public void create(Server server) {
        open(server).close();
    }

    @Override
    public List<String> tables() {
        return List.of("orrery_schedule", "orrery_fire", "orrery_run", "orrery_tally");
    }

    @Override
    public String unfinished() {
        return "select 1 from orrery_schedule limit 1";
    }

    @Override
    public OrreryNode open(Server server) {
        return new OrreryNode(server.pool(CONNECTIONS), keepsRuns);
    }

    /** A scheduler of Orrery. */
    static final class OrreryNode implements Node {
        private final HikariDataSource pool;
        private final Scheduler scheduler;
        private volatile IntConsumer job = number -> {};

        OrreryNode(HikariDataSource pool, boolean keepsRuns) {
            this.pool = pool;
            JdbcStore store = JdbcStore.on(pool);
            this.scheduler = Scheduler.named("benchmark")
                    .store(keepsRuns ? store : store.keepingNoRuns())
                    .open();
            scheduler.job("job", this::run);
            scheduler.startPaused();
        }

        private boolean run(JobContext context) {
            job.accept(number(context.path()));
            return true;
        }

        private static int number(String id) {
            return Integer.parseInt(id, id.lastIndexOf('-') + 1, id.length(), 10);
        }

        @Override
        public void fill(int jobs, Instant due) throws InterruptedException {
            Threads.share(jobs, number -> add(number, due.plusNanos(number * 1_000L)));
        }

        @Override
        public void fillRecurring(int jobs) throws InterruptedException {
            Threads.share(
                    Math.min(jobs, SCHEDULES),
                    number -> scheduler.add(Schedule.named("recurring-" + number)
                            .trigger(Trigger.every(Duration.ofMillis(1))
                                    .immediately()
                                    .afterCompletion())
                            .policy(policy -> policy.neverTooLate())
                            .job("job")));
        }

        @Override
        public void add(int number, Instant due) {
            scheduler.add(Schedule.named("one-shot-" + number).at(due).job("job"));
        }

        @Override
        public void start(IntConsumer code) {
            job = code;
            scheduler.resume();
        }

        /** Hears of each job whose end is written. */
        void listen(IntConsumer heard) {
            scheduler.listen(
                    event -> {
                        if (event instanceof ScheduleEvent.Executed executed) {
                            heard.accept(number(executed.fire().schedule()));
                        }
                    },
                    ScheduleEvent.Kind.TASK_EXECUTED);
        }

        @Override
        public void close() {
            scheduler.shutdownNow();
            pool.close();
        }
    }
}
