package io.orrery.workflow;

import io.orrery.job.Job;
import io.orrery.plan.Graph;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedSet;

/** Answers who is next to whom in a workflow as it is declared now, valid or not. Answers come in order of declaration. */
final class Neighbours {

    /** The two ways along a requirement. */
    enum Direction {
        REQUIREMENTS,
        SUCCESSORS
    }

    private final List<DeclaredJob<?>> jobs;
    private final Graph graph;
    private final IdentityHashMap<Job<?>, Integer> numbers = new IdentityHashMap<>();

    Neighbours(List<DeclaredJob<?>> jobs, Graph graph) {
        this.jobs = List.copyOf(jobs);
        this.graph = graph;
        for (int i = 0; i < jobs.size(); i++) {
            numbers.put(jobs.get(i), i);
        }
    }

    /** The jobs, each one after what it requires; fewer than all if there is a cycle. */
    List<Job<?>> topologicalOrder() {
        return Arrays.stream(graph.topologicalOrder())
                .<Job<?>>mapToObj(jobs::get)
                .toList();
    }

    SequencedSet<Job<?>> entries() {
        var found = new BitSet();
        for (int job = 0; job < jobs.size(); job++) {
            found.set(job, graph.requirementCount(job) == 0);
        }
        return toJobs(found);
    }

    SequencedSet<Job<?>> exits(boolean withForever) {
        var found = new BitSet();
        for (int job = 0; job < jobs.size(); job++) {
            found.set(
                    job,
                    graph.successorCount(job) == 0
                            && (withForever || !jobs.get(job).isForever()));
        }
        return toJobs(found);
    }

    SequencedSet<Job<?>> next(Direction direction, Iterable<? extends Job<?>> starts) {
        var found = new BitSet();
        for (Job<?> start : starts) {
            int job = number(start);
            for (int k = 0; k < count(direction, job); k++) {
                found.set(neighbour(direction, job, k));
            }
        }
        return toJobs(found);
    }

    SequencedSet<Job<?>> reach(Direction direction, Iterable<? extends Job<?>> starts) {
        var found = new BitSet();
        int[] open = new int[jobs.size()]; // those found, in the order of discovery
        int size = 0;
        for (Job<?> start : starts) {
            size = open(direction, number(start), found, open, size);
        }
        for (int i = 0; i < size; i++) {
            size = open(direction, open[i], found, open, size);
        }
        return toJobs(found);
    }

    private int open(Direction direction, int job, BitSet found, int[] open, int before) {
        int size = before;
        for (int k = 0; k < count(direction, job); k++) {
            int next = neighbour(direction, job, k);
            if (!found.get(next)) {
                found.set(next);
                open[size++] = next;
            }
        }
        return size;
    }

    private int number(Job<?> job) {
        return Objects.requireNonNull(numbers.get(job), "a job that is not of this workflow");
    }

    private int count(Direction direction, int job) {
        return switch (direction) {
            case REQUIREMENTS -> graph.requirementCount(job);
            case SUCCESSORS -> graph.successorCount(job);
        };
    }

    private int neighbour(Direction direction, int job, int k) {
        return Graph.target(
                switch (direction) {
                    case REQUIREMENTS -> graph.requirement(job, k);
                    case SUCCESSORS -> graph.successor(job, k);
                });
    }

    private SequencedSet<Job<?>> toJobs(BitSet found) {
        var set = new LinkedHashSet<Job<?>>();
        found.stream().forEach(job -> set.add(jobs.get(job)));
        return set;
    }
}
