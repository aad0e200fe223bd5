package io.orrery.benchmarks.stores;

import io.orrery.benchmarks.stores.Contestant.Node;
import io.orrery.benchmarks.stores.OrreryStore.OrreryNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntConsumer;

/** Measures one contestant at a time. */
record Trials(Server server) {

    private static final double SECOND = 1e9;
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration CALM = Duration.ofNanos(200_000);
    private static final Duration APART = Duration.ofMillis(17);
    private static final Duration LEAD = Duration.ofMillis(1_500);

    /** What a turn has given. */
    Map<Measure, Double> run(Contestant contestant, Measure measure, int jobs) throws Exception {
        contestant.create(server);
        server.execute("truncate " + String.join(", ", contestant.tables()) + " cascade");
        return switch (measure) {
            case ONE_SHOTS, FEW_DUE, MANY_DUE -> oneShots(contestant, measure, jobs);
            case RECURRING -> Map.of(measure, recurring(contestant, jobs));
            case ADDED -> Map.of(measure, added(contestant, jobs));
            case ONE_NODE -> Map.of(measure, Processes.rate(server, contestant, 1, jobs));
            case FOUR_NODES -> Map.of(measure, Processes.rate(server, contestant, 4, jobs));
            case DELAY_LOADED -> Map.of(measure, delay((OrreryStore) contestant, jobs, Duration.ZERO));
            case DELAY_CALM -> Map.of(measure, delay((OrreryStore) contestant, jobs, CALM));
            case LATENCY -> Map.of(measure, latency(contestant, jobs));
            case LATENCY_ACROSS -> Map.of(measure, latencyAcross(contestant, jobs));
            case WRITES -> throw new IllegalArgumentException("This is seen along with " + Measure.ONE_SHOTS + ".");
        };
    }

    private Map<Measure, Double> oneShots(Contestant contestant, Measure measure, int jobs) throws Exception {
        try (Node node = contestant.open(server)) {
            node.fill(jobs, Instant.now());
            settle();
            long writes = server.writes();
            var probe = new Probe(jobs);
            node.start(probe);
            probe.await();
            awaitEnd(contestant);
            long end = System.nanoTime();
            long written = server.writes() - writes;
            probe.requireEachOnce();
            var results = new EnumMap<Measure, Double>(Measure.class);
            results.put(measure, jobs * SECOND / (end - probe.first()));
            if (measure == Measure.ONE_SHOTS) {
                results.put(Measure.WRITES, (double) written / jobs);
            }
            return results;
        }
    }

    private void settle() throws Exception {
        System.gc();
        server.settle();
    }

    private void awaitEnd(Contestant contestant) throws Exception {
        String left = "select exists (" + contestant.unfinished() + ")";
        while (server.text(left).equals("t")) {
            Thread.sleep(2);
        }
    }

    private double recurring(Contestant contestant, int jobs) throws Exception {
        try (Node node = contestant.open(server)) {
            node.fillRecurring(jobs);
            settle();
            var probe = new Probe(jobs);
            node.start(probe);
            probe.await();
            return jobs * SECOND / (probe.last() - probe.first());
        }
    }

    private double added(Contestant contestant, int jobs) throws Exception {
        try (Node node = contestant.open(server)) {
            Instant due = Instant.now().plus(LONG);
            settle();
            long begin = System.nanoTime();
            Threads.share(jobs, number -> node.add(number, due));
            return jobs * SECOND / (System.nanoTime() - begin);
        }
    }

    private double delay(OrreryStore contestant, int jobs, Duration apart) throws Exception {
        var ended = new AtomicLongArray(jobs);
        var delays = new long[jobs];
        var heard = new Probe(jobs);
        try (OrreryNode node = contestant.open(server)) {
            Instant begin = Instant.now().plus(LEAD);
            node.listen(number -> {
                delays[number] = System.nanoTime() - ended.get(number);
                heard.accept(number);
            });
            Threads.share(jobs, number -> node.add(number, begin.plus(apart.multipliedBy(number))));
            System.gc();
            node.start(number -> ended.set(number, System.nanoTime()));
            heard.await();
        }
        return percentile(delays, 99);
    }

    private static double percentile(long[] values, int percent) {
        Arrays.sort(values);
        return values[Math.min(values.length - 1, values.length * percent / 100)];
    }

    private double latency(Contestant contestant, int jobs) throws Exception {
        try (Node node = contestant.open(server)) {
            var lateness = new Lateness(jobs);
            node.start(lateness);
            Instant begin = Instant.now().plus(LEAD);
            for (int number = 0; number < jobs; number++) {
                lateness.due[number] = begin.plus(APART.multipliedBy(number));
                node.add(number, lateness.due[number]);
            }
            lateness.probe.await();
            return percentile(lateness.nanos, 50);
        }
    }

    private double latencyAcross(Contestant contestant, int jobs) throws Exception {
        try (Node here = contestant.open(server);
                Node there = contestant.open(server)) {
            var lateness = new Lateness(jobs);
            there.start(lateness);
            for (int number = 0; number < jobs; number++) {
                Thread.sleep(APART);
                lateness.due[number] = Instant.now();
                here.add(number, lateness.due[number]);
            }
            lateness.probe.await();
            return percentile(lateness.nanos, 50);
        }
    }

    /** A job that knows when it was due. */
    private static final class Lateness implements IntConsumer {
        final Instant[] due;
        final long[] nanos;
        final Probe probe;

        Lateness(int jobs) {
            due = new Instant[jobs];
            nanos = new long[jobs];
            probe = new Probe(jobs);
        }

        @Override
        public void accept(int number) {
            nanos[number] = Duration.between(due[number], Instant.now()).toNanos();
            probe.accept(number);
        }
    }
}
