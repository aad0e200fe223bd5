package io.orrery.benchmarks;

import java.util.Locale;

/**
 * What is to be run.
 *
 * @param jobs how many
 * @param window how many may run at once, 0 for any number
 * @param times how often in a row, for graphs too small to be timed alone; more than once is done by a virtual thread
 */
record Workload(Shape shape, int jobs, Order order, Load load, int window, int times) {

    static Workload of(Shape shape, int jobs) {
        return new Workload(shape, jobs, Order.EXECUTION, Load.NOTHING, 0, 1);
    }

    Workload declared(Order order) {
        return new Workload(shape, jobs, order, load, window, times);
    }

    Workload load(Load load) {
        return new Workload(shape, jobs, order, load, window, times);
    }

    Workload window(int window) {
        return new Workload(shape, jobs, order, load, window, times);
    }

    Workload times(int times) {
        return new Workload(shape, jobs, order, load, window, times);
    }

    boolean isInOrder() {
        return order == Order.EXECUTION;
    }

    /** For {@link #parse}. */
    String text() {
        return String.join(
                ":",
                shape.name(),
                Integer.toString(jobs),
                order.name(),
                load.name(),
                Integer.toString(window),
                Integer.toString(times));
    }

    static Workload parse(String text) {
        String[] parts = text.split(":", -1);
        return new Workload(
                Shape.valueOf(parts[0]),
                Integer.parseInt(parts[1]),
                Order.valueOf(parts[2]),
                Load.valueOf(parts[3]),
                Integer.parseInt(parts[4]),
                Integer.parseInt(parts[5]));
    }

    @Override
    public String toString() {
        return (jobs == 1 ? "1 job, " + load : String.format(Locale.ROOT, "%,d jobs, %s, %s", jobs, shape, load))
                + (isInOrder() ? "" : ", " + order)
                + (window == 0 ? "" : ", window " + window)
                + (times == 1 ? "" : ", called from a virtual thread");
    }
}
