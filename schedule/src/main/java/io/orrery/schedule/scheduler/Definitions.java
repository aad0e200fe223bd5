package io.orrery.schedule.scheduler;

import io.orrery.schedule.EncodedPayload;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.Work;
import io.orrery.schedule.store.ScheduleRow;
import io.orrery.schedule.trigger.Trigger;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes definitions fit for a store, and finds out when they are due. */
record Definitions(Setup setup) {

    /**
     * The definition as it is kept: complete, anchored, and as data unless the store keeps objects.
     *
     * @throws IllegalArgumentException with all that is wrong with it
     */
    Schedule prepared(Schedule schedule, boolean local, Instant now) {
        var problems = new ArrayList<String>();
        if (schedule.isEmpty()) {
            problems.add("It runs something, but was given nothing. Give it a job, an action or a workflow.");
        }
        if (!local && !schedule.work().isData() && !schedule.isEmpty()) {
            problems.add("The store \"" + schedule.store() + "\" keeps data, not code, but it runs "
                    + schedule.work().text()
                    + ". Declare the code under a name with scheduler.action(…), and schedule it with"
                    + " job(name, payload).");
        }
        if (!local && schedule.policy().retry().isSelective()) {
            problems.add("The store \"" + schedule.store() + "\" keeps data, not code, but its retry policy has a"
                    + " condition. Leave on(…) out, or let the job catch what is not to be retried.");
        }
        Work work = schedule.work();
        if (work instanceof Work.Named named && !schedule.isEmpty()) {
            work = checked(named, local, problems);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "The schedule \"" + schedule.id() + "\" cannot be kept. " + String.join(" ", problems));
        }
        return schedule.work(work)
                .policy(schedule.policy().over(setup.defaults()))
                .anchored(now);
    }

    private Work checked(Work.Named named, boolean local, List<String> problems) {
        try {
            boolean known = local || setup.jobs().has(named.job()); // others may know jobs that this process does not
            if (known) {
                setup.jobs().check(named.job(), named.payload());
            }
            if (local || named.payload() == null || named.payload() instanceof EncodedPayload) {
                return named;
            }
            var payload = new EncodedPayload(setup.codec().id(), setup.codec().encode(named.payload()));
            if (known) {
                setup.jobs().check(named.job(), payload); // what is written can be read
            }
            return new Work.Named(named.job(), payload);
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
            return named;
        }
    }

    private ZoneId zone(Schedule schedule) {
        return Decider.zone(schedule, setup.zone());
    }

    /** The row of a definition that begins anew. */
    ScheduleRow row(Schedule schedule, Instant now) {
        return standing(
                ScheduleRow.of(schedule, ScheduleState.SCHEDULED, null),
                schedule.firstAt().orElse(null),
                now);
    }

    /** How a row stands from now on if it begins anew. */
    private ScheduleRow standing(ScheduleRow row, @Nullable Instant first, Instant now) {
        Schedule schedule = row.schedule();
        return switch (schedule.trigger().timing()) {
            case AT_SHUTDOWN -> row.standing(ScheduleState.AT_SHUTDOWN, null);
            case ON_DEMAND -> row.standing(schedule.isPaused() ? ScheduleState.PAUSED : ScheduleState.SCHEDULED, first);
            case SCHEDULED, AFTER_COMPLETION -> {
                Optional<Instant> due =
                        first == null ? schedule.trigger().next(zone(schedule), null, now) : Optional.of(first);
                ScheduleState state = due.isEmpty()
                        ? ScheduleState.FINISHED
                        : schedule.isPaused() ? ScheduleState.PAUSED : ScheduleState.SCHEDULED;
                yield row.standing(state, due.orElse(null));
            }
        };
    }

    /** The same with another trigger, which begins now; paused if it is. */
    ScheduleRow rescheduled(ScheduleRow row, Trigger trigger, Instant now) {
        ScheduleRow changed = standing(
                row.saying(row.schedule().trigger(trigger).anchored(now))
                        .remembering(row.history().after(null)),
                null,
                now);
        return row.state() == ScheduleState.PAUSED && changed.state() == ScheduleState.SCHEDULED
                ? changed.standing(ScheduleState.PAUSED, changed.due())
                : changed;
    }

    /** The same paused; what is neither due some time nor quarantined stays as it is. */
    static ScheduleRow paused(ScheduleRow row) {
        return switch (row.state()) {
            case SCHEDULED, QUARANTINED, PENDING -> row.standing(ScheduleState.PAUSED, row.due());
            case PAUSED, FINISHED, AT_SHUTDOWN -> row;
        };
    }

    /** The same no longer paused or quarantined: due when its trigger says so next, from now on. */
    ScheduleRow resumed(ScheduleRow row, Instant now) {
        return switch (row.state()) {
            case PAUSED, QUARANTINED -> {
                Trigger trigger = row.schedule().trigger();
                yield switch (trigger.timing()) {
                    case AT_SHUTDOWN -> row.standing(ScheduleState.AT_SHUTDOWN, null);
                    case ON_DEMAND -> row.standing(ScheduleState.SCHEDULED, null);
                    case AFTER_COMPLETION ->
                        row.standing(
                                ScheduleState.SCHEDULED,
                                trigger.next(zone(row.schedule()), now, now).orElse(now));
                    case SCHEDULED -> {
                        Optional<Instant> due = next(row, now);
                        yield row.standing(
                                due.isEmpty() ? ScheduleState.FINISHED : ScheduleState.SCHEDULED, due.orElse(null));
                    }
                };
            }
            case SCHEDULED, PENDING, FINISHED, AT_SHUTDOWN -> row;
        };
    }

    /** What was missed meanwhile is not made up for; but what has never fired fires, be it late. */
    private Optional<Instant> next(ScheduleRow row, Instant now) {
        Trigger trigger = row.schedule().trigger();
        ZoneId zone = zone(row.schedule());
        Instant previous = row.previous();
        Optional<Instant> next = trigger.next(zone, previous, now);
        return previous != null && next.isPresent() && next.get().isBefore(now)
                ? trigger.next(zone, now.minusNanos(1), now)
                : next;
    }
}
