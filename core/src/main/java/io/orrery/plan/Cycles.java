package io.orrery.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the cycles of a graph: one for each group of jobs that can all reach each other. Tarjan's algorithm, with a
 * stack of its own, since a chain of requirements may be longer than a thread's stack is deep.
 */
final class Cycles {

    private final Graph graph;
    private final int[] index; // the order of discovery, from 1; 0 = not yet discovered
    private final int[] low; // the earliest job known to be reachable
    private final int[] next; // the next requirement to look at
    private final int[] group; // the group a job belongs to, -1 = not yet known
    private final int[] step; // where a job is on the walk round its group, from 1; 0 = not on it
    private final int[] path;
    private final int[] open;
    private int pathSize;
    private int openSize;
    private int discovered;
    private int groups;

    private Cycles(Graph graph) {
        this.graph = graph;
        int size = graph.size();
        this.index = new int[size];
        this.low = new int[size];
        this.next = new int[size];
        this.group = new int[size];
        this.step = new int[size];
        this.path = new int[size];
        this.open = new int[size];
        Arrays.fill(group, -1);
    }

    /** Each cycle as the jobs on it, every one requiring the next and the last one the first. */
    static List<int[]> of(Graph graph) {
        if (graph.isInOrder()) {
            return List.of();
        }
        var cycles = new Cycles(graph);
        var found = new ArrayList<int[]>();
        for (int job = 0; job < graph.size(); job++) {
            if (cycles.index[job] == 0) {
                cycles.explore(job, found);
            }
        }
        return found;
    }

    private void explore(int root, List<int[]> found) {
        discover(root);
        while (pathSize > 0) {
            int job = path[pathSize - 1];
            if (next[job] < graph.requirementCount(job)) {
                int required = Graph.target(graph.requirement(job, next[job]++));
                if (index[required] == 0) {
                    discover(required);
                } else if (group[required] == -1) {
                    low[job] = Math.min(low[job], index[required]);
                }
            } else {
                leave(job, found);
            }
        }
    }

    private void discover(int job) {
        index[job] = low[job] = ++discovered;
        path[pathSize++] = job;
        open[openSize++] = job;
    }

    private void leave(int job, List<int[]> found) {
        pathSize--;
        if (pathSize > 0) {
            int parent = path[pathSize - 1];
            low[parent] = Math.min(low[parent], low[job]);
        }
        if (low[job] == index[job]) {
            int before = openSize;
            int member;
            do {
                member = open[--openSize];
                group[member] = groups;
            } while (member != job);
            if (before - openSize > 1) {
                found.add(cycleWithin(groups, job, before - openSize));
            }
            groups++;
        }
    }

    /** Follows, from {@code start}, the first requirement within the group until it comes by a job again. */
    private int[] cycleWithin(int wanted, int start, int members) {
        int[] walk = new int[members];
        int length = 0;
        int job = start;
        while (step[job] == 0) {
            walk[length++] = job;
            step[job] = length;
            job = firstWithin(wanted, job);
        }
        return Arrays.copyOfRange(walk, step[job] - 1, length);
    }

    private int firstWithin(int wanted, int job) {
        for (int k = 0; k < graph.requirementCount(job); k++) {
            int required = Graph.target(graph.requirement(job, k));
            if (group[required] == wanted) {
                return required;
            }
        }
        throw new IllegalStateException("a group of several jobs without a requirement between them");
    }
}
