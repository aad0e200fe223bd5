package io.orrery.schedule.trigger;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The set of moments that a trigger stands for, asked from one moment on. */
abstract sealed class Timeline implements Trigger
        permits AlteredTrigger,
                CalendarIntervalTrigger,
                CombinedTrigger,
                CronTrigger,
                DateTrigger,
                IntervalTrigger,
                UnscheduledTrigger {

    /** The first moment that is not before {@code from}; null if there is none. */
    abstract @Nullable Instant firstFrom(ZoneId schedulerZone, Instant from);

    /** The last moment at which it may fire; null for none. */
    @Nullable
    Instant end(ZoneId schedulerZone) {
        return null;
    }

    @Override
    public Optional<Instant> next(ZoneId schedulerZone, @Nullable Instant previous, Instant now) {
        return Optional.ofNullable(firstFrom(schedulerZone, base(previous, now)));
    }

    private static Instant base(@Nullable Instant previous, Instant now) {
        return previous == null || previous.isAfter(now) ? now : after(previous);
    }

    /** The smallest step after a moment. */
    static Instant after(Instant moment) {
        return moment.equals(Instant.MAX) ? moment : moment.plusNanos(1);
    }

    @Override
    public Optional<Instant> latest(ZoneId schedulerZone, Instant from, Instant to) {
        Instant found = firstFrom(schedulerZone, from);
        if (found == null || found.isAfter(to)) {
            return Optional.empty();
        }
        Instant beyond = to; // nothing fires after this, up to the end of the span
        while (found.isBefore(beyond)) {
            Instant middle = after(found.plus(Duration.between(found, beyond).dividedBy(2)));
            Instant next = firstFrom(schedulerZone, middle);
            if (next == null || next.isAfter(to)) {
                beyond = middle.minusNanos(1);
            } else {
                found = next;
            }
        }
        return Optional.of(found);
    }

    @Override
    public long count(ZoneId schedulerZone, Instant from, Instant to, long limit) {
        long count = 0;
        Instant fire = firstFrom(schedulerZone, from);
        while (fire != null && !fire.isAfter(to) && count < limit) {
            count++;
            fire = firstFrom(schedulerZone, after(fire));
        }
        return count;
    }

    @Override
    public Trigger anchored(Instant registered, long seed) {
        return this;
    }

    @Override
    public Timing timing() {
        return Timing.SCHEDULED;
    }

    @Override
    public ZoneId zoneOr(ZoneId schedulerZone) {
        return schedulerZone;
    }

    @Override
    public boolean isNeverTooLate() {
        return false;
    }

    @Override
    public Trigger jitter(Duration upTo) {
        return JitteredTrigger.of(this, upTo);
    }

    @Override
    public Trigger within(WorkCalendar calendar) {
        return new OpenTrigger(this, calendar);
    }

    @Override
    public Trigger except(LocalDate... dates) {
        return within(WorkCalendar.everyDay().except(dates));
    }
}
