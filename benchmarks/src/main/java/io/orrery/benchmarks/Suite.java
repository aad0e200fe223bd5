package io.orrery.benchmarks;

import static io.orrery.benchmarks.Contenders.AIOJOBS;
import static io.orrery.benchmarks.Contenders.ASYNCIOJOBS;
import static io.orrery.benchmarks.Contenders.BARE;
import static io.orrery.benchmarks.Contenders.DEXECUTOR;
import static io.orrery.benchmarks.Contenders.EXECUTOR;
import static io.orrery.benchmarks.Contenders.FUTURES_POOL;
import static io.orrery.benchmarks.Contenders.FUTURES_VIRTUAL;
import static io.orrery.benchmarks.Contenders.ONE_TIMER;
import static io.orrery.benchmarks.Contenders.ORRERY;
import static io.orrery.benchmarks.Contenders.ORRERY_REUSED;
import static io.orrery.benchmarks.Contenders.PARSEQ;
import static io.orrery.benchmarks.Contenders.PLANNING;
import static io.orrery.benchmarks.Contenders.QUARTZ;
import static io.orrery.benchmarks.Contenders.READY_PLAN;
import static io.orrery.benchmarks.Contenders.SCHEDULER;
import static io.orrery.benchmarks.Contenders.SCHEDULER_POOL;
import static io.orrery.benchmarks.Contenders.SCOPE;
import static io.orrery.benchmarks.Contenders.SCOPE_REUSED;
import static io.orrery.benchmarks.Contenders.SEMAPHORE;
import static io.orrery.benchmarks.Contenders.SEMAPHORE_FIRST;
import static io.orrery.benchmarks.Contenders.TIMERS;
import static io.orrery.benchmarks.Contenders.TWO_SEMAPHORES;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is measured: which work, done by whom, and how often in each fork. */
final class Suite {

    static final int SMALL = 10_000;
    static final int TWENTY_THOUSAND = 20_000;
    static final int LARGE = 100_000;
    static final int MILLION = 1_000_000;

    private static final int SPAWNS = 200_000;
    private static final int FULL_TREE = (1 << 17) - 1;
    private static final List<String> WAYS_OF_ORRERY = List.of(ORRERY, ORRERY_REUSED);

    /** Several contenders that do the same work in turns. */
    record Match(Workload workload, List<String> contenders, int warmups, int rounds) {}

    /** Contenders that are weighed, each in a virtual machine of its own. */
    record Weighing(Workload workload, List<String> contenders) {}

    private Suite() {}

    static Workload noOp(Shape shape) {
        return switch (shape) {
            case TREE -> Workload.of(shape, FULL_TREE);
            case PAIRS -> Workload.of(shape, 2 * LARGE);
            case INDEPENDENT, CHAIN, LAYERS, FORK_JOIN, SPAWNED, PENDING -> Workload.of(shape, LARGE);
        };
    }

    static Workload sleeping() {
        return Workload.of(Shape.INDEPENDENT, LARGE).load(Load.SLEEP);
    }

    static Workload sleepingInWindow() {
        return sleeping().window(64);
    }

    static Workload spawned() {
        return Workload.of(Shape.SPAWNED, SPAWNS).window(100);
    }

    static Workload spawnedAndSleeping() {
        return Workload.of(Shape.SPAWNED, LARGE).load(Load.SLEEP).window(100);
    }

    static Workload pending(int jobs) {
        return Workload.of(Shape.PENDING, jobs);
    }

    static Workload spinning() {
        return Workload.of(Shape.LAYERS, 50_000).load(Load.SPIN);
    }

    static Workload oneJob() {
        return Workload.of(Shape.CHAIN, 1).times(20_000);
    }

    static Workload chainOfTen() {
        return Workload.of(Shape.CHAIN, 10).times(20_000);
    }

    /** In which orders a shape is declared: all are the same where nothing is required. */
    static List<Order> orders(Shape shape) {
        return shape == Shape.INDEPENDENT ? List.of(Order.EXECUTION) : List.of(Order.values());
    }

    static List<Match> matches() {
        List<Match> matches = new ArrayList<>();
        for (Shape shape : Shape.graphs()) {
            matches.add(new Match(noOp(shape), everybody(), 8, 13));
        }
        matches.add(new Match(oneJob(), atomic(), 8, 13));
        matches.add(new Match(chainOfTen(), atomic(), 8, 13));
        matches.add(new Match(sleeping(), atomic(), 8, 13));
        matches.add(new Match(sleepingInWindow(), with(SEMAPHORE), 2, 5));
        matches.add(new Match(spinning(), with(FUTURES_VIRTUAL), 10, 9));
        for (Shape shape : Shape.graphs()) {
            matches.add(new Match(Workload.of(shape, TWENTY_THOUSAND), with(ASYNCIOJOBS), 24, 13));
        }
        matches.add(new Match(spawned(), spawners(), 15, 15));
        matches.add(new Match(spawnedAndSleeping(), List.of(SCOPE, SCOPE_REUSED, SEMAPHORE, AIOJOBS), 2, 15));
        List<String> timers = List.of(SCHEDULER, SCHEDULER_POOL, TIMERS, ONE_TIMER);
        matches.add(new Match(pending(MILLION), timers, 3, 5));
        matches.add(new Match(
                pending(TWENTY_THOUSAND),
                Stream.concat(timers.stream(), Stream.of(QUARTZ)).toList(),
                16,
                12));
        matches.addAll(growth());
        matches.add(new Match(Workload.of(Shape.LAYERS, LARGE), List.of(ORRERY + PLANNING), 8, 13));
        matches.add(new Match(Workload.of(Shape.LAYERS, MILLION), List.of(ORRERY + PLANNING), 2, 5));
        return matches;
    }

    private static List<Match> growth() {
        List<Match> matches = new ArrayList<>();
        for (Shape shape : Shape.graphs()) {
            for (Order order : orders(shape)) {
                var small = Workload.of(shape, SMALL).declared(order);
                var large = Workload.of(shape, MILLION).declared(order);
                matches.add(new Match(small, order == Order.EXECUTION ? with(DEXECUTOR) : with(), 32, 24));
                matches.add(new Match(large, with(), 2, 5));
            }
        }
        return matches;
    }

    static List<Weighing> weighings() {
        List<String> all = with(BARE, FUTURES_VIRTUAL, FUTURES_POOL, PARSEQ);
        return List.of(
                new Weighing(Workload.of(Shape.INDEPENDENT, MILLION), all),
                new Weighing(Workload.of(Shape.LAYERS, MILLION), all),
                new Weighing(pending(MILLION), List.of(SCHEDULER)));
    }

    private static List<String> spawners() {
        return List.of(SCOPE, SCOPE_REUSED, BARE, EXECUTOR, SEMAPHORE, SEMAPHORE_FIRST, TWO_SEMAPHORES, AIOJOBS);
    }

    private static List<String> everybody() {
        return with(
                ORRERY + READY_PLAN, ORRERY_REUSED + READY_PLAN, BARE, EXECUTOR, FUTURES_VIRTUAL, FUTURES_POOL, PARSEQ);
    }

    private static List<String> atomic() {
        return with(BARE, EXECUTOR, FUTURES_VIRTUAL);
    }

    private static List<String> with(String... others) {
        List<String> all = new ArrayList<>(WAYS_OF_ORRERY);
        all.addAll(List.of(others));
        return all;
    }
}
