package io.orrery.schedule.scheduler;

import io.orrery.schedule.ScheduleEvent;
import io.orrery.schedule.ScheduleEvent.Executed;
import io.orrery.schedule.ScheduleEvent.Failed;
import io.orrery.schedule.ScheduleEvent.MaxInstances;
import io.orrery.schedule.ScheduleEvent.Missed;
import io.orrery.schedule.ScheduleEvent.Modified;
import io.orrery.schedule.ScheduleEvent.ScheduleListener;
import io.orrery.schedule.ScheduleEvent.Submitted;
import io.orrery.schedule.Skip;
import io.orrery.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One line an event, with the time since the beginning of manual time: {@code 5s a executed}. */
final class EventTrail implements ScheduleListener {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<ScheduleEvent> events = new ArrayList<>(); // guarded by itself

    @Override
    public void on(ScheduleEvent event) {
        synchronized (events) {
            events.add(event);
        }
    }

    List<ScheduleEvent> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    /** All lines since the last call. */
    List<String> lines() {
        synchronized (events) {
            var lines = events.stream().map(EventTrail::line).toList();
            events.clear();
            return lines;
        }
    }

    /** The lines about schedules since the last call. */
    List<String> fires() {
        return lines().stream()
                .filter(line -> !line.contains("scheduler ") && !line.contains("store ") && !line.contains("executor "))
                .toList();
    }

    static String since(Instant at) {
        return Durations.text(Duration.between(START, at));
    }

    private static String line(ScheduleEvent event) {
        String word = event.kind().dotted().replace("task.", "").replace('.', ' ');
        String who = event.schedule().map(id -> id + " ").orElse("");
        String alias = event.schedule().isEmpty() && !event.origin().alias().isEmpty()
                ? " " + event.origin().alias()
                : "";
        return since(event.origin().at()) + " " + who + word + alias + more(event);
    }

    private static String more(ScheduleEvent event) {
        return switch (event) {
            case Submitted submitted ->
                (submitted.fire().manual()
                                ? " manually"
                                : at(submitted.origin().at(), submitted.fire().at()))
                        + (submitted.fire().coalesced() == 0
                                ? ""
                                : ", " + submitted.fire().coalesced() + " coalesced")
                        + (submitted.fire().attempt() == 1
                                ? ""
                                : ", attempt " + submitted.fire().attempt());
            case Executed executed -> executed.value() == null ? "" : ": " + executed.value();
            case Failed failed ->
                ": " + failed.outcome().state().word()
                        + (failed.retryAt() == null ? "" : ", again at " + since(failed.retryAt()));
            case Missed missed -> skip(missed.skip());
            case MaxInstances max -> skip(max.skip());
            case Modified modified -> ": " + modified.because();
            default -> "";
        };
    }

    private static String at(Instant now, Instant due) {
        return now.equals(due) ? "" : " for " + since(due);
    }

    private static String skip(Skip skip) {
        return " "
                + (skip.count() == 1
                        ? since(skip.first())
                        : skip.count() + " from " + since(skip.first()) + " to " + since(skip.last()));
    }
}
