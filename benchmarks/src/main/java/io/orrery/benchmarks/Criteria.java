package io.orrery.benchmarks;

import static io.orrery.benchmarks.Contenders.AIOJOBS;
import static io.orrery.benchmarks.Contenders.ASYNCIOJOBS;
import static io.orrery.benchmarks.Contenders.BARE;
import static io.orrery.benchmarks.Contenders.EXECUTOR;
import static io.orrery.benchmarks.Contenders.FUTURES_POOL;
import static io.orrery.benchmarks.Contenders.FUTURES_VIRTUAL;
import static io.orrery.benchmarks.Contenders.ONE_TIMER;
import static io.orrery.benchmarks.Contenders.ORRERY;
import static io.orrery.benchmarks.Contenders.ORRERY_REUSED;
import static io.orrery.benchmarks.Contenders.PLANNING;
import static io.orrery.benchmarks.Contenders.READY_PLAN;
import static io.orrery.benchmarks.Contenders.SCHEDULER;
import static io.orrery.benchmarks.Contenders.SCOPE;
import static io.orrery.benchmarks.Contenders.SCOPE_REUSED;
import static io.orrery.benchmarks.Contenders.SEMAPHORE;
import static io.orrery.benchmarks.Contenders.TIMERS;

import io.orrery.benchmarks.Criterion.Bound;
import io.orrery.benchmarks.Sample.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The goals that were set before anything was measured. None is taken away for not being reached. */
final class Criteria {

    /** Of a contender that failed: no goal is reached with it. */
    private static final OptionalDouble FAILED = OptionalDouble.of(Double.POSITIVE_INFINITY);

    private final List<Criterion> all = new ArrayList<>();

    private Criteria() {}

    static List<Criterion> all() {
        var criteria = new Criteria();
        criteria.noOps();
        criteria.asynciojobs();
        criteria.growth();
        criteria.smallGraphs();
        criteria.waitingAndComputing();
        criteria.spawning();
        criteria.pending();
        criteria.memory();
        criteria.planning();
        return criteria.all;
    }

    private void noOps() {
        String fresh = "Jobs that do nothing, a fresh thread each";
        against(fresh, Shape.INDEPENDENT, ORRERY, EXECUTOR, 1.15);
        against(fresh, Shape.LAYERS, ORRERY, FUTURES_VIRTUAL, 0.9);
        against(fresh, Shape.TREE, ORRERY, FUTURES_VIRTUAL, 0.9);
        against(fresh, Shape.CHAIN, ORRERY, FUTURES_VIRTUAL, 0.9);
        String reused = "Jobs that do nothing, threads reused";
        against(reused, Shape.INDEPENDENT, ORRERY_REUSED, EXECUTOR, 0.5);
        against(reused, Shape.TREE, ORRERY_REUSED, EXECUTOR, 0.5);
        against(reused, Shape.LAYERS, ORRERY_REUSED, FUTURES_VIRTUAL, 0.5);
        against(reused, Shape.LAYERS, ORRERY_REUSED, FUTURES_POOL, 1.0);
        against(reused, Shape.CHAIN, ORRERY_REUSED, FUTURES_VIRTUAL, 0.4);
    }

    /** What depends on nothing is compared, job for job, with independent jobs where the other one knows no others. */
    private void against(String group, Shape shape, String subject, String reference, double goal) {
        Workload workload = Suite.noOp(shape);
        boolean same = shape == Shape.INDEPENDENT || !reference.equals(EXECUTOR);
        atMost(
                group,
                shape + ", of the time of " + reference + (same ? "" : " for as many independent jobs"),
                goal,
                "",
                results -> same
                        ? ratio(results, workload, subject, reference, Measure.WALL)
                        : quotient(
                                each(results, workload, subject, Measure.WALL),
                                each(results, Suite.noOp(Shape.INDEPENDENT), reference, Measure.WALL)));
    }

    private void asynciojobs() {
        for (Shape shape : Shape.graphs()) {
            var workload = Workload.of(shape, Suite.TWENTY_THOUSAND);
            String what = "20,000 jobs, " + shape;
            String group = "Times as fast as asynciojobs";
            atLeast(group, what + ", fresh threads", 80, results -> speed(results, workload, ORRERY));
            atLeast(
                    group,
                    what + ", threads reused",
                    shape == Shape.LAYERS ? 100 : 150,
                    results -> speed(results, workload, ORRERY_REUSED));
        }
    }

    private void growth() {
        for (String subject : List.of(ORRERY, ORRERY_REUSED)) {
            for (Shape shape : Shape.graphs()) {
                for (Order order : Suite.orders(shape)) {
                    var small = Workload.of(shape, Suite.SMALL).declared(order);
                    var large = Workload.of(shape, Suite.MILLION).declared(order);
                    atMost(
                            subject + ": time of a job among 1,000,000, of that among 10,000",
                            shape + ", " + order,
                            1.5,
                            "",
                            results -> quotient(
                                    each(results, large, subject, Measure.WALL),
                                    each(results, small, subject, Measure.WALL)));
                }
            }
        }
    }

    private void smallGraphs() {
        for (String subject : List.of(ORRERY, ORRERY_REUSED)) {
            String group = subject + ": called from a virtual thread";
            atMost(group, "1 job", 2, " µs", results -> micros(results, Suite.oneJob(), subject));
            atMost(group, "chain of 10", 4, " µs", results -> micros(results, Suite.chainOfTen(), subject));
        }
    }

    private void waitingAndComputing() {
        String group = "Jobs that wait or compute";
        Workload window = Suite.sleepingInWindow();
        atMost(
                group,
                window + ", of the time of " + SEMAPHORE,
                1.05,
                "",
                results -> ratio(results, window, ORRERY, SEMAPHORE, Measure.WALL));
        atMost(
                group,
                window + ", of the processor time of " + SEMAPHORE,
                1,
                "",
                results -> ratio(results, window, ORRERY, SEMAPHORE, Measure.CPU));
        Workload sleeping = Suite.sleeping();
        atMost(
                group,
                sleeping + ", of the time of " + BARE,
                1.2,
                "",
                results -> ratio(results, sleeping, ORRERY, BARE, Measure.WALL));
        Workload spinning = Suite.spinning();
        double ideal = (double) Load.SPIN_NANOS / Runtime.getRuntime().availableProcessors();
        all.add(new Criterion(
                group,
                spinning + ", use of all cores",
                Bound.AT_LEAST,
                94,
                " %",
                results -> quotient(OptionalDouble.of(100 * ideal), each(results, spinning, ORRERY, Measure.WALL))));
    }

    private void spawning() {
        String group = "Background jobs";
        Workload spawned = Suite.spawned();
        against(group, spawned, SCOPE, EXECUTOR, 1.2);
        against(group, spawned, SCOPE, SEMAPHORE, 1.0);
        against(group, spawned, SCOPE_REUSED, EXECUTOR, 1.0);
        against(group, Suite.spawnedAndSleeping(), SCOPE, SEMAPHORE, 1.1);
        atLeast(
                group,
                spawned + ", threads reused, times as fast as " + AIOJOBS,
                15,
                results ->
                        quotient(OptionalDouble.of(1), ratio(results, spawned, SCOPE_REUSED, AIOJOBS, Measure.WALL)));
        atMost(
                group,
                spawned + ", allocated beyond a bare virtual thread",
                160,
                " B/job",
                results -> difference(
                        each(results, spawned, SCOPE, Measure.ALLOCATED),
                        each(results, spawned, BARE, Measure.ALLOCATED)));
    }

    private void pending() {
        Workload million = Suite.pending(Suite.MILLION);
        for (String reference : List.of(TIMERS, ONE_TIMER)) {
            atLeast(
                    "Pending jobs",
                    million + ", rate, of that of " + reference,
                    0.5,
                    results -> quotient(
                            OptionalDouble.of(1), ratio(results, million, SCHEDULER, reference, Measure.WALL)));
        }
    }

    private void against(String group, Workload workload, String subject, String reference, double goal) {
        atMost(
                group,
                workload + ", " + subject + ", of the time of " + reference,
                goal,
                "",
                results -> ratio(results, workload, subject, reference, Measure.WALL));
    }

    private void memory() {
        String group = "Memory";
        for (String subject : List.of(ORRERY, ORRERY_REUSED)) {
            for (Shape shape : List.of(Shape.INDEPENDENT, Shape.LAYERS)) {
                var million = Workload.of(shape, Suite.MILLION);
                atMost(
                        group,
                        subject + ": plan and state of the run, " + shape + ", -Xmx512m",
                        160,
                        " B/job",
                        results -> state(results, million, subject));
            }
        }
        Workload pending = Suite.pending(Suite.MILLION);
        atMost(
                group,
                SCHEDULER + ": kept of a schedule that is pending, -Xmx512m",
                300,
                " B/job",
                results -> state(results, pending, SCHEDULER));
        Workload independent = Suite.noOp(Shape.INDEPENDENT);
        for (Shape shape : Shape.graphs()) {
            Workload workload = Suite.noOp(shape);
            atMost(
                    group,
                    "allocated while running beyond a bare virtual thread, " + shape,
                    120,
                    " B/job",
                    results -> difference(
                            each(results, workload, ORRERY + READY_PLAN, Measure.ALLOCATED),
                            each(results, independent, BARE, Measure.ALLOCATED)));
            atMost(
                    group,
                    "allocated while running, threads reused, " + shape,
                    100,
                    " B/job",
                    results -> each(results, workload, ORRERY_REUSED + READY_PLAN, Measure.ALLOCATED));
        }
    }

    private void planning() {
        String group = "Planning";
        String planning = ORRERY + PLANNING;
        var large = Workload.of(Shape.LAYERS, Suite.LARGE);
        var million = Workload.of(Shape.LAYERS, Suite.MILLION);
        atMost(
                group,
                "1,000,000 jobs with 3,000,000 requirements, declared and planned",
                2,
                " s",
                results -> times(each(results, million, planning, Measure.WALL), Suite.MILLION / 1e9));
        atMost(
                group,
                "time of a job among 1,000,000, of that among 100,000",
                1.5,
                "",
                results -> quotient(
                        each(results, million, planning, Measure.WALL), each(results, large, planning, Measure.WALL)));
    }

    private void atMost(
            String group, String what, double goal, String unit, Function<Results, OptionalDouble> measured) {
        all.add(new Criterion(group, what, Bound.AT_MOST, goal, unit, measured));
    }

    private void atLeast(String group, String what, double goal, Function<Results, OptionalDouble> measured) {
        all.add(new Criterion(group, what, Bound.AT_LEAST, goal, "", measured));
    }

    private static OptionalDouble micros(Results results, Workload workload, String subject) {
        return times(each(results, workload, subject, Measure.WALL), 1e-3);
    }

    private static OptionalDouble state(Results results, Workload workload, String subject) {
        return switch (results.weights(workload).get(subject)) {
            case Line.Weighed weighed -> OptionalDouble.of((double) weighed.state() / workload.jobs());
            case Line.Failed _ -> FAILED;
            case null, default -> OptionalDouble.empty();
        };
    }

    private static OptionalDouble speed(Results results, Workload workload, String subject) {
        return quotient(OptionalDouble.of(1), ratio(results, workload, subject, ASYNCIOJOBS, Measure.WALL));
    }

    private static OptionalDouble each(Results results, Workload workload, String contender, Measure measure) {
        return results.failure(workload, contender).isPresent() ? FAILED : results.each(workload, contender, measure);
    }

    private static OptionalDouble ratio(
            Results results, Workload workload, String subject, String reference, Measure measure) {
        if (results.failure(workload, reference).isPresent()) {
            return OptionalDouble.empty();
        }
        return results.failure(workload, subject).isPresent()
                ? FAILED
                : results.ratio(workload, subject, reference, measure);
    }

    private static OptionalDouble times(OptionalDouble value, double factor) {
        return value.isEmpty() ? value : OptionalDouble.of(value.getAsDouble() * factor);
    }

    private static OptionalDouble quotient(OptionalDouble one, OptionalDouble other) {
        return one.isEmpty() || other.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(one.getAsDouble() / other.getAsDouble());
    }

    private static OptionalDouble difference(OptionalDouble one, OptionalDouble other) {
        return one.isEmpty() || other.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(one.getAsDouble() - other.getAsDouble());
    }
}
