package io.orrery.schedule.trigger;

import static io.orrery.schedule.trigger.InvalidTriggerException.require;

import io.orrery.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Delays the fires of another trigger (spec T-002, GT10). Immutable.
 *
 * <p>A delay ends before the next fire of that trigger. So the delayed fire still tells which one it was, the fire after it is
 * counted from there, and delays do not add up.
 */
final class JitteredTrigger extends AlteredTrigger {

    static final String TYPE = "jitter";

    private static final Duration MOST = Duration.ofDays(36_500);

    private final Duration upTo;
    private final @Nullable Long seed; // null until it is registered, which counts as 0

    private JitteredTrigger(Timeline inner, Duration upTo, @Nullable Long seed) {
        super(inner);
        this.upTo = upTo;
        this.seed = seed;
    }

    static JitteredTrigger of(Timeline inner, Duration upTo) {
        require(
                upTo.isPositive() && upTo.compareTo(MOST) <= 0,
                "Jitter must be positive, and at most 36500 days",
                upTo,
                "Leave it out for none");
        return new JitteredTrigger(inner, upTo, null);
    }

    @Override
    public Optional<Instant> next(ZoneId schedulerZone, @Nullable Instant previous, Instant now) {
        return inner.next(schedulerZone, previous, now).map(base -> delayed(schedulerZone, base));
    }

    @Override
    @Nullable
    Instant firstFrom(ZoneId schedulerZone, Instant from) {
        Optional<Instant> before = inner.latest(schedulerZone, from.minus(upTo), from);
        if (before.isPresent()) {
            Instant fire = delayed(schedulerZone, before.get());
            if (!fire.isBefore(from)) {
                return fire;
            }
        }
        Instant base = inner.firstFrom(schedulerZone, before.isPresent() ? after(from) : from);
        return base == null ? null : delayed(schedulerZone, base);
    }

    private Instant delayed(ZoneId schedulerZone, Instant base) {
        Instant next = inner.timing() == Timing.SCHEDULED ? inner.firstFrom(schedulerZone, after(base)) : null;
        Duration room = next == null ? upTo : Duration.between(base, next);
        Instant fire = Jitter.delayed(
                base, room.compareTo(upTo) < 0 ? room : upTo, Jitter.fraction(seed == null ? 0 : seed, base));
        if (next != null && !fire.isBefore(next)) {
            fire = base;
        }
        Instant end = inner.end(schedulerZone);
        return end == null || !fire.isAfter(end) ? fire : end;
    }

    @Override
    public Trigger anchored(Instant registered, long seed) {
        var anchored = (Timeline) inner.anchored(registered, ~seed);
        return this.seed != null && anchored.equals(inner)
                ? this
                : new JitteredTrigger(anchored, upTo, this.seed == null ? (Long) seed : this.seed);
    }

    @Override
    public Map<String, Object> toData() {
        var data = Data.of(TYPE);
        data.put("trigger", inner.toData());
        data.put("upTo", upTo.toString());
        if (seed != null) {
            data.put("seed", seed);
        }
        return data;
    }

    static @Nullable JitteredTrigger read(Data.Reader data) {
        Timeline inner = TriggerReader.inner(data);
        Duration upTo = data.duration("upTo");
        Long seed = data.number("seed");
        data.require("upTo");
        return inner == null || upTo == null ? null : new JitteredTrigger(inner, of(inner, upTo).upTo, seed);
    }

    @Override
    public String describe() {
        return inner.describe() + ", up to " + Durations.text(upTo) + " later";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JitteredTrigger that
                && inner.equals(that.inner)
                && upTo.equals(that.upTo)
                && Objects.equals(seed, that.seed);
    }

    @Override
    public int hashCode() {
        return Objects.hash(inner, upTo, seed);
    }

    /** As the trigger, and the jitter. */
    @Override
    public String toString() {
        return inner + " + " + Durations.text(upTo);
    }
}
