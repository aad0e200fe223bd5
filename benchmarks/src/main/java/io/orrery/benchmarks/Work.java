package io.orrery.benchmarks;

import java.util.stream.IntStream;

/** A workload made ready: what users would bring along, and what is never timed. */
final class Work {

    private final Workload workload;
    private final Dag dag;
    private final Body[] bodies;
    private final String[] labels;

    private Work(Workload workload, Body[] bodies) {
        this.workload = workload;
        this.dag = workload.order().apply(workload.shape().of(workload.jobs()));
        this.bodies = bodies;
        this.labels =
                IntStream.range(0, bodies.length).mapToObj(job -> "job " + job).toArray(String[]::new);
    }

    static Work of(Workload workload) {
        return endingWith(workload, workload.load());
    }

    /** With {@code last} as what the last of the jobs does. */
    static Work endingWith(Workload workload, Runnable last) {
        int jobs = workload.jobs();
        var bodies = new Body[jobs];
        for (int job = 0; job < jobs; job++) {
            bodies[job] = new Body(job == jobs - 1 ? last : workload.load());
        }
        return new Work(workload, bodies);
    }

    Workload workload() {
        return workload;
    }

    Dag dag() {
        return dag;
    }

    int size() {
        return bodies.length;
    }

    Body body(int job) {
        return bodies[job];
    }

    String label(int job) {
        return labels[job];
    }

    /**
     * Checks that each job has run exactly so often since the last check.
     *
     * @throws IllegalStateException if one has not
     */
    void check(int wanted) {
        int wrong = 0;
        String example = "";
        for (int job = 0; job < bodies.length; job++) {
            int runs = bodies[job].takeRuns();
            if (runs != wanted) {
                wrong++;
                example = labels[job] + " ran " + runs + " times";
            }
        }
        if (wrong > 0) {
            throw new IllegalStateException(
                    "Each job has to run " + wanted + " times, but " + wrong + " did not: " + example);
        }
    }
}
