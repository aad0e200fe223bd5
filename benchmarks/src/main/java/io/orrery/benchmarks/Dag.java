package io.orrery.benchmarks;

import java.util.Arrays;
import java.util.function.IntFunction;

/** Who requires whom, of jobs that are numbered from 0. Immutable. */
final class Dag {

    private final int[] ends; // the requirements of i: requirements[ends[i - 1] .. ends[i])
    private final int[] requirements;

    private Dag(int[] ends, int[] requirements) {
        this.ends = ends;
        this.requirements = requirements;
    }

    static Dag of(int jobs, IntFunction<int[]> requirementsOf) {
        int[] ends = new int[jobs];
        int[] all = new int[jobs];
        int size = 0;
        for (int job = 0; job < jobs; job++) {
            int[] own = requirementsOf.apply(job);
            if (size + own.length > all.length) {
                all = Arrays.copyOf(all, 2 * (size + own.length));
            }
            System.arraycopy(own, 0, all, size, own.length);
            size += own.length;
            ends[job] = size;
        }
        return new Dag(ends, Arrays.copyOf(all, size));
    }

    /** The same with other numbers: job {@code i} of this one is job {@code numbers[i]} of the result. */
    Dag renumbered(int[] numbers) {
        int[] old = new int[numbers.length];
        for (int i = 0; i < old.length; i++) {
            old[numbers[i]] = i;
        }
        return of(size(), job -> {
            int[] own = requirements(old[job]);
            Arrays.setAll(own, k -> numbers[own[k]]);
            return own;
        });
    }

    int size() {
        return ends.length;
    }

    int count(int job) {
        return ends[job] - start(job);
    }

    int requirement(int job, int k) {
        return requirements[start(job) + k];
    }

    int[] requirements(int job) {
        return Arrays.copyOfRange(requirements, start(job), ends[job]);
    }

    private int start(int job) {
        return job == 0 ? 0 : ends[job - 1];
    }
}
