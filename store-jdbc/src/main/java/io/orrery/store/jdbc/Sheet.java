package io.orrery.store.jdbc;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.store.Cell;
import io.orrery.schedule.store.Held;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A schedule with its fires as a transaction has read them, and what it makes of them. Of one transaction. */
final class Sheet {

    final Cell cell;
    /** The definition that is in the row; another object if it is to be written. */
    final @Nullable Schedule written;
    /** How it stands in the row; null for one that is not in the database yet. */
    final @Nullable Standing standing;
    /** What says where the row is: its place in the table, or its id. */
    final String key;
    /** Where the row is in the table once it has been written, if that is known. */
    @Nullable
    String place;
    /** The limit that the row says its fires wait for; null for none. */
    final @Nullable String blocked;
    /** Those, by their keys, in order. Filled when they are needed. */
    final Map<Key, Stored> rows = new LinkedHashMap<>();
    /** Why the definition cannot be read; null if it can. */
    final @Nullable String unreadable;

    record Key(long at, boolean byHand) {}

    record Stored(Held held, int seq) {}

    Sheet(Cell cell, @Nullable Schedule written, @Nullable Standing standing, String key, @Nullable String unreadable) {
        this.cell = cell;
        this.written = written;
        this.standing = standing;
        this.key = key;
        this.unreadable = unreadable;
        this.blocked = cell.blockedOn();
    }

    /** One that is not in the database yet. */
    static Sheet fresh(Cell cell) {
        return new Sheet(cell, null, null, "", null);
    }

    /** How it stands in the row, as values. */
    @Nullable
    Object[] values() {
        return Objects.requireNonNull(standing, "Only what was read can be changed.")
                .values();
    }

    /** Whether some of its fires are in rows of their own. */
    boolean hasOthers() {
        return standing != null && standing.others() > 0;
    }

    String id() {
        return cell.row().id();
    }

    static Key key(Held held) {
        return new Key(Nanos.of(held.fire().at()), held.fire().manual());
    }

    /** The fire that is in the row of the schedule: the first one, if it has the last lease of all; null for none. */
    @Nullable
    Held inline() {
        Held first = cell.fires().isEmpty() ? null : cell.fires().getFirst();
        return first != null && first.isLeased() && first.token() == cell.lastToken() ? first : null;
    }

    /** The fires that belong in rows of their own. */
    List<Held> apart() {
        List<Held> fires = cell.fires();
        return inline() == null ? fires : fires.subList(1, fires.size());
    }
}
