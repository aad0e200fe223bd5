package io.orrery.benchmarks.stores;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteReschedule;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** db-scheduler, which locks and fetches: 20 threads with a connection each, up to a thousand due at once in its memory. */
record DbScheduler(String title) implements Contestant {

    private static final int THREADS = 20;
    private static final int SCHEDULES = 10_000;
    private static final int BATCH = 10_000;
    private static final TaskDescriptor<Void> ONE_SHOT = TaskDescriptor.of("one-shot");
    private static final TaskDescriptor<Void> RECURRING = TaskDescriptor.of("recurring");

    @Override
    public int jobs(Measure measure, int whole) {
        return switch (measure) {
            case ONE_SHOTS, WRITES -> whole / 3;
            case RECURRING -> whole / 6;
            case ADDED -> whole / 5;
            case LATENCY, LATENCY_ACROSS -> whole;
            case FEW_DUE, MANY_DUE, ONE_NODE, FOUR_NODES, DELAY_LOADED, DELAY_CALM -> 0;
        };
    }

    @Override
    public void create(Server server) throws SQLException {
        server.execute("""
            create table if not exists scheduled_tasks (
              task_name text not null,
              task_instance text not null,
              task_data bytea,
              execution_time timestamp with time zone not null,
              picked boolean not null,
              picked_by text,
              last_success timestamp with time zone,
              last_failure timestamp with time zone,
              consecutive_failures int,
              last_heartbeat timestamp with time zone,
              version bigint not null,
              primary key (task_name, task_instance)
            );
            create index if not exists execution_time_idx on scheduled_tasks (execution_time);
            create index if not exists last_heartbeat_idx on scheduled_tasks (last_heartbeat)\
            """);
    }

    @Override
    public List<String> tables() {
        return List.of("scheduled_tasks");
    }

    @Override
    public String unfinished() {
        return "select 1 from scheduled_tasks limit 1";
    }

    @Override
    public Node open(Server server) {
        return new DbNode(server.pool(THREADS));
    }

    private static final class DbNode implements Node {
        private final HikariDataSource pool;
        private final Scheduler scheduler;
        private volatile IntConsumer job = number -> {};

        DbNode(HikariDataSource pool) {
            this.pool = pool;
            var oneShot = Tasks.oneTime(ONE_SHOT).execute((instance, context) -> run(instance));
            var recurring = Tasks.custom(RECURRING).execute((instance, context) -> {
                run(instance);
                return new OnCompleteReschedule<>(Schedules.fixedDelay(Duration.ofMillis(1)));
            });
            this.scheduler = Scheduler.create(pool, oneShot, recurring)
                    .threads(THREADS)
                    .pollUsingLockAndFetch(THREADS, 2 * 25.0 * THREADS)
                    .pollingInterval(Duration.ofMillis(100))
                    .enableImmediateExecution()
                    .build();
        }

        private void run(TaskInstance<Void> instance) {
            job.accept(Integer.parseInt(instance.getId()));
        }

        private static SchedulableInstance<Void> instance(TaskDescriptor<Void> task, int number, Instant due) {
            return task.instance(Integer.toString(number)).scheduledTo(due);
        }

        @Override
        public void fill(int jobs, Instant due) {
            for (int from = 0; from < jobs; from += BATCH) {
                List<SchedulableInstance<?>> some = IntStream.range(from, Math.min(jobs, from + BATCH))
                        .<SchedulableInstance<?>>mapToObj(
                                number -> instance(ONE_SHOT, number, due.plusNanos(number * 1_000L)))
                        .toList();
                scheduler.scheduleBatch(some);
            }
        }

        @Override
        public void fillRecurring(int schedules) {
            Instant now = Instant.now();
            scheduler.scheduleBatch(IntStream.range(0, Math.min(schedules, SCHEDULES))
                    .<SchedulableInstance<?>>mapToObj(number -> instance(RECURRING, number, now))
                    .toList());
        }

        @Override
        public void add(int number, Instant due) {
            scheduler.schedule(instance(ONE_SHOT, number, due));
        }

        @Override
        public void start(IntConsumer code) {
            job = code;
            scheduler.start();
        }

        @Override
        public void close() {
            scheduler.stop();
            pool.close();
        }
    }
}
