package io.orrery.workflow;

import io.orrery.job.Job;
import io.orrery.plan.Graph;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
    private final Map<Job<?>, Integer> numbers = new IdentityHashMap<>();

    Neighbours(List<DeclaredJob<?>> jobs, Graph graph) {
        this.jobs = jobs;
        this.graph = graph;
        for (int i = 0; i < jobs.size(); i++) {
            numbers.put(jobs.get(i), i);
        }
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
        starts.forEach(start -> addNext(direction, numbers.get(start), found));
        return toJobs(found);
    }

    SequencedSet<Job<?>> reach(Direction direction, Iterable<? extends Job<?>> starts) {
        var found = new BitSet();
        var open = new ArrayDeque<Integer>();
        starts.forEach(start -> open.add(numbers.get(start)));
        while (!open.isEmpty()) {
            var step = new BitSet();
            addNext(direction, open.remove(), step);
            step.andNot(found);
            found.or(step);
            step.stream().forEach(open::add);
        }
        return toJobs(found);
    }

    private void addNext(Direction direction, int job, BitSet found) {
        if (direction == Direction.REQUIREMENTS) {
            for (int k = 0; k < graph.requirementCount(job); k++) {
                found.set(Graph.target(graph.requirement(job, k)));
            }
        } else {
            for (int k = 0; k < graph.successorCount(job); k++) {
                found.set(Graph.target(graph.successor(job, k)));
            }
        }
    }

    private SequencedSet<Job<?>> toJobs(BitSet found) {
        var set = new LinkedHashSet<Job<?>>();
        found.stream().forEach(job -> set.add(jobs.get(job)));
        return set;
    }
}
