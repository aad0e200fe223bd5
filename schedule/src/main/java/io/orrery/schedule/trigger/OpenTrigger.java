package io.orrery.schedule.trigger;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Another trigger, without its fires at which a calendar is closed. Immutable. */
final class OpenTrigger extends AlteredTrigger {

    static final String TYPE = "within";

    private static final int ROUNDS = 100_000; // what is closed for as many fires counts as closed for ever

    private final WorkCalendar calendar;

    OpenTrigger(Timeline inner, WorkCalendar calendar) {
        super(inner);
        this.calendar = calendar;
    }

    @Override
    public Optional<Instant> next(ZoneId schedulerZone, @Nullable Instant previous, Instant now) {
        Optional<Instant> fire = inner.next(schedulerZone, previous, now);
        if (fire.isEmpty() || inner.timing() != Timing.SCHEDULED) {
            return fire.flatMap(moment -> Optional.ofNullable(open(schedulerZone, moment)));
        }
        Instant open = open(schedulerZone, fire.get());
        return open == null || open.equals(fire.get())
                ? Optional.ofNullable(open)
                : Optional.ofNullable(firstFrom(schedulerZone, open));
    }

    @Override
    @Nullable
    Instant firstFrom(ZoneId schedulerZone, Instant from) {
        Instant start = from;
        for (int round = 0; round < ROUNDS; round++) {
            Instant fire = inner.firstFrom(schedulerZone, start);
            Instant open = fire == null ? null : open(schedulerZone, fire);
            if (open == null || open.equals(fire)) {
                return open;
            }
            start = open;
        }
        return null;
    }

    /** The first moment from this one on at which the calendar is open; null if there is none. */
    private @Nullable Instant open(ZoneId schedulerZone, Instant moment) {
        ZonedDateTime local = moment.atZone(zoneOr(schedulerZone));
        if (calendar.isOpen(local.toLocalDateTime())) {
            return moment;
        }
        var opens = calendar.nextOpening(local.toLocalDateTime());
        if (opens == null) {
            return null;
        }
        Instant next = opens.atZone(local.getZone()).toInstant();
        return next.isAfter(moment) ? next : after(moment);
    }

    @Override
    public Trigger anchored(Instant registered, long seed) {
        var anchored = (Timeline) inner.anchored(registered, seed);
        return anchored.equals(inner) ? this : new OpenTrigger(anchored, calendar);
    }

    @Override
    public Map<String, Object> toData() {
        var data = Data.of(TYPE);
        data.put("trigger", inner.toData());
        data.put("calendar", calendar.toData());
        return data;
    }

    static @Nullable OpenTrigger read(Data.Reader data) {
        Timeline inner = TriggerReader.inner(data);
        Data.Reader calendar = data.map("calendar");
        data.require("calendar");
        WorkCalendar read = calendar == null ? null : WorkCalendar.read(calendar);
        return inner == null || read == null ? null : new OpenTrigger(inner, read);
    }

    @Override
    public String describe() {
        return inner.describe() + ", " + calendar.describe();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OpenTrigger that && inner.equals(that.inner) && calendar.equals(that.calendar);
    }

    @Override
    public int hashCode() {
        return Objects.hash(inner, calendar);
    }

    /** As the trigger, and the calendar. */
    @Override
    public String toString() {
        return inner + " " + calendar.describe();
    }
}
