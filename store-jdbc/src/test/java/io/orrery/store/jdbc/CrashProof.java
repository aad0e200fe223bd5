package io.orrery.store.jdbc;

import io.orrery.job.RetryPolicy;
import io.orrery.schedule.Overlap;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.SchedulePolicy;
import io.orrery.schedule.SchedulePolicy.Coalesce;
import io.orrery.schedule.scheduler.Scheduler;
import io.orrery.schedule.store.StoreException;
import io.orrery.schedule.trigger.Trigger;
import io.orrery.store.jdbc.CrashHistory.Plan;
import io.orrery.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/**
 * Five processes share a PostgreSQL, and for so long everything goes wrong: each second a process is killed, connections are
 * cut and stalled, processes are frozen beyond their leases and thawed, the database is stopped hard three times. Then all of it
 * is left alone until nothing is left to do. What comes out is the history, for {@link CrashHistory} to judge.
 */
final class CrashProof implements AutoCloseable {

    private static final int NODES = 5;
    private static final int RECURRING = 24;
    private static final Duration AFTERMATH = Duration.ofSeconds(60);
    private static final TimeSource TIME = TimeSource.system();
    private static final Logger LOG = Logger.getLogger("io.orrery.schedule"); // kept, or its level is forgotten

    private final Duration time;
    private final Random random;
    private final Path folder;
    private final Servers.Server server;
    private final CrashDatabase database;
    private final List<CrashCell> cells;
    private final CutProxy ownProxy;
    private final List<Plan> plans = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean over;

    CrashProof(Duration time, long seed) throws Exception {
        LOG.setLevel(Level.SEVERE);
        this.time = time;
        this.random = new Random(seed);
        this.folder = Files.createTempDirectory(Path.of("target"), "crash").toAbsolutePath();
        this.server = Servers.postgres();
        this.database = new CrashDatabase(server);
        this.ownProxy = new CutProxy(server.port);
        this.cells = IntStream.range(0, NODES)
                .mapToObj(i -> new CrashCell("n" + i, server, folder, database.faults))
                .toList();
    }

    /** All of it. */
    CrashHistory run() throws Exception {
        try (var source = CrashNode.source(url(ownProxy.port()), "adder")) {
            return run(JdbcStore.on(source));
        }
    }

    private CrashHistory run(JdbcStore store) throws Exception {
        Scheduler scheduler = Scheduler.named("adder")
                .node("adder")
                .lease(CrashNode.LEASE)
                .store(store)
                .open();
        for (String job : List.of("quick", "slow", "effect")) {
            scheduler.action(job, () -> {});
        }
        scheduler.lifecycle("pump", Trigger.every(Duration.ofSeconds(1)), () -> (_, _) -> {});
        scheduler.startPaused();
        database.audit();
        scheduler.add(Schedule.named("pump").lifecycle("pump"));
        addRecurring(scheduler);
        cells.forEach(CrashCell::start);
        Thread adder = Thread.ofPlatform().name("adder").start(() -> addOneShots(scheduler));
        database.awaitFirstEnd();
        makeTrouble();
        over = true;
        adder.join();
        cells.forEach(CrashCell::keepUp);
        scheduler.shutdownNow();
        boolean done = database.awaitNothingLeft(AFTERMATH);
        cells.forEach(CrashCell::kill);
        if (!done) {
            plans.add(new Plan("something is left after " + AFTERMATH + ": " + database.left(), 0, 0, 1, true, false));
        }
        database.brokenLimits().forEach(what -> plans.add(new Plan(what, 0, 0, 1, true, false)));
        return database.history(List.copyOf(plans), CrashCell.journals(folder));
    }

    static String url(int port) {
        return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
    }

    // ------------------------------------------------------------------------------------- what is to be done

    private void addRecurring(Scheduler scheduler) {
        long first = Nanos.of(TIME.instant()) / 1_000_000_000 * 1_000_000_000 + 5_000_000_000L;
        long step = 1_000_000_000L;
        int count = (int) time.toSeconds();
        for (int i = 0; i < RECURRING; i++) {
            Overlap overlap = i % 2 == 0 ? Overlap.BUFFER_ALL : Overlap.ALLOW_ALL;
            long start = first + i * 40_000_000L;
            scheduler.add(Schedule.named("each-" + i)
                    .trigger(Trigger.every(Duration.ofNanos(step))
                            .from(Nanos.instant(start))
                            .until(Nanos.instant(start + count * step - step / 2)))
                    .job("quick")
                    .policy(policy -> patient(policy).overlap(overlap)));
            plans.add(new Plan("each-" + i, start, step, count, true, false));
        }
    }

    private static SchedulePolicy patient(SchedulePolicy policy) {
        return policy.neverTooLate().coalesce(Coalesce.ALL).catchUp(100_000);
    }

    private void addOneShots(Scheduler scheduler) {
        for (int i = 0; !over; i++) {
            String job = List.of("quick", "slow", "effect").get(i % 3);
            boolean inTurn = i % 6 == 0;
            String id = (inTurn ? "turn" : job) + "-" + i;
            Instant due = Nanos.instant(Nanos.of(TIME.instant()) / 1000 * 1000 + (i % 20) * 100_000_000L);
            boolean certain = false;
            try {
                Schedule schedule = Schedule.named(id)
                        .at(due)
                        .job(job)
                        .policy(policy ->
                                patient(policy).retry(RetryPolicy.retries(1_000).delay(Duration.ofMillis(200))));
                scheduler.add(inTurn ? schedule.mutex("turn") : schedule);
                certain = true;
            } catch (StoreException e) {
                System.getLogger("crash").log(System.Logger.Level.DEBUG, id, e);
            }
            plans.add(new Plan(id, Nanos.of(due), 0, 1, certain, job.equals("effect")));
            pause(Duration.ofMillis(100));
        }
    }

    // ------------------------------------------------------------------------------------- what goes wrong

    private void makeTrouble() throws IOException, SQLException {
        long seconds = time.toSeconds();
        List<Long> stops = List.of(seconds / 6, seconds / 2, seconds * 5 / 6);
        for (long second = 0; second < seconds; second++) {
            long end = TIME.nanos() + 1_000_000_000L;
            pause(Duration.ofMillis(random.nextInt(900)));
            anyCell().kill();
            if (stops.contains(second)) {
                database.stopAndStart(second == stops.getFirst());
            }
            if (second % 20 == 4) {
                anyCell().freeze(CrashNode.LEASE.plusSeconds(4));
            }
            if (second % 5 == 1) {
                anyCell().cut();
            }
            if (second % 20 == 13) {
                anyCell().stall(CrashNode.LEASE.plusSeconds(3));
            }
            if (second % 7 == 3) {
                ownProxy.cut();
            }
            cells.forEach(CrashCell::keepUp);
            pause(Duration.ofNanos(Math.max(0, end - TIME.nanos())));
        }
    }

    /** One that is not having trouble already. */
    private CrashCell anyCell() {
        List<CrashCell> well = cells.stream().filter(CrashCell::isWell).toList();
        return well.get(random.nextInt(well.size()));
    }

    static void pause(Duration duration) {
        try {
            TIME.sleep(duration);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        cells.forEach(CrashCell::close);
        ownProxy.close();
        server.kill();
    }
}
