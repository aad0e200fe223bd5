package io.orrery.schedule.soak;

import io.orrery.schedule.Schedule.OnConflict;
import io.orrery.schedule.ScheduleEvent;
import io.orrery.schedule.executor.JobExecutor;
import io.orrery.schedule.scheduler.Health;
import io.orrery.schedule.scheduler.MaxInstancesException;
import io.orrery.schedule.scheduler.Scheduler;
import io.orrery.time.ManualTime;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A thousand random schedules on virtual time, to which random things are done, and a {@link Ledger} for each. All that is
 * random comes from the seed.
 */
final class Soak {

    private static final int SCHEDULES = 1_000;
    private static final int ONCE = 940; // numbers of those that fire once
    private static final int AFTER_COMPLETION = 970;

    private final Random random;
    private final ManualTime time = ManualTime.stopped();
    private final Scheduler scheduler = Scheduler.named("soak")
            .time(time)
            .zone(ZoneOffset.UTC)
            .executor(JobExecutor.virtualThreads())
            .executor("few", JobExecutor.virtualThreads(3))
            .open();
    private final Tally tally = new Tally();

    // Changed by the driver while nothing else happens; read by the listener otherwise.
    private final Map<String, Ledger> ledgers = new LinkedHashMap<>();
    private final List<String> ids = new ArrayList<>();
    private int added;

    Soak(long seed) {
        this.random = new Random(seed);
    }

    /** Runs for so long on virtual time. */
    Tally run(Duration span) throws InterruptedException {
        scheduler.listen(event -> {
            if (event instanceof ScheduleEvent.OfSchedule known) {
                ledgers.get(known.id()).hear(known);
            }
        });
        scheduler.start();
        time.awaitIdle();
        for (int number = 0; number < SCHEDULES; number++) {
            add(number);
        }
        while (time.elapsed().compareTo(span) < 0 && tally.problems().isEmpty()) {
            time.advance(Duration.ofMinutes(random.nextInt(1, 24 * 60)));
            act();
        }
        time.advance(Duration.ofHours(1));
        ledgers.forEach((id, ledger) -> ledger.close(scheduler.schedule(id).orElse(null), time.instant()));
        Health health = scheduler.health();
        if (health.level() != Health.Level.OK) {
            tally.problem(health.toString());
        }
        while (!scheduler.shutdownNow()) {
            Thread.onSpinWait();
        }
        return tally;
    }

    private void add(int number) throws InterruptedException {
        Subject subject = Subject.random(random, number, time.instant());
        String id = subject.schedule().id();
        ledgers.put(id, new Ledger(tally, subject, time.instant()));
        ids.add(id);
        added = Math.max(added, number + 1);
        scheduler.add(subject.schedule());
        time.awaitIdle();
    }

    // ---------------------------------------------------------------------------------------- what is done to it

    private void act() throws InterruptedException {
        tally.actions++;
        ids.removeIf(id -> !ledgers.get(id).isThere());
        ledgers.values().removeIf(ledger -> !ledger.isThere() && ledger.hasEnded());
        while (ids.size() < SCHEDULES) {
            int number = added + Math.floorMod(ONCE + random.nextInt(AFTER_COMPLETION - ONCE) - added, SCHEDULES);
            add(number);
        }
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> pauseOrResume();
            case 3, 4 -> reschedule();
            case 5 -> update();
            case 6 -> setClock();
            case 7 -> pauseAll();
            case 8, 9 -> runNow();
            case 10 -> removeAndAdd();
            default -> replace();
        }
        time.awaitIdle();
    }

    private Ledger one() {
        Ledger ledger = ledgers.get(ids.get(random.nextInt(ids.size())));
        ledger.at(time.instant());
        return ledger;
    }

    private static String id(Ledger ledger) {
        return ledger.subject().schedule().id();
    }

    private void pauseOrResume() {
        Ledger ledger = one();
        if (ledger.isPaused()) {
            ledger.resumed(time.instant());
            scheduler.resume(id(ledger));
        } else {
            ledger.paused();
            scheduler.pause(id(ledger));
        }
    }

    /** A trigger of the clock, as frequent as another one; not of the most frequent ones, so that these do not become many. */
    private Subject otherwise(Ledger ledger) {
        return ledger.subject().firing(random, random.nextInt(100, ONCE), time.instant());
    }

    private boolean isRecurring(Ledger ledger) {
        return !ledger.subject().once() && !ledger.subject().isAfterCompletion();
    }

    private void reschedule() {
        Ledger ledger = one();
        if (isRecurring(ledger)) {
            Subject otherwise = otherwise(ledger);
            ledger.fires(otherwise, time.instant());
            scheduler.reschedule(id(ledger), otherwise.schedule().trigger());
        }
    }

    private void update() {
        Ledger ledger = one();
        if (isRecurring(ledger)) {
            Subject otherwise = otherwise(ledger);
            ledger.updated(otherwise, time.instant());
            scheduler.update(
                    id(ledger),
                    schedule -> schedule.trigger(otherwise.schedule().trigger()));
        }
    }

    private void setClock() {
        boolean back = random.nextBoolean();
        ledgers.values().forEach(ledger -> ledger.at(time.instant())); // what was due stays so
        time.setClock(Duration.ofMinutes(back ? -random.nextInt(1, 360) : random.nextInt(1, 2_880)));
    }

    private void pauseAll() throws InterruptedException {
        scheduler.pause();
        time.advance(Duration.ofMinutes(random.nextInt(1, 3_000)));
        scheduler.resume();
    }

    private void runNow() throws InterruptedException {
        Ledger ledger = one();
        ledger.manualMayBeRefused(true);
        try {
            scheduler.runNow(id(ledger));
        } catch (MaxInstancesException e) {
            tally.manualRefused++;
        }
        time.awaitIdle();
        ledger.manualMayBeRefused(false);
    }

    private void removeAndAdd() throws InterruptedException {
        Ledger ledger = one();
        String id = id(ledger);
        scheduler.remove(id);
        time.awaitIdle();
        Subject anew = Subject.random(random, Integer.parseInt(id.substring(1)), time.instant());
        ledger.begin(anew, time.instant());
        scheduler.add(anew.schedule());
    }

    private void replace() {
        Ledger ledger = one();
        Subject anew = Subject.random(random, Integer.parseInt(id(ledger).substring(1)), time.instant());
        ledger.replaced(anew, time.instant());
        scheduler.add(anew.schedule(), OnConflict.REPLACE);
    }
}
