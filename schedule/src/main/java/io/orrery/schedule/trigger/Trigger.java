package io.orrery.schedule.trigger;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When something fires. A trigger is a value: immutable, equal by what it says, safe for use by any thread, and written as
 * plain {@linkplain #toData data}, from which it can be {@linkplain #fromData read} again. It has no state: what has fired
 * is told to it each time, so asking changes nothing, and the answer to one question is always the same.
 *
 * <p>A trigger stands for a set of moments on the time line. {@link #next} walks along it. Members of a combination keep
 * their own phase, because the moments of each are its own (spec T-001, T-027, GT15).
 *
 * <p>Some triggers leave their start open ("every ten minutes, from when it was registered"). {@link #anchored} fixes it.
 * Whoever keeps a trigger calls that once, when it is registered, and keeps the result.
 */
public sealed interface Trigger permits Timeline {

    /**
     * Fires once, at this moment, even if it has passed already. A local time is one of the scheduler's zone: in a gap of the
     * zone it is moved on by the length of the gap; of a repeated time it is the first (spec T-004).
     *
     * @param moment an Instant, a zoned, offset or local date-time, or a date, which is its midnight
     */
    static DateTrigger at(Temporal moment) {
        return new DateTrigger(Moment.of(moment), false);
    }

    /**
     * Fires once, at a moment written like {@code 2026-03-01}, {@code 2026-03-01 02:30:00} or
     * {@code 2026-03-01T02:30:00+01:00}.
     *
     * @throws InvalidTriggerException if it is none
     */
    static DateTrigger at(String moment) {
        return new DateTrigger(Moment.parse(moment), false);
    }

    /** Fires once, when it is registered, and is never too late. */
    static DateTrigger now() {
        return new DateTrigger(null, true);
    }

    /**
     * Fires when the local time matches five fields, or six with leading seconds, or a macro; see {@link CronDialect#CRONTAB}.
     *
     * @throws InvalidTriggerException with the position of what is wrong, or of what makes it never fire
     */
    static CronTrigger cron(String expression) {
        return CronTrigger.of(CronDialect.CRONTAB, expression);
    }

    /**
     * Fires whenever this time has elapsed, first one interval after it was registered.
     *
     * @throws InvalidTriggerException if it is not positive, or longer than 10,000 years
     */
    static IntervalTrigger every(Duration interval) {
        return IntervalTrigger.of(interval);
    }

    /**
     * Fires every so many years, months, weeks and days, at midnight if nothing else is said.
     *
     * @throws InvalidTriggerException if it is zero or has a negative part
     */
    static CalendarIntervalTrigger every(Period period) {
        return CalendarIntervalTrigger.of(period);
    }

    /**
     * Fires when all of these do. A search that goes on for too long ends with never.
     *
     * @throws InvalidTriggerException if there is none, one is not fired by the clock, or two intervals never coincide
     */
    static Trigger and(Trigger... triggers) {
        return CombinedTrigger.of(true, List.of(triggers), Duration.ZERO);
    }

    /**
     * Fires when all of these do so within a span of time, at the first of the moments (spec GT15).
     *
     * @throws InvalidTriggerException if there is none, one is not fired by the clock, two intervals never coincide, or the
     *     tolerance is negative
     */
    static Trigger and(Duration tolerance, Trigger... triggers) {
        return CombinedTrigger.of(true, List.of(triggers), tolerance);
    }

    /**
     * Fires when any of these does; each keeps its own phase (spec T-027). A date that has passed when this is first asked does
     * not fire.
     *
     * @throws InvalidTriggerException if there is none, or one is not fired by the clock
     */
    static Trigger or(Trigger... triggers) {
        return CombinedTrigger.of(false, List.of(triggers), Duration.ZERO);
    }

    /** Fires when the scheduler shuts down (spec T-029). */
    static Trigger atShutdown() {
        return UnscheduledTrigger.SHUTDOWN;
    }

    /** Fires only when somebody asks for it. */
    static Trigger manual() {
        return UnscheduledTrigger.MANUAL;
    }

    /**
     * Reads what {@link #toData} has written.
     *
     * @throws InvalidTriggerException with all that is wrong with it
     */
    static Trigger fromData(Map<String, ?> data) {
        return TriggerReader.read(data);
    }

    /** What makes a trigger fire. */
    enum Timing {
        /** The clock. */
        SCHEDULED,
        /** The end of the run before: what {@link #next} is told as previous is the moment at which that run ended. */
        AFTER_COMPLETION,
        /** The shutdown of the scheduler; never the clock. */
        AT_SHUTDOWN,
        /** Somebody who asks for it; never the clock. */
        ON_DEMAND
    }

    /**
     * The next moment at which this fires, or empty if it never does again.
     *
     * <p>Without a previous fire it is the first moment that is not before {@code now}; a date fires even if it has passed.
     * With one it is the first moment after it, even if that has passed as well, so that what was missed can be counted; if
     * the clock was put back before the previous fire, cron counts from {@code now} (spec T-020). It is never a moment before
     * the start or after the end of the trigger; both may fire themselves.
     *
     * @param schedulerZone the zone of the scheduler, for triggers that have none of their own
     * @param previous the last scheduled fire; under {@link Timing#AFTER_COMPLETION} the end of the last run; null if there
     *     was none
     * @param now the present
     */
    Optional<Instant> next(ZoneId schedulerZone, @Nullable Instant previous, Instant now);

    /**
     * The last moment of this trigger in a span of time, both ends included; empty if there is none. Takes about as long as
     * some dozens of calls of {@link #next}, however many moments there are (spec GT31).
     */
    Optional<Instant> latest(ZoneId schedulerZone, Instant from, Instant to);

    /**
     * How many moments of this trigger there are in a span of time, both ends included, counting no further than
     * {@code limit}. Calculated for intervals, counted for others.
     */
    long count(ZoneId schedulerZone, Instant from, Instant to, long limit);

    /**
     * The same trigger with all that is open fixed: what starts when it is registered starts now, and jitter is drawn with
     * this seed. This trigger itself if nothing is open. Whoever keeps a trigger calls this once.
     *
     * @param registered when it is registered
     * @param seed makes the jitter of one schedule differ from that of others; for example a hash of its id
     */
    Trigger anchored(Instant registered, long seed);

    /** What makes this fire. */
    Timing timing();

    /** The zone in which this counts: its own, or else that of the scheduler (spec T-003). */
    ZoneId zoneOr(ZoneId schedulerZone);

    /** Whether a fire of this is welcome however late it is, so that no grace period should end it (spec T-001). */
    boolean isNeverTooLate();

    /** The name of this kind of trigger, as in its data: date, interval, cron, and so on (spec T-005). */
    String type();

    /** This trigger as text, numbers, booleans, and lists and maps of these, with type and version. */
    Map<String, Object> toData();

    /** This trigger in words, such as "at 02:30 every day". */
    String describe();

    /**
     * The same, with each fire delayed by a random part of this duration, but never as far as to the next one, nor beyond the
     * end. Delays do not add up: the fires without jitter stay where they are (spec T-002, GT10). The delay of a fire follows
     * from the seed that {@link #anchored} is given, so a preview shows what will happen.
     *
     * @throws InvalidTriggerException if {@code upTo} is not positive
     */
    Trigger jitter(Duration upTo);

    /** The same without the fires at which this calendar is closed, in the zone of this trigger. */
    Trigger within(WorkCalendar calendar);

    /** The same without the fires on these dates, in the zone of this trigger. */
    Trigger except(LocalDate... dates);
}
