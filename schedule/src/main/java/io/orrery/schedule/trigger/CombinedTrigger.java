package io.orrery.schedule.trigger;

import static io.orrery.schedule.trigger.InvalidTriggerException.require;

import io.orrery.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fires when any of its members does (or), or when all do (and) (spec T-026 to T-028, GT15). Immutable.
 *
 * <p>Members are sets of moments, so each keeps its own phase, whoever fired last. The search for a moment that all have goes
 * from the latest of their next moments to the next round. It ends after as many rounds as people will not wait for: what has
 * not coincided by then counts as never.
 */
final class CombinedTrigger extends Timeline {

    private static final int ROUNDS = 100_000;

    private final boolean all;
    private final List<Timeline> members;
    private final Duration tolerance; // and: moments as far apart as this count as the same, and the earliest is taken

    private CombinedTrigger(boolean all, List<Timeline> members, Duration tolerance) {
        this.all = all;
        this.members = members;
        this.tolerance = tolerance;
    }

    static CombinedTrigger of(boolean all, List<? extends Trigger> triggers, Duration tolerance) {
        require(!tolerance.isNegative(), "The tolerance must not be negative", tolerance, "Use zero or more");
        String name = all ? "and" : "or";
        require(
                !triggers.isEmpty(),
                "The combination " + name + " must have a member",
                "none",
                "Name one trigger or more");
        var members = new ArrayList<Timeline>();
        for (Trigger trigger : triggers) {
            require(
                    trigger.timing() == Timing.SCHEDULED,
                    "A member of " + name + " must be fired by the clock",
                    trigger,
                    "Use a date, an interval without a fixed delay, cron, or a combination");
            members.add((Timeline) trigger);
        }
        var combined = new CombinedTrigger(all, List.copyOf(members), tolerance);
        if (all) {
            combined.requireToMeet();
        }
        return combined;
    }

    /** Two grids that never meet are found by arithmetic instead of by searching. */
    private void requireToMeet() {
        for (Timeline one : members) {
            for (Timeline other : members) {
                if (one instanceof IntervalTrigger first
                        && other instanceof IntervalTrigger second
                        && !first.mayMeet(second, tolerance)) {
                    throw InvalidTriggerException.never(
                            -1,
                            "The members of and must coincide some time, but " + first.describe() + " and "
                                    + second.describe()
                                    + " never do. Give them starts that fit, a greater tolerance, or combine them by"
                                    + " or.");
                }
            }
        }
    }

    @Override
    public Optional<Instant> next(ZoneId schedulerZone, @Nullable Instant previous, Instant now) {
        if (!all || previous == null || tolerance.isZero()) {
            return super.next(schedulerZone, previous, now);
        }
        Instant[] from = new Instant[members.size()];
        for (int i = 0; i < from.length; i++) {
            Instant used = members.get(i).firstFrom(schedulerZone, previous);
            from[i] = after(used == null || used.isAfter(previous.plus(tolerance)) ? previous : used);
        }
        return Optional.ofNullable(coincidence(schedulerZone, from));
    }

    @Override
    @Nullable
    Instant firstFrom(ZoneId schedulerZone, Instant from) {
        if (all) {
            Instant[] each = new Instant[members.size()];
            Arrays.fill(each, from);
            return coincidence(schedulerZone, each);
        }
        Instant earliest = null;
        for (Timeline member : members) {
            Instant fire = member.firstFrom(schedulerZone, from);
            if (fire != null && (earliest == null || fire.isBefore(earliest))) {
                earliest = fire;
            }
        }
        return earliest;
    }

    /** The earliest moments of all members, from these on, that are no further apart than tolerated. */
    private @Nullable Instant coincidence(ZoneId schedulerZone, Instant[] from) {
        Instant[] fires = new Instant[from.length];
        for (int round = 0; round < ROUNDS; round++) {
            Instant earliest = Instant.MAX;
            Instant latest = Instant.MIN;
            for (int i = 0; i < fires.length; i++) {
                Instant fire = fires[i] != null && !fires[i].isBefore(from[i])
                        ? fires[i]
                        : members.get(i).firstFrom(schedulerZone, from[i]);
                if (fire == null) {
                    return null;
                }
                fires[i] = fire;
                earliest = fire.isBefore(earliest) ? fire : earliest;
                latest = fire.isAfter(latest) ? fire : latest;
            }
            Instant enough = tolerance.isZero() ? latest : latest.minus(tolerance);
            if (!earliest.isBefore(enough)) {
                return earliest;
            }
            for (int i = 0; i < from.length; i++) {
                from[i] = from[i].isBefore(enough) ? enough : from[i];
            }
        }
        return null;
    }

    @Override
    public Trigger anchored(Instant registered, long seed) {
        var anchored = new ArrayList<Timeline>();
        for (Timeline member : members) {
            anchored.add((Timeline) member.anchored(registered, seed + anchored.size()));
        }
        return anchored.equals(members) ? this : new CombinedTrigger(all, List.copyOf(anchored), tolerance);
    }

    @Override
    @Nullable
    Instant end(ZoneId schedulerZone) {
        Instant end = null;
        for (Timeline member : members) {
            Instant ofMember = member.end(schedulerZone);
            boolean better = ofMember != null && (end == null || ofMember.isBefore(end) == all);
            if (ofMember == null && !all) {
                return null;
            }
            end = better ? ofMember : end;
        }
        return end;
    }

    @Override
    public ZoneId zoneOr(ZoneId schedulerZone) {
        return members.getFirst().zoneOr(schedulerZone);
    }

    @Override
    public String type() {
        return all ? "and" : "or";
    }

    @Override
    public Map<String, Object> toData() {
        var data = Data.of(type());
        data.put("members", members.stream().map(Trigger::toData).toList());
        if (!tolerance.isZero()) {
            data.put("tolerance", tolerance.toString());
        }
        return data;
    }

    static @Nullable CombinedTrigger read(boolean all, Data.Reader data) {
        var members = new ArrayList<Timeline>();
        List<Data.Reader> readers = data.list("members");
        for (Data.Reader reader : readers) {
            Timeline member = TriggerReader.read(reader);
            if (member != null) {
                members.add(member);
            }
        }
        Duration tolerance = data.duration("tolerance");
        if (readers.isEmpty()) {
            data.problem("members", "must have at least one trigger. Add it.");
        }
        return readers.isEmpty() || members.size() < readers.size()
                ? null
                : of(all, members, tolerance == null ? Duration.ZERO : tolerance);
    }

    @Override
    public String describe() {
        String words =
                members.stream().map(Trigger::describe).collect(Collectors.joining(all ? " and also " : ", or "));
        return tolerance.isZero() ? words : words + ", within " + Durations.text(tolerance);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CombinedTrigger that
                && all == that.all
                && members.equals(that.members)
                && tolerance.equals(that.tolerance);
    }

    @Override
    public int hashCode() {
        return Objects.hash(all, members, tolerance);
    }

    /** As {@code and[cron[day='1'], cron[hour='5']]}. */
    @Override
    public String toString() {
        return type() + members.stream().map(Trigger::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
