package io.orrery.run;

import java.util.Arrays;

/** A queue of job numbers that grows as needed. For use by one thread at a time. */
final class IntQueue {

    private static final int[] NONE = {};

    private int[] ring = NONE; // as long as a power of two
    private final int expected; // a power of two
    private int first;
    private int size;

    /** Empty, and expected to stay small. */
    IntQueue() {
        this(4);
    }

    /** Empty, to grow to the expected size at once. */
    IntQueue(int expected) {
        this.expected = Math.max(4, Integer.highestOneBit(Math.max(1, expected - 1)) * 2);
    }

    boolean isEmpty() {
        return size == 0;
    }

    void addLast(int job) {
        makeRoom();
        ring[first + size++ & ring.length - 1] = job;
    }

    void addFirst(int job) {
        makeRoom();
        first = first - 1 & ring.length - 1;
        ring[first] = job;
        size++;
    }

    int removeFirst() {
        int job = ring[first];
        first = first + 1 & ring.length - 1;
        size--;
        return job;
    }

    int removeLast() {
        size--;
        return ring[first + size & ring.length - 1];
    }

    private void makeRoom() {
        if (size == ring.length) {
            int[] bigger = Arrays.copyOf(ring, size == 0 ? expected : 2 * size);
            for (int i = 0; i < size; i++) {
                bigger[i] = ring[first + i & size - 1];
            }
            ring = bigger;
            first = 0;
        }
    }
}
