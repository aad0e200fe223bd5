package io.orrery.plan;

import io.orrery.job.Condition.Ending;
import java.util.Arrays;

/**
 * Requirements in the order in which they came, duplicates included; becomes a graph in linear time, also where one job
 * requires all others.
 */
final class RequirementLog {

    /** Told of a job that requires two different endings of another one. */
    @FunctionalInterface
    interface Contradictions {
        void found(int job, int required);
    }

    private int[] jobs = {};
    private int[] links = {};
    private int count;

    void add(int job, int required, Ending ending) {
        if (count == jobs.length) {
            int more = Math.max(16, count + (count >> 1));
            jobs = Arrays.copyOf(jobs, more);
            links = Arrays.copyOf(links, more);
        }
        jobs[count] = job;
        links[count] = Graph.link(required, ending);
        count++;
    }

    /** The graph of {@code size} jobs; of several requirements on the same job, the strictest holds. */
    Graph graph(int size, Contradictions contradictions) {
        int[] ends = new int[size];
        int[] sorted = byJob(ends);
        int[] seenBy = new int[size]; // the job that required this one last, from 1
        int[] seenAt = new int[size]; // where that requirement is
        int kept = 0;
        int i = 0;
        for (int job = 0; job < size; job++) {
            for (; i < ends[job]; i++) {
                int required = Graph.target(sorted[i]);
                if (seenBy[required] != job + 1) {
                    seenBy[required] = job + 1;
                    seenAt[required] = kept;
                    sorted[kept++] = sorted[i];
                } else if (isStricter(sorted[i], sorted[seenAt[required]])) {
                    if (Graph.ending(sorted[seenAt[required]]) != Ending.FINISHED) {
                        contradictions.found(job, required);
                    }
                    sorted[seenAt[required]] = sorted[i];
                }
            }
            ends[job] = kept;
        }
        return new Graph(ends, Arrays.copyOf(sorted, kept));
    }

    private static boolean isStricter(int link, int known) {
        return Graph.ending(link) != Ending.FINISHED && Graph.ending(link) != Graph.ending(known);
    }

    /** The links, those of one job after the other; afterwards, {@code ends} tells where those of each job end. */
    private int[] byJob(int[] ends) {
        for (int i = 0; i < count; i++) {
            ends[jobs[i]]++;
        }
        int sum = 0;
        for (int job = 0; job < ends.length; job++) {
            int own = ends[job];
            ends[job] = sum;
            sum += own;
        }
        int[] sorted = new int[count];
        for (int i = 0; i < count; i++) {
            sorted[ends[jobs[i]]++] = links[i];
        }
        return sorted;
    }
}
