package io.orrery.run;

import java.util.Arrays;

/** A list of job numbers that grows as needed. For use by one thread at a time. */
final class IntList {

    private int[] items = {};
    private int expected; // 0 once that many were there
    private int size;

    /** Empty, to grow to the expected size at once, the first time. */
    IntList(int expected) {
        this.expected = expected;
    }

    int size() {
        return size;
    }

    int get(int index) {
        return items[index];
    }

    void add(int job) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size == 0 ? Math.max(4, expected) : size + (size >> 1));
        }
        items[size++] = job;
    }

    void sort() {
        if (size > 1) {
            Arrays.sort(items, 0, size);
        }
    }

    /** Forgets all, and the room that many of them took. */
    void clear() {
        size = 0;
        if (items.length > 1_000) {
            items = new int[0];
            expected = 0;
        }
    }
}
