package io.orrery.benchmarks.stores;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;

/** JobRunr with a hundred workers. Of what recurs it takes a hundred at most, and looks every five seconds. */
record JobRunrServer(String title) implements Contestant {

    private static final int WORKERS = 100;
    private static final int CONNECTIONS = 50;

    /** One server at a time, of which the handlers that JobRunr makes know by this. */
    private static volatile IntConsumer job = number -> {};

    /** What is to be run. */
    public record Request(int number) implements JobRequest {
        @Override
        public Class<Handler> getJobRequestHandler() {
            return Handler.class;
        }
    }

    /** What JobRunr makes anew for each job. */
    public static final class Handler implements JobRequestHandler<Request> {
        @Override
        public void run(Request request) {
            job.accept(request.number());
        }
    }

    @Override
    public int jobs(Measure measure, int whole) {
        return switch (measure) {
            case ONE_SHOTS, WRITES -> whole / 30;
            case ADDED -> whole / 20;
            default -> 0;
        };
    }

    @Override
    public int every() {
        return 2;
    }

    @Override
    public void create(Server server) throws Exception {
        open(server).close();
    }

    @Override
    public List<String> tables() {
        return List.of("jobrunr_jobs");
    }

    @Override
    public String unfinished() {
        return "select 1 from jobrunr_jobs where state <> 'SUCCEEDED' limit 1";
    }

    @Override
    public Node open(Server server) {
        return new JobRunrNode(server.pool(CONNECTIONS));
    }

    private static final class JobRunrNode implements Node {
        private final HikariDataSource pool;
        private final JobRequestScheduler scheduler;
        private final BackgroundJobServer server;

        JobRunrNode(HikariDataSource pool) {
            this.pool = pool;
            var configuration = BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                    .andWorkerCount(WORKERS)
                    .andPollInterval(Duration.ofSeconds(5));
            var result = JobRunr.configure()
                    .useJsonMapper(new Jackson3JsonMapper())
                    .useStorageProvider(new PostgresStorageProvider(pool))
                    .useBackgroundJobServer(configuration, false)
                    .initialize();
            scheduler = result.getJobRequestScheduler();
            server = result.getBackgroundJobServer();
        }

        @Override
        public void fill(int jobs, Instant due) {
            scheduler.enqueue(IntStream.range(0, jobs).mapToObj(Request::new));
        }

        @Override
        public void fillRecurring(int schedules) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void add(int number, Instant due) {
            scheduler.schedule(due, new Request(number));
        }

        @Override
        public void start(IntConsumer code) {
            job = code;
            server.start();
        }

        @Override
        public void close() {
            JobRunr.destroy();
            pool.close();
        }
    }
}
