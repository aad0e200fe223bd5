package io.orrery.schedule.scheduler;

import io.orrery.schedule.Fire;
import io.orrery.schedule.Overlap;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.SchedulePolicy;
import io.orrery.schedule.SchedulePolicy.Coalesce;
import io.orrery.schedule.SchedulePolicy.Misfire;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.Skip;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.NextDue;
import io.orrery.schedule.store.ScheduleRow;
import io.orrery.schedule.store.Step;
import io.orrery.schedule.trigger.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a schedule that is due: a function of its row and of the time, without effects.
 *
 * <h2>In three steps</h2>
 *
 * <p>First the due times: from the one that the row waits for to the last one that is not in the future. Of these only the
 * first, the last and the number are looked at, so that a month of seconds costs no more than one (spec GT31); as a rule there is
 * one, and asking for the next one tells. Then lateness
 * and coalescing decide which of them are to run (GT35). At last the number of fires that are live decides which of those
 * start, wait, or are skipped. Whatever does not run is named with a reason, or counted as coalesced.
 *
 * <h2>Lateness</h2>
 *
 * <p>Times that are coalesced are judged together, by the last one: a backlog runs once if its last time is not too late. Under
 * {@link Coalesce#ALL} each is judged by itself. Where no grace is set, it is the time to the next due time for a schedule that
 * recurs, and there is no limit for a one-shot, for a trigger that says so, and under {@link Coalesce#ALL}.
 */
record Decider(ZoneId zone, Instant now) {

    private static final long COUNT_LIMIT = 10_000_000; // beyond, the number said is too small

    /** Due times in a row. */
    private record Times(Instant first, Instant last, long count) {}

    /** What is to run of them, and what is not. */
    private record Choice(List<Fire> fires, List<Skip> skips) {}

    static ZoneId zone(Schedule schedule, ZoneId schedulerZone) {
        return schedule.zone().orElse(schedulerZone);
    }

    /** The moment after which it is too late even to begin, for one that has to wait for a thread; null for none. */
    static @Nullable Instant startBy(Lease lease) {
        SchedulePolicy policy = lease.schedule().policy();
        Fire fire = lease.fire();
        if (fire.manual() || fire.attempt() > 1 || policy.grace().isEmpty()) {
            return null;
        }
        Duration grace = policy.grace().get();
        if (grace.compareTo(Duration.between(fire.at(), Instant.MAX)) > 0) {
            return null;
        }
        Instant latest = fire.at().plus(grace);
        return latest.isBefore(lease.since()) ? null : latest; // it was decided that it runs all the same
    }

    /** What becomes of a row that is due; if that can't be found out, it is quarantined. */
    Step decide(ScheduleRow row) {
        try {
            return known(row);
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
            return Step.write(row.quarantined(unknown(e)));
        }
    }

    private static String unknown(Throwable why) {
        return "its next time cannot be found: " + News.text(why)
                + ". Give the schedule another trigger, or remove it.";
    }

    /** When a schedule is due next after a run of it that ends now; null if it does not count from that. */
    @Nullable
    NextDue afterRun(Schedule schedule, Fire fire) {
        if (schedule.trigger().timing() != Trigger.Timing.AFTER_COMPLETION || fire.manual()) {
            return null;
        }
        try {
            Optional<Instant> next = schedule.trigger().next(zone, now, now);
            return next.isPresent() ? new NextDue.At(next.get()) : new NextDue.Never();
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
            return new NextDue.Unknown(unknown(e));
        }
    }

    private Step known(ScheduleRow row) {
        Trigger trigger = row.schedule().trigger();
        Instant due = Objects.requireNonNull(row.due());
        boolean afterCompletion = trigger.timing() == Trigger.Timing.AFTER_COMPLETION;
        Optional<Instant> next = trigger.next(zone, due, now);
        Times times = afterCompletion || isAhead(next) ? new Times(due, due, 1) : times(trigger, due);
        if (times.count > 1) {
            next = trigger.next(zone, times.last, now);
        }
        if (next.isPresent() && !next.get().isAfter(times.last)) {
            throw new IllegalStateException("after " + times.last + " the trigger gave " + next.get());
        }
        Choice choice = choose(row.schedule(), times, next.orElse(null));
        if (afterCompletion && !choice.fires.isEmpty()) {
            return overlap(row.after(times.last, ScheduleState.SCHEDULED, null), choice);
        }
        if (afterCompletion) {
            next = trigger.next(zone, now, now);
        }
        ScheduleState state = next.isPresent() ? ScheduleState.SCHEDULED : ScheduleState.FINISHED;
        return overlap(row.after(times.last, state, next.orElse(null)), choice);
    }

    private boolean isAhead(Optional<Instant> next) {
        return next.isEmpty() || next.get().isAfter(now);
    }

    private Times times(Trigger trigger, Instant due) {
        Instant from = due.plusNanos(1);
        Instant last = trigger.latest(zone, from, now).orElse(due);
        return last.equals(due)
                ? new Times(due, due, 1)
                : new Times(due, last, 1 + trigger.count(zone, from, last, COUNT_LIMIT));
    }

    private Choice choose(Schedule schedule, Times times, @Nullable Instant next) {
        SchedulePolicy policy = schedule.policy();
        Duration grace = grace(schedule, times, next);
        if (policy.coalesce() == Coalesce.ALL) {
            return all(schedule, times, grace);
        }
        if (policy.misfire() == Misfire.SKIP && isLate(times.last, grace)) {
            return new Choice(List.of(), List.of(new Skip(times.first, times.last, times.count, Skip.Reason.TOO_LATE)));
        }
        Instant at = policy.coalesce() == Coalesce.EARLIEST ? times.first : times.last;
        int others = (int) Math.min(times.count - 1, Integer.MAX_VALUE);
        Fire fire = Fire.at(schedule.id(), at);
        return new Choice(List.of(others == 0 ? fire : fire.coalescing(others)), List.of());
    }

    private boolean isLate(Instant time, @Nullable Duration grace) {
        return grace != null && Duration.between(time, now).compareTo(grace) > 0;
    }

    /** Null for none. */
    private static @Nullable Duration grace(Schedule schedule, Times times, @Nullable Instant next) {
        SchedulePolicy policy = schedule.policy();
        if (policy.isNeverTooLate()) {
            return null;
        }
        if (policy.grace().isPresent()) {
            return policy.grace().get();
        }
        boolean unlimited = schedule.trigger().isNeverTooLate() || next == null || policy.coalesce() == Coalesce.ALL;
        return unlimited ? null : Duration.between(times.last, next);
    }

    /** Each of them by itself, but for those that are too late or too many. */
    private Choice all(Schedule schedule, Times times, @Nullable Duration grace) {
        SchedulePolicy policy = schedule.policy();
        Trigger trigger = schedule.trigger();
        var kept = new ArrayDeque<Instant>(); // the latest ones
        Instant from = windowStart(trigger, times, policy.catchUp());
        if (!from.isAfter(times.first)) {
            kept.add(times.first);
            from = times.first;
        }
        Optional<Instant> one = trigger.next(zone, from.equals(times.first) ? from : from.minusNanos(1), now);
        for (; one.isPresent() && !one.get().isAfter(times.last); one = trigger.next(zone, one.get(), now)) {
            kept.add(one.get());
            if (kept.size() > policy.catchUp()) {
                kept.removeFirst();
            }
        }
        var skips = new ArrayList<Skip>();
        long dropped = times.count - kept.size();
        if (dropped > 0) {
            Instant last = trigger.latest(zone, times.first, kept.getFirst().minusNanos(1))
                    .orElse(times.first);
            skips.add(new Skip(times.first, last, dropped, Skip.Reason.CATCH_UP_LIMIT));
        }
        List<Instant> late = kept.stream().filter(time -> isLate(time, grace)).toList();
        boolean rerun =
                policy.misfire() == Misfire.RUN || (policy.misfire() == Misfire.RUN_ONCE && late.size() == kept.size());
        var run = new ArrayList<Instant>(kept);
        if (!late.isEmpty() && !(policy.misfire() == Misfire.RUN)) {
            run.removeAll(late);
            if (rerun) {
                run.add(late.getLast());
                late = late.subList(0, late.size() - 1);
            }
            if (!late.isEmpty()) {
                skips.add(new Skip(late.getFirst(), late.getLast(), late.size(), Skip.Reason.TOO_LATE));
            }
        }
        return new Choice(run.stream().map(time -> Fire.at(schedule.id(), time)).toList(), skips);
    }

    /** A moment from which on there are enough times, and not very many more. */
    private Instant windowStart(Trigger trigger, Times times, int wanted) {
        if (times.count <= wanted) {
            return times.first;
        }
        for (Duration window = Duration.ofSeconds(1); ; window = window.multipliedBy(2)) {
            Instant from = times.last.minus(window);
            if (!from.isAfter(times.first)) {
                return times.first;
            }
            if (trigger.count(zone, from, times.last, wanted) >= wanted) {
                return from;
            }
        }
    }

    /** What starts, waits, or is skipped of what is to run. */
    private static Step overlap(ScheduleRow row, Choice choice) {
        List<Fire> fires = choice.fires;
        SchedulePolicy policy = row.schedule().policy();
        int room = policy.overlap() == Overlap.ALLOW_ALL
                ? Integer.MAX_VALUE
                : Math.max(0, policy.maxInstances() - row.live());
        if (fires.isEmpty() || room >= fires.size()) {
            return new Step(row, Step.What.WRITE, fires, List.of(), choice.skips);
        }
        List<Fire> starting = fires.subList(0, room);
        List<Fire> others = fires.subList(room, fires.size());
        return switch (policy.overlap()) {
            case SKIP ->
                room > 0 // the others are of the same backlog, and come one after the other
                        ? new Step(row, Step.What.WRITE, starting, others, choice.skips)
                        : skipping(row, List.of(), fires, choice.skips);
            case BUFFER_ONE ->
                row.waiting() == 0
                        ? buffering(row, starting, others, choice.skips)
                        : skipping(row, List.of(), others, choice.skips);
            case BUFFER_ALL, ALLOW_ALL -> new Step(row, Step.What.WRITE, starting, others, choice.skips);
            case CANCEL_OTHER ->
                new Step(
                        row, row.live() == 0 ? Step.What.WRITE : Step.What.CANCEL_LIVE, starting, others, choice.skips);
            case TERMINATE_OTHER -> {
                int most = Math.min(policy.maxInstances(), fires.size());
                yield new Step(
                        row,
                        row.live() == 0 ? Step.What.WRITE : Step.What.TERMINATE_LIVE,
                        fires.subList(0, most),
                        fires.subList(most, fires.size()),
                        choice.skips);
            }
        };
    }

    private static Step buffering(ScheduleRow row, List<Fire> starting, List<Fire> others, List<Skip> skips) {
        List<Fire> last = List.of(others.getLast());
        List<Fire> dropped = others.subList(0, others.size() - 1);
        Step skipped = skipping(row, last, dropped, skips);
        return new Step(row, Step.What.WRITE, starting, last, skipped.skips());
    }

    private static Step skipping(ScheduleRow row, List<Fire> waiting, List<Fire> dropped, List<Skip> skips) {
        var all = new ArrayList<>(skips);
        for (Fire fire : dropped) {
            all.add(new Skip(fire.at(), fire.at(), 1 + fire.coalesced(), Skip.Reason.OVERLAP));
        }
        return new Step(row, Step.What.WRITE, List.of(), waiting, all);
    }
}
