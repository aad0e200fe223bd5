package io.orrery.store.jdbc;

import io.orrery.schedule.Fire;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.ScheduleRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The leases that this node has been given and not yet ended. Safe for use by any thread. */
final class Leases {

    /**
     * Read: while a transaction gives or ends leases, until that is noted here. Write: while what is noted here is compared
     * with the database.
     */
    final ReentrantReadWriteLock settling = new ReentrantReadWriteLock();

    private final Map<Key, Entry> entries = new ConcurrentHashMap<>();
    /** Those whose ends were in a transaction of which nobody knows whether it was committed. */
    private final Set<Key> doubtful = ConcurrentHashMap.newKeySet();

    private record Key(Fire fire, long token) {}

    /** What is likely to become of the row when the fire ends; the statements check whether it is so. */
    enum Ending {
        /** Its schedule has finished and is removed. */
        GOES,
        /** Its schedule goes on, and has no other fire. */
        STAYS,
        /** Its schedule counts from this end, and is due again. */
        RENEWS,
        /** It takes a closer look. */
        OTHER
    }

    /**
     * A lease.
     *
     * @param lease the lease
     * @param ending what is likely to become of the row
     * @param place where the row was in the table when the lease was given, if that is known
     */
    record Entry(Lease lease, Ending ending, @Nullable String place) {}

    private static Key key(Lease lease) {
        return new Key(lease.fire(), lease.token());
    }

    void add(Lease lease, Sheet sheet) {
        entries.put(key(lease), new Entry(lease, ending(sheet), sheet.place));
    }

    private static Ending ending(Sheet sheet) {
        if (sheet.cell.fires().size() != 1) {
            return Ending.OTHER;
        }
        ScheduleRow row = sheet.cell.row();
        if (row.schedule().isLimited()) {
            return Ending.OTHER; // others may wait for its places
        }
        if (row.due() == null && row.state() == ScheduleState.SCHEDULED) {
            return Ending.RENEWS;
        }
        boolean finished = row.state() == ScheduleState.FINISHED;
        if (!finished) {
            return Ending.STAYS;
        }
        return row.schedule().isKeptWhenFinished() ? Ending.OTHER : Ending.GOES;
    }

    /** Somebody was not in his place: what is known of those of others may be as old. */
    void forgetPlaces() {
        entries.replaceAll((key, entry) -> new Entry(entry.lease(), entry.ending(), null));
    }

    void remove(Lease lease) {
        entries.remove(key(lease));
        doubtful.remove(key(lease));
    }

    /** Its end may have been written. */
    void doubt(Lease lease) {
        doubtful.add(key(lease));
    }

    boolean isDoubtful(Lease lease) {
        return doubtful.contains(key(lease));
    }

    @Nullable
    Entry find(Lease lease) {
        return entries.get(key(lease));
    }

    boolean has(Fire fire, long token) {
        return entries.containsKey(new Key(fire, token));
    }

    List<Lease> all() {
        List<Lease> all = new ArrayList<>();
        entries.values().forEach(entry -> all.add(entry.lease()));
        return all;
    }

    int size() {
        return entries.size();
    }

    /** Takes all away but these; returns whether some of these are there. */
    boolean keep(List<Lease> some) {
        Set<Key> kept = some.stream().map(Leases::key).collect(Collectors.toSet());
        entries.keySet().retainAll(kept);
        return !entries.isEmpty();
    }

    /** Takes all of them away. */
    List<Lease> clear() {
        List<Lease> all = all();
        all.forEach(this::remove);
        return all;
    }
}
