package io.orrery.benchmarks.stores;

import static io.orrery.benchmarks.stores.Contestants.DB_SCHEDULER;
import static io.orrery.benchmarks.stores.Contestants.ORRERY;
import static io.orrery.benchmarks.stores.Contestants.ORRERY_HISTORY;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A goal that was set before anything was measured. None is taken away for not being reached.
 *
 * @param atMost whether it is good to be below, rather than above
 * @param bound on which side of what; times in nanoseconds
 * @param measured the figure; empty if it was not measured
 */
record Goal(String what, boolean atMost, double bound, boolean isTime, Function<Figures, OptionalDouble> measured) {

    static List<Goal> all() {
        return List.of(
                times("one-shots without history", ORRERY, Measure.ONE_SHOTS, 8),
                times("one-shots with history", ORRERY_HISTORY, Measure.ONE_SHOTS, 5),
                times("recurring, without history", ORRERY, Measure.RECURRING, 3),
                times("recurring, with history", ORRERY_HISTORY, Measure.RECURRING, 3),
                times("adding from 500 virtual threads", ORRERY, Measure.ADDED, 5),
                share(
                        "rate with 1,000,000 due (300,000 with --quick), of that with 10,000",
                        Measure.MANY_DUE,
                        Measure.FEW_DUE,
                        0.7),
                share("rate of four processes, of that of one", Measure.FOUR_NODES, Measure.ONE_NODE, 0.5),
                atMost("transactions that write, for each one-shot", ORRERY, Measure.WRITES, 0.05),
                atMost("the same with history", ORRERY_HISTORY, Measure.WRITES, 0.05),
                atMost("p99 until an end is committed, all due at once", ORRERY, Measure.DELAY_LOADED, 10e6),
                atMost("p99 until an end is committed, 5,000 a second", ORRERY, Measure.DELAY_CALM, 10e6),
                atMost("p50 from due to start, where it was added", ORRERY, Measure.LATENCY, 10e6),
                atMost("p50 from due to start, added elsewhere", ORRERY, Measure.LATENCY_ACROSS, 50e6));
    }

    private static Goal times(String what, String contestant, Measure measure, double bound) {
        return new Goal(
                what + ", times as fast as " + DB_SCHEDULER,
                false,
                bound,
                false,
                figures -> figures.quotient(contestant, measure, DB_SCHEDULER, measure));
    }

    private static Goal share(String what, Measure measure, Measure of, double bound) {
        return new Goal(what, false, bound, false, figures -> figures.quotient(ORRERY, measure, ORRERY, of));
    }

    private static Goal atMost(String what, String contestant, Measure measure, double bound) {
        return new Goal(what, true, bound, measure.isTime(), figures -> figures.median(contestant, measure));
    }

    boolean isMetBy(double value) {
        return atMost ? value <= bound : value >= bound;
    }
}
