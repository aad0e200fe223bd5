package io.orrery.plan;

import io.orrery.job.Condition.Ending;
import java.util.Arrays;

/**
 * Who requires whom, as numbers: jobs are numbered from 0 in order of declaration, and both directions of each
 * requirement are kept in flat arrays. Immutable; safe for use by any thread.
 *
 * <p>A requirement is one {@code int}, a <em>link</em>: the number of the job at its other end and the ending that is
 * asked for, to be taken apart with {@link #target} and {@link #ending}.
 */
public final class Graph {

    private final int[] requirementEnds; // requirements of i: links[ends[i - 1] .. ends[i])
    private final int[] requirements;
    private final int[] successorEnds;
    private final int[] successors;
    private final int entries;

    /** Takes over the arrays: for each job where its requirements end, and the links one after the other. */
    Graph(int[] requirementEnds, int[] requirements) {
        this.requirementEnds = requirementEnds;
        this.requirements = requirements;
        this.successorEnds = new int[requirementEnds.length];
        this.successors = new int[requirements.length];
        invert();
        int count = 0;
        for (int job = 0; job < requirementEnds.length; job++) {
            count += requirementCount(job) == 0 ? 1 : 0;
        }
        this.entries = count;
    }

    private void invert() {
        for (int link : requirements) {
            successorEnds[target(link)]++;
        }
        int sum = 0;
        for (int i = 0; i < successorEnds.length; i++) {
            int count = successorEnds[i];
            successorEnds[i] = sum;
            sum += count;
        }
        for (int job = 0; job < size(); job++) {
            for (int k = 0; k < requirementCount(job); k++) {
                int link = requirement(job, k);
                successors[successorEnds[target(link)]++] = link(job, ending(link));
            }
        }
    }

    /** The number of jobs. */
    public int size() {
        return requirementEnds.length;
    }

    /** How many jobs require nothing. */
    public int entryCount() {
        return entries;
    }

    /** Whether each job comes after all that it requires. */
    boolean isInOrder() {
        for (int job = 0; job < size(); job++) {
            for (int k = start(requirementEnds, job); k < requirementEnds[job]; k++) {
                if (target(requirements[k]) >= job) {
                    return false;
                }
            }
        }
        return true;
    }

    /** How many requirements a job has. */
    public int requirementCount(int job) {
        return requirementEnds[job] - start(requirementEnds, job);
    }

    /** The link from a job to the {@code k}-th job that it requires, in order of declaration. */
    public int requirement(int job, int k) {
        return requirements[start(requirementEnds, job) + k];
    }

    /** How many jobs require a job. */
    public int successorCount(int job) {
        return successorEnds[job] - start(successorEnds, job);
    }

    /** The link from a job to the {@code k}-th job that requires it, in the order of their numbers. */
    public int successor(int job, int k) {
        return successors[start(successorEnds, job) + k];
    }

    /** The job at the other end of a link. */
    public static int target(int link) {
        return link >>> 2;
    }

    /** The ending that a link asks for. */
    public static Ending ending(int link) {
        return switch (link & 3) {
            case 1 -> Ending.SUCCEEDED;
            case 2 -> Ending.FAILED;
            default -> Ending.FINISHED;
        };
    }

    static int link(int target, Ending ending) {
        int code = switch (ending) {
            case FINISHED -> 0;
            case SUCCEEDED -> 1;
            case FAILED -> 2;
        };
        return target << 2 | code;
    }

    private static int start(int[] ends, int job) {
        return job == 0 ? 0 : ends[job - 1];
    }

    /**
     * All jobs, each one after what it requires; in the order of declaration wherever that allows it. Linear time.
     *
     * <p>This is the order in which repeated passes over the declarations would take them, each pass taking what is
     * ready when it comes by: a job needs one pass more than a requirement that is declared after it, and no more than
     * one that is declared before it.
     *
     * @return fewer than all jobs if there is a cycle: those that are neither on one nor behind one
     */
    public int[] topologicalOrder() {
        int[] order = new int[size()];
        int[] pass = new int[size()];
        int[] pending = new int[size()];
        int count = 0;
        for (int job = 0; job < size(); job++) {
            pending[job] = requirementCount(job);
            if (pending[job] == 0) {
                order[count++] = job;
            }
        }
        int passes = 1;
        for (int done = 0; done < count; done++) {
            int job = order[done];
            passes = Math.max(passes, pass[job] + 1);
            for (int k = 0; k < successorCount(job); k++) {
                int next = target(successor(job, k));
                pass[next] = Math.max(pass[next], pass[job] + (job > next ? 1 : 0));
                if (--pending[next] == 0) {
                    order[count++] = next;
                }
            }
        }
        return byPass(Arrays.copyOf(order, count), pass, passes);
    }

    private static int[] byPass(int[] jobs, int[] pass, int passes) {
        int[] starts = new int[passes + 1];
        boolean[] reached = new boolean[pass.length];
        for (int job : jobs) {
            reached[job] = true;
            starts[pass[job] + 1]++;
        }
        for (int i = 1; i <= passes; i++) {
            starts[i] += starts[i - 1];
        }
        int[] sorted = new int[jobs.length];
        for (int job = 0; job < reached.length; job++) {
            if (reached[job]) {
                sorted[starts[pass[job]]++] = job;
            }
        }
        return sorted;
    }
}
