package io.orrery.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives each job of a plan an id: its label, fit to be part of a path, and made unique by a number where it was there before.
 * Ids are looked up in a table of their numbers, since there may be millions.
 */
final class Ids {

    /** Takes numbered labels, whose hashes are neighbours, far from each other: 2^32 over the golden ratio. */
    private static final int SCATTER = 0x9E3779B9;

    private final String[] ids;
    private final int[] hashes; // by number
    private final int[] table; // numbers from 1, by scattered hash; 0 where there is none
    private final int shift;
    private final Map<String, Integer> counts = new HashMap<>(); // of labels that have come more than once
    private int size;

    private Ids(int size) {
        this.ids = new String[size];
        this.hashes = new int[size];
        this.table = new int[Math.max(4, Integer.highestOneBit(size) * 4)];
        this.shift = Integer.numberOfLeadingZeros(table.length) + 1;
    }

    static String[] of(List<String> labels) {
        var made = new Ids(labels.size());
        labels.forEach(made::add);
        return made.ids;
    }

    private void add(String label) {
        String base = label.isBlank() ? "job" : label.replace('/', ':');
        String id = base;
        while (!addIfNew(id)) {
            id = base + "#" + counts.merge(base, 2, (known, first) -> known + 1);
        }
    }

    private boolean addIfNew(String id) {
        int hash = id.hashCode();
        int at = hash * SCATTER >>> shift;
        while (table[at] != 0) {
            int other = table[at] - 1;
            if (hashes[other] == hash && ids[other].equals(id)) {
                return false;
            }
            at = at + 1 & table.length - 1;
        }
        hashes[size] = hash;
        ids[size++] = id;
        table[at] = size;
        return true;
    }
}
