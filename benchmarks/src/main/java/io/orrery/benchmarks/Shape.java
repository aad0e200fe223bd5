package io.orrery.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Kinds of graphs. The numbers of the jobs are an order in which they can be executed; the same size is the same graph. */
enum Shape {
    INDEPENDENT("independent") {
        @Override
        int[] requirements(int job, SplittableRandom random) {
            return NONE;
        }
    },
    CHAIN("chain") {
        @Override
        int[] requirements(int job, SplittableRandom random) {
            return job == 0 ? NONE : new int[] {job - 1};
        }
    },
    LAYERS("layers of 100, 3 requirements each") {
        @Override
        int[] requirements(int job, SplittableRandom random) {
            int layer = job / WIDTH;
            return layer == 0
                    ? NONE
                    : random.ints(0, WIDTH)
                            .distinct()
                            .limit(3)
                            .map(k -> (layer - 1) * WIDTH + k)
                            .toArray();
        }
    },
    TREE("binary tree") {
        @Override
        int[] requirements(int job, SplittableRandom random) {
            return job == 0 ? NONE : new int[] {(job - 1) / 2};
        }
    },
    FORK_JOIN("fork-join, 99 wide") {
        @Override
        int[] requirements(int job, SplittableRandom random) {
            int fork = job - job % WIDTH;
            if (job != fork) {
                return new int[] {fork};
            }
            return job == 0 ? NONE : IntStream.range(fork - WIDTH + 1, fork).toArray();
        }
    },
    /** So many that may begin at once, each with one that requires it. */
    PAIRS("pairs") {
        @Override
        int[] requirements(int job, SplittableRandom random) {
            return job % 2 == 0 ? NONE : new int[] {job - 1};
        }
    },
    /** No graph at all: background jobs, of which so many may run at once as the window says. */
    SPAWNED("spawned") {
        @Override
        int[] requirements(int job, SplittableRandom random) {
            return NONE;
        }
    },
    /** No graph either: jobs that are due later, and are let go when all of them are. */
    PENDING("pending, all due at once") {
        @Override
        int[] requirements(int job, SplittableRandom random) {
            return NONE;
        }
    };

    private static final int[] NONE = {};
    private static final int WIDTH = 100;
    private static final long SEED = 42;

    private final String title;

    Shape(String title) {
        this.title = title;
    }

    abstract int[] requirements(int job, SplittableRandom random);

    /** All that are graphs. */
    static List<Shape> graphs() {
        return List.of(INDEPENDENT, CHAIN, LAYERS, TREE, FORK_JOIN, PAIRS);
    }

    Dag of(int jobs) {
        var random = new SplittableRandom(SEED);
        return Dag.of(jobs, job -> requirements(job, random));
    }

    /** As it is written on the command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Shape of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    @Override
    public String toString() {
        return title;
    }
}
