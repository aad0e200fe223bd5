package io.orrery.schedule.store;

import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Cells by the ids of their schedules: a hash table whose chains go through the cells themselves, so that a cell takes no entry
 * beside it. Not safe for use by several threads, nor while it is walked through.
 */
final class Cells extends AbstractCollection<Cell> {

    private @Nullable Cell[] chains = new Cell[16];
    private int size;

    private static int hash(String id) {
        int hash = id.hashCode();
        return hash ^ hash >>> 16;
    }

    @Nullable
    Cell get(String id) {
        int hash = hash(id);
        Cell cell = chains[hash & chains.length - 1];
        while (cell != null && !(cell.hash == hash && cell.row.id().equals(id))) {
            cell = cell.chain;
        }
        return cell;
    }

    /** Adds one whose id is not here. */
    void put(Cell cell) {
        if (size >= chains.length) {
            grow();
        }
        cell.hash = hash(cell.row.id());
        link(cell);
        size++;
    }

    private void link(Cell cell) {
        int index = cell.hash & chains.length - 1;
        cell.chain = chains[index];
        chains[index] = cell;
    }

    private void grow() {
        @Nullable Cell[] old = chains;
        chains = new Cell[2 * old.length];
        for (Cell first : old) {
            for (Cell cell = first; cell != null; ) {
                Cell next = cell.chain;
                link(cell);
                cell = next;
            }
        }
    }

    /** Takes out one that is here. */
    void remove(Cell cell) {
        int index = cell.hash & chains.length - 1;
        Cell before = chains[index];
        if (cell.equals(before)) {
            chains[index] = cell.chain;
        } else {
            while (before != null && !cell.equals(before.chain)) {
                before = before.chain;
            }
            if (before != null) {
                before.chain = cell.chain;
            }
        }
        cell.chain = null;
        size--;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Iterator<Cell> iterator() {
        return new Iterator<>() {
            private int index; // of the chain after that of the next one
            private @Nullable Cell next = first();

            private @Nullable Cell first() {
                Cell first = null;
                while (first == null && index < chains.length) {
                    first = chains[index++];
                }
                return first;
            }

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public Cell next() {
                Cell found = next;
                if (found == null) {
                    throw new NoSuchElementException("There are no more cells.");
                }
                next = found.chain == null ? first() : found.chain;
                return found;
            }
        };
    }
}
