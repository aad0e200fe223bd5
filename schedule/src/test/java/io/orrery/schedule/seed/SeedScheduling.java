package io.orrery.schedule.seed;

import io.orrery.planted.Plant;
import io.orrery.planted.SeedBehaviour;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the scheduler, the loop and the executors of Asyncz do. */
final class SeedScheduling {
    private static final Path SOURCES = Path.of("src/main/java/io/orrery/schedule");
    private static final Path SCHEDULER = SOURCES.resolve("scheduler");

    static final List<SeedBehaviour> ALL = List.of(
            seed(
                    "GT20",
                    new Plant(
                            "an id that is taken is overwritten in silence",
                            SCHEDULER.resolve("Editor.java"),
                            "if (onConflict == OnConflict.FAIL || !old.desk.alias.equals(schedule.store())) {",
                            "if (!old.desk.alias.equals(schedule.store())) {"),
                    "EditingTest#adding_what_is_there_changes_nothing_and_adding_something_else_is_refused_or_done_as_wanted"),
            seed(
                    "GT20",
                    new Plant(
                            "a conflict before the start is not found",
                            SCHEDULER.resolve("Lifetime.java"),
                            "if (old != null && onConflict == OnConflict.FAIL && !old.schedule.says(schedule)) {",
                            "if (false) {"),
                    "EditingTest#what_conflicts_before_the_start_is_said_at_once"),
            seed(
                    "GT20",
                    new Plant(
                            "what was added before the start and conflicts with the store is skipped in silence",
                            SCHEDULER.resolve("Lifetime.java"),
                            "if (!problems.isEmpty()) {\n            throw new IllegalStateException(\"The scheduler",
                            "if (false) {\n            throw new IllegalStateException(\"The scheduler"),
                    "EditingTest#what_conflicts_with_what_a_store_has_keeps_it_from_starting"),
            seed(
                    "GT21",
                    new Plant(
                            "what has no time left looks paused",
                            SCHEDULER.resolve("Definitions.java"),
                            "ScheduleState state = due.isEmpty()\n                        ? ScheduleState.FINISHED",
                            "ScheduleState state = due.isEmpty()\n                        ? ScheduleState.PAUSED"),
                    "DefinitionsTest#what_will_never_fire_is_removed_at_once_and_told_or_kept_as_finished"),
            seed(
                    "GT21",
                    new Plant(
                            "what is for the shutdown looks paused",
                            SCHEDULER.resolve("Definitions.java"),
                            "case AT_SHUTDOWN -> row.standing(ScheduleState.AT_SHUTDOWN, null);\n"
                                    + "            case ON_DEMAND -> row.standing(schedule",
                            "case AT_SHUTDOWN -> row.standing(ScheduleState.PAUSED, null);\n"
                                    + "            case ON_DEMAND -> row.standing(schedule"),
                    "DefinitionsTest#six_states_are_told_apart_and_why_says_what_each_waits_for"),
            seed(
                    "GT22",
                    new Plant(
                            "adding the same again begins anew",
                            SCHEDULER.resolve("Editor.java"),
                            "? info(old.stored())\n                : conflicting(",
                            "? conflicting(old, prepared, OnConflict.REPLACE)\n                : conflicting("),
                    "EditingTest#adding_what_is_there_changes_nothing_and_adding_something_else_is_refused_or_done_as_wanted"),
            seed(
                    "GT30",
                    new Plant(
                            "a schedule whose executor is not there is deleted",
                            SCHEDULER.resolve("StoreLoop.java"),
                            ": Step.write(row.quarantined(\"there is no executor",
                            ": Step.remove(row.quarantined(\"there is no executor"),
                    "IsolationTest#a_schedule_whose_executor_is_gone_is_quarantined_and_goes_on_when_it_is_back"),
            seed(
                    "GT31",
                    new Plant(
                            "all times of a backlog are put into a list",
                            SCHEDULER.resolve("Decider.java"),
                            "Instant last = trigger.latest(zone, from, now).orElse(due);",
                            """
                            var all = new ArrayList<Instant>();
                            Optional<Instant> one = trigger.next(zone, due, now);
                            for (; one.isPresent() && !one.get().isAfter(now); one = trigger.next(zone, one.get(), now)) {
                                all.add(one.get());
                            }
                            Instant last = all.isEmpty() ? due : all.getLast();
                            """),
                    "BacklogTest#a_backlog_of_whatever_length_is_judged_at_once"),
            seed(
                    "GT32",
                    new Plant(
                            "the loop waits as long as it was before a pass that took long",
                            SCHEDULER.resolve("StoreLoop.java"),
                            "sleep(pass(), next);",
                            """
                            Instant before = now();
                            Instant until = pass();
                            desk.bell.until(until);
                            if (until.equals(Instant.MAX)) {
                                next.await();
                            } else {
                                next.await(Duration.between(before, until));
                            }
                            """),
                    "IsolationTest#a_store_that_answers_slowly_makes_nothing_later_than_it_has_to_be"),
            seed(
                    "GT32",
                    new Plant(
                            "a clock that is set is not noticed",
                            SCHEDULER.resolve("StoreLoop.java"),
                            "next.awaitUntil(until);",
                            "next.await(Duration.between(now(), until));"),
                    "FiringTest#a_clock_that_is_set_forward_or_back_is_noticed_at_once"),
            seed(
                    "GT33",
                    new Plant(
                            "what a trigger throws ends the pass",
                            SCHEDULER.resolve("Decider.java"),
                            "return Step.write(row.quarantined(unknown(e)));",
                            "throw e;"),
                    "FaultTest#a_trigger_that_fails_quarantines_its_schedule_and_the_others_go_on"),
            seed(
                    "GT33",
                    new Plant(
                            "what a store throws ends the pass",
                            SCHEDULER.resolve("StoreLoop.java"),
                            """
                            engine.failed(desk, e);
                                        return desk.trouble().map(StoreDesk.Trouble::until).orElse(now());
                            """,
                            "throw e;\n"),
                    "IsolationTest#a_store_that_fails_is_asked_again_later_and_the_others_go_on"),
            seed(
                    "GT33",
                    new Plant(
                            "a run that an executor does not take is lost in silence",
                            SCHEDULER.resolve("Engine.java"),
                            "attempt.refuse(\"the executor threw \" + News.text(e));",
                            ""),
                    "IsolationTest#what_an_executor_throws_is_the_failure_of_that_fire_and_no_time_is_lost"),
            seed(
                    "GT35",
                    new Plant(
                            "a second is the grace of all",
                            SCHEDULER.resolve("Decider.java"),
                            "return unlimited ? null : Duration.between(times.last, next);",
                            "return Duration.ofSeconds(1);"),
                    "EditingTest#the_first_time_can_be_another_than_the_triggers"),
            seed(
                    "GT35",
                    new Plant(
                            "a recurring one has a grace of one second",
                            SCHEDULER.resolve("Decider.java"),
                            "return unlimited ? null : Duration.between(times.last, next);",
                            "return unlimited ? null : Duration.ofSeconds(1);"),
                    "BacklogTest#without_a_grace_it_is_in_time_until_the_next_time"),
            seed(
                    "GT35",
                    new Plant(
                            "of a backlog the last time is kept and dropped if it is late, whatever the policy says",
                            SCHEDULER.resolve("Decider.java"),
                            "if (policy.misfire() == Misfire.SKIP && isLate(times.last, grace)) {",
                            "if (isLate(times.last, grace)) {"),
                    "FiringTest#a_backlog_that_is_too_late_is_missed_as_a_whole_or_run_once_as_the_policy_says"),
            seed(
                    "GT35",
                    new Plant(
                            "what is skipped is not told",
                            SCHEDULER.resolve("Decider.java"),
                            "List.of(new Skip(times.first, times.last, times.count, Skip.Reason.TOO_LATE))",
                            "List.of()"),
                    "FiringTest#a_backlog_that_is_too_late_is_missed_as_a_whole_or_run_once_as_the_policy_says"),
            seed(
                    "GT35",
                    new Plant(
                            "there is no limit to catching up",
                            SCHEDULER.resolve("Decider.java"),
                            "Trigger trigger = schedule.trigger();\n        var kept",
                            "Trigger trigger = schedule.trigger();\n"
                                    + "        policy = policy.catchUp(1_000_000);\n        var kept"),
                    "FiringTest#without_coalescing_every_time_runs_one_after_the_other_up_to_the_cap"),
            seed(
                    "GT36",
                    new Plant(
                            "a run by hand ends the pause and begins the interval anew",
                            SCHEDULER.resolve("Editor.java"),
                            "last ? row.standing(ScheduleState.FINISHED, null) : row, fire",
                            "last ? row.standing(ScheduleState.FINISHED, null)"
                                    + " : row.standing(ScheduleState.SCHEDULED, now().plusSeconds(60)), fire"),
                    "FiringTest#a_run_by_hand_changes_neither_phase_nor_pause"),
            seed(
                    "L-003",
                    new Plant(
                            "that a run was submitted is told after its end",
                            SCHEDULER.resolve("Engine.java"),
                            """
                            Attempt attempt = submitted(desk, lease, before);
                                    String because = told(desk, given, lease);
                            """,
                            """
                            var attempt = new Attempt(this, lease, before, Decider.startBy(lease));
                                    live.add(attempt);
                                    awaited.begins(lease.fire());
                                    String because = told(desk, given, lease);
                                    if (because == null) {
                                        execute(attempt);
                                        news.tell(desk.alias, origin -> new ScheduleEvent.Submitted(origin, lease.fire()));
                                        return;
                                    }
                            """),
                    "EventsTest#a_submission_is_told_before_its_end_also_where_the_loop_runs_the_job"),
            seed(
                    "GT40",
                    new Plant(
                            "listeners are called by who has something to tell",
                            SCHEDULER.resolve("EventBus.java"),
                            "time.start(\n                        Thread.ofVirtual().name(name + \"/events\")"
                                    + ".inheritInheritableThreadLocals(false), this::tellAll);",
                            "tellAll();"),
                    "EventsTest#a_listener_that_is_slow_keeps_nobody_from_firing_and_hears_all_in_the_end"),
            seed(
                    "GT51",
                    new Plant(
                            "what cannot be read fails, and its schedule goes",
                            SCHEDULER.resolve("Quarantine.java"),
                            "return outcome instanceof JobOutcome.Failed(Throwable cause)"
                                    + " && cause instanceof UnreadablePayloadException;",
                            "return false;"),
                    "PayloadsTest#what_cannot_be_read_for_want_of_its_key_is_quarantined_and_runs_when_the_key_is_there"),
            seed(
                    "GT55",
                    new Plant(
                            "fatal errors leave a run without an outcome",
                            SOURCES.resolve("executor/Attempt.java"),
                            "} catch (Throwable e) {\n            genuine = new JobOutcome.Failed(e);",
                            "} catch (Exception e) {\n            genuine = new JobOutcome.Failed(e);"),
                    "FiringTest#every_fire_ends_with_an_outcome_also_on_timeouts_and_errors"),
            seed(
                    "GT56",
                    new Plant(
                            "a run has no timeout",
                            SOURCES.resolve("executor/Attempt.java"),
                            "Optional<Duration> timeout = policy().timeout();",
                            "Optional<Duration> timeout = Optional.empty();"),
                    "FiringTest#every_fire_ends_with_an_outcome_also_on_timeouts_and_errors"),
            seed(
                    "GT56",
                    new Plant(
                            "nothing is tried again",
                            SCHEDULER.resolve("EndedAttempt.java"),
                            "isFailure() && retry.retries(",
                            "false && retry.retries("),
                    "FiringTest#a_failed_attempt_is_repeated_later_with_the_same_fire_id"),
            seed(
                    "GT56",
                    new Plant(
                            "who came first is first, however important others are",
                            SOURCES.resolve("executor/Lanes.java"),
                            "Comparator.comparingInt((Waiting waiting) -> -waiting.attempt.priority())",
                            "Comparator.comparingInt((Waiting waiting) -> 0)"),
                    "LifetimeTest#it_can_be_started_again_and_higher_priorities_come_first_where_threads_are_few"));

    private SeedScheduling() {}

    private static SeedBehaviour seed(String item, Plant plant, String... tests) {
        return new SeedBehaviour(
                item,
                plant,
                Stream.of(tests)
                        .map(test -> "io.orrery.schedule.scheduler." + test)
                        .toList());
    }
}
