package io.orrery.schedule.scheduler;

import io.orrery.schedule.ScheduleInfo;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.scheduler.SchedulerStatus.SchedulerState;
import io.orrery.schedule.store.StoredSchedule;
import io.orrery.schedule.trigger.Trigger;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out how schedules stand and what will become of them, without changing anything. */
record Inspector(Engine engine) {

    private Instant now() {
        return engine.time().instant();
    }

    Stream<ScheduleInfo> stored() {
        return engine.stores.values().stream()
                .flatMap(desk -> desk.store.all().stream())
                .map(Editor::info);
    }

    Preview preview(ScheduleInfo info, int count) {
        if (count < 1 || count > 50) {
            throw new IllegalArgumentException(
                    "count must be between 1 and 50, but is " + count + ". Ask for less, and again from there.");
        }
        List<Instant> times = times(info, count);
        ZoneId zone = info.definition().trigger().zoneOr(zone(info));
        return new Preview(info, zone, now(), count, times, times.size() < count);
    }

    private ZoneId zone(ScheduleInfo info) {
        return Decider.zone(info.definition(), engine.setup.zone());
    }

    private List<Instant> times(ScheduleInfo info, int count) {
        Trigger trigger = info.definition().trigger();
        Instant now = now();
        List<Instant> times = new ArrayList<>();
        Optional<Instant> next = first(info, trigger, now);
        while (next.isPresent() && times.size() < count) {
            times.add(next.get());
            next = trigger.next(zone(info), next.get(), now);
        }
        return times;
    }

    private Optional<Instant> first(ScheduleInfo info, Trigger trigger, Instant now) {
        return switch (info.state()) {
            case SCHEDULED -> info.nextFire();
            case PENDING, PAUSED, QUARANTINED -> {
                Instant previous = info.history().previous();
                Optional<Instant> next = trigger.next(zone(info), previous, now);
                yield previous != null && next.isPresent() && next.get().isBefore(now)
                        ? trigger.next(zone(info), now.minusNanos(1), now)
                        : next;
            }
            case FINISHED, AT_SHUTDOWN -> Optional.empty();
        };
    }

    Timeline timeline(List<ScheduleInfo> infos, int perSchedule, int limit) {
        int each = Math.clamp(perSchedule, 1, 10);
        List<ScheduleInfo> scheduled = infos.stream()
                .filter(info -> info.state() == ScheduleState.SCHEDULED || info.isPending())
                .toList();
        List<Timeline.Row> rows = new ArrayList<>();
        int exhausted = 0;
        for (ScheduleInfo info : scheduled) {
            List<Instant> times = times(info, each);
            exhausted += times.size() < each ? 1 : 0;
            times.forEach(at -> rows.add(new Timeline.Row(at, info)));
        }
        rows.sort(Comparator.comparing(Timeline.Row::at)
                .thenComparing(row -> row.schedule().id()));
        return new Timeline(
                now(),
                List.copyOf(rows.subList(0, Math.min(rows.size(), Math.clamp(limit, 1, 500)))),
                rows.size(),
                scheduled.size(),
                exhausted);
    }

    /** Why a schedule does not fire, or when it does. */
    String why(ScheduleInfo info, SchedulerState state) {
        var reasons = new ArrayList<String>();
        if (state == SchedulerState.STOPPED) {
            reasons.add("the scheduler is stopped: start() it");
        } else if (state == SchedulerState.PAUSED) {
            reasons.add("the scheduler is paused: resume() it");
        }
        StoreDesk desk = engine.stores.get(info.definition().store());
        if (desk != null && desk.trouble().isPresent()) {
            StoreDesk.Trouble trouble = desk.trouble().get();
            reasons.add("its store fails since " + trouble.since() + " and is asked again at " + trouble.until() + ": "
                    + trouble.failure());
        }
        String own = reason(info);
        if (own != null) {
            reasons.add(own);
        }
        if (desk != null && !info.isPending()) {
            blocked(desk, info).ifPresent(reasons::add);
        }
        Set<String> served = engine.setup.limits().queues();
        if (!served.isEmpty() && !served.contains(info.definition().queue())) {
            reasons.add("its queue \"" + info.definition().queue() + "\" is not served here, where "
                    + String.join(", ", new TreeSet<>(served)) + " is");
        }
        if (info.running().size() >= info.definition().policy().maxInstances()) {
            reasons.add("as many of its fires run as may: " + String.join(", ", info.running()));
        }
        return reasons.isEmpty()
                ? "\"" + info.id() + "\" fires at " + info.next() + "."
                : "\"" + info.id() + "\": " + String.join("; ", reasons) + ".";
    }

    /** Of which limit its fires wait for a place, and who has these. */
    private static Optional<String> blocked(StoreDesk desk, ScheduleInfo info) {
        String limit = desk.store.find(info.id()).map(StoredSchedule::blockedOn).orElse(null);
        if (limit == null) {
            return Optional.empty();
        }
        List<String> holders = desk.store.all().stream()
                .filter(stored -> stored.row().schedule().places().containsKey(limit))
                .flatMap(stored -> stored.running().stream())
                .toList();
        return Optional.of("its fires " + String.join(", ", info.waiting()) + " wait for a place of the limit \""
                + limit + "\", of which " + String.join(", ", holders)
                + (holders.size() == 1 ? " has one" : " have one each"));
    }

    private static @Nullable String reason(ScheduleInfo info) {
        return switch (info.state()) {
            case PENDING -> "it is added when the scheduler starts";
            case PAUSED -> "it is paused: resume(\"" + info.id() + "\")";
            case FINISHED -> "its trigger has no time left";
            case AT_SHUTDOWN -> "it fires when the scheduler shuts down";
            case QUARANTINED -> "it is quarantined: " + info.history().note();
            case SCHEDULED ->
                info.next() != null
                        ? null
                        : info.isSubmitted()
                                ? "it waits for its fire to end"
                                : "it fires when somebody wants it: runNow(\"" + info.id() + "\")";
        };
    }

    Health health(SchedulerState state) {
        var checks = new ArrayList<Health.Check>();
        checks.add(
                state == SchedulerState.STOPPED
                        ? new Health.Check("scheduler_running", Health.Level.WARNING, "the scheduler is stopped")
                        : new Health.Check("scheduler_running", Health.Level.OK, "the scheduler is " + state.word()));
        engine.stores
                .values()
                .forEach(desk -> checks.add(desk.trouble()
                        .map(trouble -> new Health.Check(
                                "store " + desk.alias,
                                Health.Level.FAILED,
                                "fails since " + trouble.since() + ": " + trouble.failure()))
                        .orElseGet(() -> new Health.Check("store " + desk.alias, Health.Level.OK, "works"))));
        long lost = engine.news.bus.lost();
        checks.add(new Health.Check(
                "listeners",
                lost == 0 ? Health.Level.OK : Health.Level.WARNING,
                lost == 0 ? "all keep up" : lost + " events were lost to listeners that are too slow"));
        List<String> quarantined = quarantined();
        checks.add(new Health.Check(
                "quarantine",
                quarantined.isEmpty() ? Health.Level.OK : Health.Level.WARNING,
                quarantined.isEmpty() ? "nothing is quarantined" : "quarantined: " + String.join(", ", quarantined)));
        return new Health(List.copyOf(checks));
    }

    private List<String> quarantined() {
        var ids = new ArrayList<String>();
        for (StoreDesk desk : engine.stores.values()) {
            if (desk.trouble().isEmpty()) {
                desk.store.all().stream()
                        .map(StoredSchedule::row)
                        .filter(row -> row.state() == ScheduleState.QUARANTINED)
                        .forEach(row -> ids.add(row.id()));
            }
        }
        return ids;
    }
}
