package io.orrery.benchmarks;

import java.util.SplittableRandom;

/** In which order jobs are declared. */
enum Order {
    EXECUTION("declared in order of execution"),
    REVERSE("declared in reverse"),
    SHUFFLED("declared in random order");

    private final String title;

    Order(String title) {
        this.title = title;
    }

    /** The same graph, numbered in this order; {@code dag} is numbered in order of execution. */
    Dag apply(Dag dag) {
        return this == EXECUTION ? dag : dag.renumbered(numbers(dag.size()));
    }

    private int[] numbers(int size) {
        int[] numbers = new int[size];
        var random = new SplittableRandom(size);
        for (int i = 0; i < size; i++) {
            numbers[i] = size - 1 - i;
        }
        for (int i = size - 1; i > 0 && this == SHUFFLED; i--) {
            int k = random.nextInt(i + 1);
            int number = numbers[i];
            numbers[i] = numbers[k];
            numbers[k] = number;
        }
        return numbers;
    }

    @Override
    public String toString() {
        return title;
    }
}
