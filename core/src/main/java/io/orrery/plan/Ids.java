package io.orrery.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives each job of a plan an id: its label, fit to be part of a path, and made unique by a number where it was there before.
 * Ids are looked up in a table of their numbers, since there may be millions.
 */
final class Ids {

    private final String[] ids;
    private final int[] table; // numbers from 1, by hash; 0 where there is none
    private final Map<String, Integer> counts = new HashMap<>(); // of labels that have come more than once
    private int size;

    private Ids(int size) {
        this.ids = new String[size];
        this.table = new int[Math.max(4, Integer.highestOneBit(size) * 4)];
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
        int at = (hash ^ hash >>> 16) & table.length - 1;
        while (table[at] != 0) {
            if (ids[table[at] - 1].equals(id)) {
                return false;
            }
            at = at + 1 & table.length - 1;
        }
        ids[size++] = id;
        table[at] = size;
        return true;
    }
}
