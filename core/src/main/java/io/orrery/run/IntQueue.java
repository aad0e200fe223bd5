package io.orrery.run;

import java.util.Arrays;

/** A queue of job numbers that grows as needed. For use by one thread at a time. */
final class IntQueue {

    private int[] ring = new int[16];
    private int first;
    private int size;

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

    /** Takes all, the first one first. */
    int[] removeAll() {
        int[] all = new int[size];
        for (int i = 0; i < all.length; i++) {
            all[i] = removeFirst();
        }
        return all;
    }

    private void makeRoom() {
        if (size == ring.length) {
            int[] bigger = Arrays.copyOf(ring, 2 * size);
            for (int i = 0; i < size; i++) {
                bigger[i] = ring[first + i & size - 1];
            }
            ring = bigger;
            first = 0;
        }
    }
}
