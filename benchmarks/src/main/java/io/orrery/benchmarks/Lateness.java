package io.orrery.benchmarks;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.executor.JobExecutor;
import io.orrery.schedule.scheduler.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * How late jobs begin of which 10,000 are due a second, evenly, for some seconds. All contenders do that in turns, in one virtual
 * machine; of each, the median round counts.
 */
final class Lateness {

    private static final Logger LOG = Logger.getLogger("io.orrery.schedule");
    private static final int A_SECOND = 10_000;
    private static final Duration LEAD = Duration.ofSeconds(3); // to add them all
    private static final int WARMUPS = 1;
    private static final double[] QUANTILES = {0.5, 0.99, 0.999, 1};

    /** Fires jobs at their times. */
    private interface Timers {

        /** Adds what is to run then; what it returns ends it all. */
        Callable<?> start(Instant[] due, Arrivals arrivals) throws Exception;
    }

    /** When jobs began. */
    private static final class Arrivals {
        private final long[] late; // nanoseconds
        private final Instant[] due;
        private final CountDownLatch left;

        Arrivals(Instant[] due) {
            this.due = due;
            this.late = new long[due.length];
            this.left = new CountDownLatch(due.length);
        }

        void arrive(int job) {
            late[job] = Duration.between(due[job], Instant.now()).toNanos();
            left.countDown();
        }

        double[] quantiles() throws InterruptedException {
            if (!left.await(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException(left.getCount() + " jobs have not run within a minute");
            }
            Arrays.sort(late);
            return Arrays.stream(QUANTILES)
                    .map(quantile -> late[(int) Math.ceil(quantile * late.length) - 1] / 1_000.0)
                    .toArray();
        }
    }

    private Lateness() {}

    /** Arguments: how many rounds, and for how many seconds each. */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 4;
        LOG.setLevel(Level.WARNING);
        Map<String, List<double[]>> results = new LinkedHashMap<>();
        for (int round = -WARMUPS; round < rounds; round++) {
            for (Map.Entry<String, Timers> contender : contenders().entrySet()) {
                System.gc();
                double[] quantiles = round(contender.getValue(), seconds * A_SECOND);
                if (round >= 0) {
                    results.computeIfAbsent(contender.getKey(), _ -> new ArrayList<>())
                            .add(quantiles);
                }
            }
        }
        System.out.println("| µs late, 10,000 a second | median | p99 | p99.9 | worst |");
        System.out.println("|---|--:|--:|--:|--:|");
        results.forEach((title, all) -> System.out.println(row(title, all)));
        System.exit(0);
    }

    private static String row(String title, List<double[]> rounds) {
        var row = new StringBuilder("| ").append(title).append(" |");
        for (int i = 0; i < QUANTILES.length; i++) {
            int quantile = i;
            double median = Results.median(rounds.stream().map(round -> round[quantile]))
                    .orElseThrow();
            row.append(String.format(Locale.ROOT, " %,.0f |", median));
        }
        return row.toString();
    }

    private static double[] round(Timers timers, int jobs) throws Exception {
        Instant begin = Instant.now().plus(LEAD);
        var due = new Instant[jobs];
        Arrays.setAll(due, job -> begin.plusNanos(job * (1_000_000_000L / A_SECOND)));
        var arrivals = new Arrivals(due);
        Callable<?> end = timers.start(due, arrivals);
        double[] quantiles = arrivals.quantiles();
        end.call();
        return quantiles;
    }

    private static Map<String, Timers> contenders() {
        int cores = Runtime.getRuntime().availableProcessors();
        var all = new LinkedHashMap<String, Timers>();
        all.put(Contenders.SCHEDULER, (due, arrivals) -> orrery(JobExecutor.virtualThreads(), due, arrivals));
        all.put(
                Contenders.SCHEDULER_POOL,
                (due, arrivals) -> orrery(JobExecutor.platformThreads(cores), due, arrivals));
        all.put(Contenders.TIMERS, (due, arrivals) -> pool(cores, due, arrivals));
        all.put(Contenders.ONE_TIMER, (due, arrivals) -> pool(1, due, arrivals));
        all.put(Contenders.QUARTZ, Lateness::quartz);
        return all;
    }

    private static Callable<?> orrery(JobExecutor executor, Instant[] due, Arrivals arrivals) {
        Scheduler scheduler =
                Scheduler.named("benchmark").executor(executor).open().start();
        scheduler.listen(event -> {});
        for (int i = 0; i < due.length; i++) {
            int job = i;
            scheduler.add(Schedule.named("job " + job).at(due[job]).action(() -> arrivals.arrive(job)));
        }
        return scheduler::shutdown;
    }

    private static Callable<?> pool(int threads, Instant[] due, Arrivals arrivals) {
        var executor = new ScheduledThreadPoolExecutor(threads);
        for (int i = 0; i < due.length; i++) {
            int job = i;
            long delay = Duration.between(Instant.now(), due[job]).toNanos();
            Future<?> _ = executor.schedule(() -> arrivals.arrive(job), delay, TimeUnit.NANOSECONDS);
        }
        return () -> {
            executor.shutdown();
            return executor.awaitTermination(1, TimeUnit.MINUTES);
        };
    }

    private static Callable<?> quartz(Instant[] due, Arrivals arrivals) throws Exception {
        var scheduler = Quartz.scheduler();
        for (int i = 0; i < due.length; i++) {
            int job = i;
            Quartz.add(scheduler, "job " + job, due[job], () -> arrivals.arrive(job));
        }
        scheduler.start();
        return () -> {
            scheduler.shutdown(/* waitForJobsToComplete= */ true);
            return scheduler;
        };
    }
}
