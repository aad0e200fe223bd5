package io.orrery.schedule.trigger;

import static io.orrery.schedule.trigger.InvalidTriggerException.require;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fires once (spec T-006, T-007). Immutable. */
public final class DateTrigger extends Timeline {

    static final String TYPE = "date";

    private final @Nullable Moment at; // null: when it is registered
    private final boolean neverTooLate;
    private final boolean onlyIfAhead;

    DateTrigger(@Nullable Moment at, boolean neverTooLate) {
        this(at, neverTooLate, false);
    }

    DateTrigger(@Nullable Moment at, boolean neverTooLate, boolean onlyIfAhead) {
        this.at = at;
        this.neverTooLate = neverTooLate;
        this.onlyIfAhead = onlyIfAhead;
    }

    /** The same, but it does not fire at all if the moment has passed when it is first asked. */
    public DateTrigger onlyIfAhead() {
        return new DateTrigger(at, neverTooLate, true);
    }

    /** The same, with its local time in this zone. Without effect on a moment that has its place on the time line. */
    public DateTrigger zone(ZoneId zone) {
        return at == null || at.instant() != null
                ? this
                : new DateTrigger(Moment.of(at.local().atZone(zone)), neverTooLate, onlyIfAhead);
    }

    /**
     * Reads a date, or a date and time, perhaps with an offset and a zone: {@code 2026-3-1}, {@code 2026-03-01 02:30:00},
     * {@code 2026-03-01T02:30:00+01:00}, {@code 2026-03-01T02:30:00Z} (spec T-004).
     *
     * @param zone the zone of a time that says none; null to refuse such a time
     * @throws InvalidTriggerException if it is none, or needs a zone
     */
    public static ZonedDateTime parse(String text, @Nullable ZoneId zone) {
        Moment moment = Moment.parse(text);
        if (moment.instant() != null) {
            return moment.instant().atZone(moment.zone() == null ? ZoneOffset.UTC : moment.zone());
        }
        require(zone != null, "A time without an offset needs a zone", "\"" + text + "\"", "Name a zone or an offset");
        return moment.local().atZone(Objects.requireNonNull(zone));
    }

    @Override
    public Optional<Instant> next(ZoneId schedulerZone, @Nullable Instant previous, Instant now) {
        if (previous != null) {
            return Optional.empty();
        }
        Instant moment = at == null ? now : at.in(schedulerZone);
        return onlyIfAhead && moment.isBefore(now) ? Optional.empty() : Optional.of(moment);
    }

    @Override
    @Nullable
    Instant firstFrom(ZoneId schedulerZone, Instant from) {
        Instant moment = at == null ? from : at.in(schedulerZone);
        return moment.isBefore(from) ? null : moment;
    }

    @Override
    public Trigger anchored(Instant registered, long seed) {
        return at == null ? new DateTrigger(Moment.of(registered), neverTooLate, onlyIfAhead) : this;
    }

    @Override
    public ZoneId zoneOr(ZoneId schedulerZone) {
        return at == null || at.zone() == null ? schedulerZone : at.zone();
    }

    @Override
    public boolean isNeverTooLate() {
        return neverTooLate;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Map<String, Object> toData() {
        var data = Data.of(TYPE);
        Data.put(data, "at", at);
        Data.putIfSet(data, "neverTooLate", neverTooLate);
        Data.putIfSet(data, "onlyIfAhead", onlyIfAhead);
        return data;
    }

    static DateTrigger read(Data.Reader data) {
        return new DateTrigger(data.moment("at"), data.flag("neverTooLate"), data.flag("onlyIfAhead"));
    }

    @Override
    public String describe() {
        return at == null ? "once, when it is registered" : "once, at " + at.shown();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DateTrigger that
                && Objects.equals(at, that.at)
                && neverTooLate == that.neverTooLate
                && onlyIfAhead == that.onlyIfAhead;
    }

    @Override
    public int hashCode() {
        return Objects.hash(at, neverTooLate, onlyIfAhead);
    }

    /** As {@code date[2022-11-03 18:40:00 GMT]}. */
    @Override
    public String toString() {
        return "date[" + (at == null ? "now" : at.shown()) + "]";
    }
}
