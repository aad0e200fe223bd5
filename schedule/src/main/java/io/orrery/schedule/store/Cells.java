package io.orrery.schedule.store;

import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Cells by the ids of their schedules: a hash table whose chains go through the cells themselves, so that a cell takes no entry
 * beside it. Not safe for use by several threads, nor while it is walked through.
 */
final class Cells extends AbstractCollection<TimedCell> {

    private @Nullable TimedCell[] chains = new TimedCell[16];
    private int size;

    private static int hash(String id) {
        int hash = id.hashCode();
        return hash ^ hash >>> 16;
    }

    @Nullable
    TimedCell get(String id) {
        int hash = hash(id);
        TimedCell cell = chains[hash & chains.length - 1];
        while (cell != null && !(cell.hash == hash && cell.row().id().equals(id))) {
            cell = cell.chain;
        }
        return cell;
    }

    /** Whether it is here, rather than another of its id, or none. */
    boolean has(TimedCell cell) {
        TimedCell other = chains[cell.hash & chains.length - 1];
        while (other != null && !other.equals(cell)) {
            other = other.chain;
        }
        return other != null;
    }

    /** Adds one whose id is not here. */
    void put(TimedCell cell) {
        if (size >= chains.length) {
            grow();
        }
        cell.hash = hash(cell.row().id());
        link(cell);
        size++;
    }

    private void link(TimedCell cell) {
        int index = cell.hash & chains.length - 1;
        cell.chain = chains[index];
        chains[index] = cell;
    }

    private void grow() {
        @Nullable TimedCell[] old = chains;
        chains = new TimedCell[2 * old.length];
        for (TimedCell first : old) {
            for (TimedCell cell = first; cell != null; ) {
                TimedCell next = cell.chain;
                link(cell);
                cell = next;
            }
        }
    }

    /** Takes out one that is here. */
    void remove(TimedCell cell) {
        int index = cell.hash & chains.length - 1;
        TimedCell before = chains[index];
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
    public Iterator<TimedCell> iterator() {
        return new Iterator<>() {
            private int index; // of the chain after that of the next one
            private @Nullable TimedCell next = first();

            private @Nullable TimedCell first() {
                TimedCell first = null;
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
            public TimedCell next() {
                TimedCell found = next;
                if (found == null) {
                    throw new NoSuchElementException("There are no more cells.");
                }
                next = found.chain == null ? first() : found.chain;
                return found;
            }
        };
    }
}
