package io.orrery.outcome;

import io.orrery.plan.Graph;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Finds the chain of jobs that a run's duration came from: from the finite job that ended last, back through the
 * requirement that ended last. A job that never started hands the question on to what it required itself.
 */
final class CriticalPath {

    private static final int NONE = -1;

    private final JobRecords records;
    private final Graph graph;
    private final int[] order;
    private final int[] position; // where a job stands in the topological order

    private CriticalPath(RunReport report) {
        this.records = report.records();
        this.graph = report.plan().graph();
        this.order = graph.topologicalOrder();
        this.position = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            position[order[i]] = i;
        }
    }

    static List<JobReport> of(RunReport report) {
        var search = new CriticalPath(report);
        var path = new ArrayList<JobReport>();
        for (int job = search.last(report); job != NONE; job = search.before(job)) {
            path.add(new JobReport(report, job));
        }
        return path.reversed();
    }

    /** The finite job that ended last; a forever job if only such have ended. */
    private int last(RunReport report) {
        int last = NONE;
        int lastForever = NONE;
        for (int job : order) {
            if (report.plan().options(job).forever()) {
                lastForever = later(lastForever, job);
            } else {
                last = later(last, job);
            }
        }
        return last == NONE ? lastForever : last;
    }

    private int before(int job) {
        int before = NONE;
        var visited = new BitSet();
        var asked = new ArrayDeque<Integer>();
        asked.push(job);
        while (!asked.isEmpty()) {
            int current = asked.pop();
            for (int k = 0; k < graph.requirementCount(current); k++) {
                int required = Graph.target(graph.requirement(current, k));
                if (records.endNanos(required) != JobRecords.NEVER) {
                    before = later(before, required);
                } else if (!visited.get(required)) {
                    visited.set(required);
                    asked.push(required);
                }
            }
        }
        return before;
    }

    /** Which one ended later; at the same time, the one further down, which the other may lead to. */
    private int later(int known, int other) {
        long end = records.endNanos(other);
        if (end == JobRecords.NEVER) {
            return known;
        }
        if (known == NONE || end > records.endNanos(known)) {
            return other;
        }
        return end == records.endNanos(known) && position[other] > position[known] ? other : known;
    }
}
