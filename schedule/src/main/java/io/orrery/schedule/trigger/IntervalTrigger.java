package io.orrery.schedule.trigger;

import static io.orrery.schedule.trigger.InvalidTriggerException.require;

import io.orrery.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.Temporal;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fires again and again after the same time has elapsed (spec T-008 to T-012): whatever clocks show, an hour is an hour. It
 * keeps its phase: fires are a whole number of intervals after the start, whenever the one before really ran. Immutable.
 */
public final class IntervalTrigger extends Timeline {

    static final String TYPE = "interval";

    private static final Duration LONGEST = Duration.ofDays(3_652_425); // ten thousand years
    private static final long FEW_SECONDS = 4_000_000_000L; // differences that are safe in nanoseconds

    private final Duration interval;
    private final Bounds bounds;
    private final boolean immediately;
    private final boolean afterCompletion;

    private IntervalTrigger(Duration interval, Bounds bounds, boolean immediately, boolean afterCompletion) {
        this.interval = interval;
        this.bounds = bounds;
        this.immediately = immediately;
        this.afterCompletion = afterCompletion;
    }

    static IntervalTrigger of(Duration interval) {
        require(
                interval.isPositive(),
                "The interval must be positive",
                interval,
                "Use a positive duration, such as Duration.ofMinutes(5)");
        require(
                interval.compareTo(LONGEST) <= 0,
                "The interval must be at most 10,000 years",
                interval,
                "Use a date, or trigger it by hand, for what is not to come again");
        return new IntervalTrigger(interval, Bounds.NONE, false, false);
    }

    /**
     * The same, first firing at this moment, from which all later fires are counted; otherwise it first fires one interval
     * after it was registered. The moment is an Instant, a local or zoned date-time, or a date.
     */
    public IntervalTrigger from(Temporal start) {
        return with(bounds.from(start).checked());
    }

    /** The same, but not firing after this moment, which is an Instant, a local or zoned date-time, or a date. */
    public IntervalTrigger until(Temporal end) {
        return with(bounds.until(end).checked());
    }

    /** The same, with local times in this zone. Without one it is that of the start, of the end, or of the scheduler. */
    public IntervalTrigger zone(ZoneId zone) {
        return with(bounds.zone(zone).checked());
    }

    /** The same, but if it has no start, first firing when it is registered, and not one interval later (spec GT11). */
    public IntervalTrigger immediately() {
        return new IntervalTrigger(interval, bounds, true, afterCompletion);
    }

    /** The same, but firing one interval after the end of the run before: a fixed delay instead of a fixed rate (spec GT11). */
    public IntervalTrigger afterCompletion() {
        return new IntervalTrigger(interval, bounds, immediately, true);
    }

    private IntervalTrigger with(Bounds other) {
        return new IntervalTrigger(interval, other, immediately, afterCompletion);
    }

    /** The time between two fires. */
    public Duration interval() {
        return interval;
    }

    @Override
    public Optional<Instant> next(ZoneId schedulerZone, @Nullable Instant previous, Instant now) {
        if (previous == null) {
            return bounds.start() == null
                    ? first(schedulerZone, now)
                    : Optional.ofNullable(firstFrom(schedulerZone, now));
        }
        if (bounds.start() == null || afterCompletion) {
            Instant next = bounds.notBeforeStart(schedulerZone, previous.plus(interval));
            return Optional.ofNullable(bounds.notAfterEnd(schedulerZone, next));
        }
        return Optional.ofNullable(firstFrom(schedulerZone, after(previous)));
    }

    private Optional<Instant> first(ZoneId schedulerZone, Instant now) {
        return Optional.ofNullable(bounds.notAfterEnd(schedulerZone, immediately ? now : now.plus(interval)));
    }

    @Override
    @Nullable
    Instant firstFrom(ZoneId schedulerZone, Instant from) {
        Instant start = bounds.start(schedulerZone);
        Instant first = start == null ? Instant.EPOCH : start;
        if (start != null && !from.isAfter(start)) {
            return bounds.notAfterEnd(schedulerZone, start);
        }
        return bounds.notAfterEnd(schedulerZone, notBefore(first, from));
    }

    /** The first moment of the grid through {@code start} that is not before {@code from}. */
    private Instant notBefore(Instant start, Instant from) {
        long seconds = from.getEpochSecond() - start.getEpochSecond();
        if (Math.abs(seconds) < FEW_SECONDS && interval.toSeconds() < FEW_SECONDS) {
            long step = interval.toNanos();
            long elapsed = Duration.between(start, from).toNanos();
            return from.plusNanos(Math.floorMod(-elapsed, step));
        }
        Duration elapsed = Duration.between(start, from);
        long steps = elapsed.dividedBy(interval);
        Instant near = start.plus(interval.multipliedBy(steps));
        return near.isBefore(from) ? near.plus(interval) : near;
    }

    /** Whether some moment of this is as near as this to one of the other, as far as starts are known and numbers are small. */
    boolean mayMeet(IntervalTrigger other, Duration tolerance) {
        Instant start = bounds.start() == null ? null : bounds.start().instant();
        Instant otherStart =
                other.bounds.start() == null ? null : other.bounds.start().instant();
        if (start == null
                || otherStart == null
                || interval.toSeconds() >= FEW_SECONDS
                || other.interval.toSeconds() >= FEW_SECONDS
                || Math.abs(start.getEpochSecond() - otherStart.getEpochSecond()) >= FEW_SECONDS) {
            return true;
        }
        long grid = gcd(interval.toNanos(), other.interval.toNanos());
        long apart = Math.floorMod(Duration.between(start, otherStart).toNanos(), grid);
        return Duration.ofNanos(Math.min(apart, grid - apart)).compareTo(tolerance) <= 0;
    }

    private static long gcd(long one, long other) {
        return other == 0 ? one : gcd(other, one % other);
    }

    @Override
    public Optional<Instant> latest(ZoneId schedulerZone, Instant from, Instant to) {
        Instant first = firstFrom(schedulerZone, from);
        Instant last = last(schedulerZone, to);
        return first == null || first.isAfter(last)
                ? Optional.empty()
                : Optional.of(first.plus(interval.multipliedBy(steps(first, last))));
    }

    @Override
    public long count(ZoneId schedulerZone, Instant from, Instant to, long limit) {
        Instant first = firstFrom(schedulerZone, from);
        Instant last = last(schedulerZone, to);
        return first == null || first.isAfter(last) ? 0 : Math.min(limit, steps(first, last) + 1);
    }

    private Instant last(ZoneId schedulerZone, Instant to) {
        Instant end = bounds.end(schedulerZone);
        return end == null || end.isAfter(to) ? to : end;
    }

    /** How many intervals fit between two moments. */
    private long steps(Instant from, Instant to) {
        Duration elapsed = Duration.between(from, to);
        return elapsed.toSeconds() < FEW_SECONDS && interval.toSeconds() < FEW_SECONDS
                ? elapsed.toNanos() / interval.toNanos()
                : elapsed.dividedBy(interval);
    }

    @Override
    @Nullable
    Instant end(ZoneId schedulerZone) {
        return bounds.end(schedulerZone);
    }

    @Override
    public Trigger anchored(Instant registered, long seed) {
        return bounds.start() != null || afterCompletion
                ? this
                : with(bounds.startingAt(immediately ? registered : registered.plus(interval)));
    }

    @Override
    public Timing timing() {
        return afterCompletion ? Timing.AFTER_COMPLETION : Timing.SCHEDULED;
    }

    @Override
    public ZoneId zoneOr(ZoneId schedulerZone) {
        return bounds.zoneOr(schedulerZone);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Map<String, Object> toData() {
        var data = Data.of(TYPE);
        data.put("every", interval.toString());
        bounds.write(data);
        Data.putIfSet(data, "immediately", immediately);
        Data.putIfSet(data, "afterCompletion", afterCompletion);
        return data;
    }

    static @Nullable IntervalTrigger read(Data.Reader data) {
        IntervalTrigger trigger = data.parsed("every", text -> of(Duration.parse(text)));
        Bounds bounds = Bounds.read(data);
        boolean immediately = data.flag("immediately");
        boolean afterCompletion = data.flag("afterCompletion");
        data.require("every");
        return trigger == null ? null : new IntervalTrigger(trigger.interval, bounds, immediately, afterCompletion);
    }

    @Override
    public String describe() {
        return "every " + Durations.text(interval)
                + (afterCompletion ? " after the run before" : "")
                + (immediately ? ", at once for the first time" : "")
                + bounds.words();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IntervalTrigger that
                && interval.equals(that.interval)
                && bounds.equals(that.bounds)
                && immediately == that.immediately
                && afterCompletion == that.afterCompletion;
    }

    @Override
    public int hashCode() {
        return Objects.hash(interval, bounds, immediately, afterCompletion);
    }

    /** As {@code interval[0:00:01]} or {@code interval[1 day, 0:00:00]}. */
    @Override
    public String toString() {
        long days = interval.toDays();
        String ofDays = days == 0 ? "" : days + (days == 1 ? " day, " : " days, ");
        String fraction = interval.toNanosPart() == 0 ? "" : ".%06d".formatted(interval.toNanosPart() / 1_000);
        return "interval[%s%d:%02d:%02d%s]"
                .formatted(
                        ofDays, interval.toHoursPart(), interval.toMinutesPart(), interval.toSecondsPart(), fraction);
    }
}
