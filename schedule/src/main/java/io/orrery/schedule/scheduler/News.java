package io.orrery.schedule.scheduler;

import io.orrery.job.JobOutcome;
import io.orrery.schedule.Fire;
import io.orrery.schedule.ScheduleEvent;
import io.orrery.schedule.ScheduleEvent.Origin;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.Skip;
import io.orrery.schedule.store.ScheduleRow;
import io.orrery.schedule.store.Step;
import io.orrery.time.TimeSource;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns what a scheduler does into events, which are made only if somebody listens, and log lines. */
final class News {

    private static final System.Logger LOG = System.getLogger("io.orrery.schedule");
    private static final int NAMED = 20;

    final EventBus bus;
    private final TimeSource time;
    private final String name;
    private final String node;

    News(Setup setup) {
        this.time = setup.time();
        this.name = setup.name();
        this.node = setup.node();
        this.bus = new EventBus(time, name);
    }

    void tell(String alias, Function<Origin, ScheduleEvent> event) {
        if (bus.heard()) {
            tell(time.instant(), alias, event);
        }
    }

    /** Tells of what has happened at that moment. */
    private void tell(Instant at, String alias, Function<Origin, ScheduleEvent> event) {
        if (bus.heard()) {
            bus.publish(event.apply(new Origin(at, name, node, alias)));
        }
    }

    /** What a written decision means. */
    void decided(String store, Step step) {
        ScheduleRow row = step.row();
        for (Skip skip : step.skips()) {
            switch (skip.reason()) {
                case TOO_LATE, CATCH_UP_LIMIT -> missed(store, row.id(), skip);
                case OVERLAP -> overlapped(store, row.id(), skip);
            }
        }
        if (row.state() == ScheduleState.QUARANTINED) {
            quarantined(store, row.id(), row.history().note());
        }
        boolean over = row.state() == ScheduleState.FINISHED && !row.schedule().isKeptWhenFinished();
        if (over
                && row.live() + row.waiting() == 0
                && step.starting().isEmpty()
                && step.waiting().isEmpty()) {
            removed(store, row.id());
        }
    }

    void missed(String store, String id, Skip skip) {
        log(
                System.Logger.Level.WARNING,
                id + ": missed " + skip.count() + " due, the last at " + skip.last() + ": "
                        + "it was noticed later than its grace allows");
        tell(store, origin -> new ScheduleEvent.Missed(origin, id, skip));
    }

    void overlapped(String store, String id, Skip skip) {
        log(System.Logger.Level.WARNING, id + ": skipped " + skip.last() + ", since as many of its fires run as may");
        tell(store, origin -> new ScheduleEvent.MaxInstances(origin, id, skip));
    }

    void quarantined(String store, String id, String why) {
        log(System.Logger.Level.ERROR, id + " is quarantined: " + why);
        tell(store, origin -> new ScheduleEvent.Modified(origin, id, "quarantined: " + why));
    }

    /** It is in its store no more. That one has finished is a matter of course. */
    void removed(String store, String id) {
        removed(time.instant(), store, id);
    }

    void removed(Instant at, String store, String id) {
        LOG.log(System.Logger.Level.DEBUG, () -> name + ": " + id + ": is in the store no more");
        tell(at, store, origin -> new ScheduleEvent.Removed(origin, id));
    }

    void ended(String store, Fire fire, @Nullable Instant started, JobOutcome outcome, @Nullable Instant retryAt) {
        ended(time.instant(), store, fire, started, outcome, retryAt);
    }

    void ended(
            Instant at,
            String store,
            Fire fire,
            @Nullable Instant started,
            JobOutcome outcome,
            @Nullable Instant retryAt) {
        Instant begun = started == null ? at : started;
        switch (outcome) {
            case JobOutcome.Succeeded(Object value) ->
                tell(at, store, origin -> new ScheduleEvent.Executed(origin, fire, begun, value));
            case JobOutcome.Skipped _ -> missed(store, fire.schedule(), Skip.one(fire.at(), Skip.Reason.TOO_LATE));
            case JobOutcome.Failed _, JobOutcome.TimedOut _, JobOutcome.Cancelled _, JobOutcome.NotRun _ -> {
                log(
                        System.Logger.Level.WARNING,
                        fire.id() + ": " + outcome.state().word() + words(outcome)
                                + (retryAt == null ? "" : ", tried again at " + retryAt));
                tell(at, store, origin -> new ScheduleEvent.Failed(origin, fire, begun, outcome, retryAt));
            }
        }
    }

    /** How it failed, in words; empty if it did not. */
    static String words(JobOutcome outcome) {
        return outcome.failure().map(failure -> ": " + text(failure)).orElseGet(() -> switch (outcome) {
            case JobOutcome.Succeeded _ -> "";
            default -> outcome.because().isEmpty() ? "" : ": " + outcome.because();
        });
    }

    /** What somebody else's object says of itself; its class if it throws. */
    static String text(Object said) {
        try {
            return String.valueOf(said);
        } catch (RuntimeException | Error e) {
            return said.getClass().getName() + ", which cannot be put into words";
        }
    }

    void log(System.Logger.Level level, String what) {
        LOG.log(level, () -> name + ": " + what);
    }

    void log(System.Logger.Level level, String what, Throwable failure) {
        LOG.log(level, () -> name + ": " + what, failure);
    }

    /** Names what has ended on a node that leaves, and is not written. */
    void unwritten(String alias, List<StoreDesk.Ended> left) {
        if (!left.isEmpty()) {
            log(
                    System.Logger.Level.ERROR,
                    "of " + left.size() + " fires of the store \"" + alias
                            + "\" that have ended here the ends could not be written: "
                            + left.stream()
                                    .limit(NAMED)
                                    .map(ended -> ended.attempt()
                                                    .attempt()
                                                    .fire()
                                                    .id() + ", "
                                            + ended.attempt().outcome().state().word())
                                    .collect(Collectors.joining("; "))
                            + (left.size() > NAMED ? "; and so on" : "")
                            + ". They are not given back: when their leases have run out, onLost of their policies says"
                            + " what becomes of them.");
        }
    }
}
