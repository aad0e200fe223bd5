package io.orrery.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleInfo;
import io.orrery.schedule.executor.FireContext;
import io.orrery.schedule.scheduler.Scheduler;
import io.orrery.schedule.trigger.Trigger;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two thousand recurring schedules that three schedulers share for ten days, on PostgreSQL and time that moves by itself; each
 * day one of the three leaves and another one comes. {@code -Dorrery.shared-days} sets how many days.
 */
final class SharedDaysTest {

    private static final int SCHEDULES = 2_000;
    private static final int DAYS = Integer.getInteger("orrery.shared-days", 10);
    private static final Instant START = Instant.parse("2026-03-25T00:00:00Z"); // clocks change in Europe on the 29th
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private final ManualTime time = ManualTime.stoppedAt(START);
    private final Map<String, ConcurrentLinkedQueue<Instant>> submitted = new ConcurrentHashMap<>();
    private final Map<String, Integer> byNode = new ConcurrentHashMap<>();
    private int opened;

    private Scheduler open(Backend.Connections connections) {
        String node = "node-" + ++opened;
        Scheduler scheduler = Scheduler.named(node)
                .node(node)
                .time(time)
                .zone(ZoneOffset.UTC)
                .lease(Duration.ofHours(1))
                .store(JdbcStore.on(connections.source()).prefix("days_").pause(Duration.ofHours(1)))
                .open();
        scheduler.job("note", context -> {
            var fire = FireContext.of(context).fire();
            submitted.get(fire.schedule()).add(fire.at());
            return byNode.merge(node, 1, Integer::sum);
        });
        scheduler.start();
        return scheduler;
    }

    /** Fires at some quarter of an hour, from every hour to every week. */
    private static Schedule schedule(int number) {
        int quarter = 15 * (number % 4);
        Trigger trigger = switch (number % 10) {
            case 0 -> Trigger.cron(quarter + " * * * *");
            case 1 -> Trigger.cron(quarter + " 2 * * *");
            case 2 -> Trigger.cron(quarter + " */" + (2 + number % 5) + " * * *");
            case 3 ->
                Trigger.cron("0 " + number % 24 + " * * "
                        + DayOfWeek.of(1 + number % 7).getValue());
            default -> Trigger.every(Duration.ofMinutes(15L * (4 + number % 45)));
        };
        Schedule schedule = Schedule.named("s" + number).trigger(trigger).job("note");
        return number % 3 == 0 ? schedule.zone(PARIS) : schedule;
    }

    private List<Instant> expected(Schedule schedule, Instant end) {
        List<Instant> moments = new ArrayList<>();
        ZoneId zone = schedule.zone().orElse(ZoneOffset.UTC);
        Optional<Instant> next = schedule.trigger().next(zone, null, START);
        while (next.isPresent() && !next.get().isAfter(end)) {
            moments.add(next.get());
            next = schedule.trigger().next(zone, next.get(), end);
        }
        return moments;
    }

    @Test
    @Timeout(600)
    @Spec({"GT34", "GT59", "M-004", "PR-011"})
    void each_fire_is_submitted_once_by_one_of_three_nodes() throws Exception {
        List<Scheduler> nodes = new ArrayList<>();
        try (var connections = Backend.POSTGRESQL.connections(Backend.Pool.HIKARI, 16)) {
            for (int i = 0; i < 3; i++) {
                nodes.add(open(connections));
            }
            for (int i = 0; i < SCHEDULES; i++) {
                submitted.put("s" + i, new ConcurrentLinkedQueue<>());
                nodes.get(i % 3).add(schedule(i));
            }
            for (int day = 0; day < DAYS; day++) {
                time.advance(Duration.ofDays(1));
                time.awaitIdle();
                nodes.remove(0).close();
                nodes.add(open(connections));
            }
            time.awaitIdle();
            check(nodes.getFirst().schedules());
        } finally {
            nodes.forEach(Scheduler::close);
        }
    }

    /** The first moment at which they are different. */
    private static String first(List<Instant> seen, List<Instant> expected) {
        for (int i = 0; i < Math.min(seen.size(), expected.size()); i++) {
            if (!seen.get(i).equals(expected.get(i))) {
                return seen.get(i) + " and not " + expected.get(i);
            }
        }
        return "one has more";
    }

    private void check(List<ScheduleInfo> schedules) {
        assertThat(schedules).hasSize(SCHEDULES);
        var wrong = new TreeMap<String, String>();
        long fires = 0;
        for (ScheduleInfo info : schedules) {
            List<Instant> expected = expected(info.definition(), time.instant());
            List<Instant> seen = submitted.get(info.id()).stream().sorted().toList();
            fires += seen.size();
            if (!seen.equals(expected)) {
                wrong.put(info.id(), seen.size() + " of " + expected.size() + ": " + first(seen, expected));
            }
        }
        System.getLogger("io.orrery.store.jdbc").log(System.Logger.Level.INFO, fires + " fires, by " + byNode);
        assertThat(wrong).isEmpty();
        assertThat(byNode).hasSizeGreaterThanOrEqualTo(3);
    }
}
