package io.orrery.schedule.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orrery.job.RetryPolicy;
import io.orrery.schedule.PayloadCodec;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.Schedule.OnConflict;
import io.orrery.schedule.SchedulePolicy;
import io.orrery.schedule.executor.JobExecutor;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.schedule.trigger.CronDialect;
import io.orrery.schedule.trigger.CronTrigger;
import io.orrery.schedule.trigger.InvalidTriggerException;
import io.orrery.schedule.trigger.Trigger;
import io.orrery.spec.Spec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What makes no sense is refused where it is said first, with the rule, the value and what to do. */
@Spec("K-011")
class BadInputTest extends SchedulerFixture {

    @TempDir
    Path folder;

    /** A mistake, and what has to be in the message about it: the rule, the value, the remedy. */
    private record Bad(ThrowingCallable mistake, List<String> parts) {
        static Bad of(ThrowingCallable mistake, String... parts) {
            return new Bad(mistake, List.of(parts));
        }

        void check() {
            assertThat(catchThrowable(mistake))
                    .as(parts.toString())
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .contains(parts)
                    .endsWith(".");
        }
    }

    private static Bad policy(UnaryOperator<SchedulePolicy> change, String... parts) {
        return Bad.of(() -> Schedule.named("a").policy(change), parts);
    }

    /** Also has to say the position of what is wrong, counted from 0. */
    private static void cron(String expression, int position, String... parts) {
        Bad.of(() -> Schedule.named("a").cron(expression), parts).check();
        assertThat(catchThrowableOfType(InvalidTriggerException.class, () -> Trigger.cron(expression))
                        .position())
                .as(expression)
                .hasValue(position);
    }

    @Test
    @Spec({"GT12", "GT14", "T-017", "T-024"})
    void cron() {
        cron("0 0 30 2 *", 4, "0 0 30 2 *", "30");
        cron("0 0 31 4,6 *", 4, "31");
        cron("61 * * * *", 0, "minute", "must not be higher than the maximum value 59, but is 61", "Use 0 to 59");
        cron("0 25 * * *", 2, "hour", "but is 25", "Use 0 to 23");
        cron("* * * * mon-xyz", 12, "xyz");
        cron("*/0 * * * *", 2, "step value must be positive, but is 0", "Use 1 or more");
        Stream.of(
                        Bad.of(() -> Trigger.cron("* * *"), "5", "3"),
                        Bad.of(() -> Trigger.cron(""), "5"),
                        Bad.of(() -> CronTrigger.of(CronDialect.QUARTZ, "0 0 0 31 2 ?"), "position", "31"),
                        Bad.of(() -> CronTrigger.fields(Map.of("day", "30", "month", "2")), "day", "30"),
                        Bad.of(() -> CronTrigger.fields(Map.of("huor", "5")), "huor", "hour"))
                .forEach(Bad::check);
    }

    @Test
    @Spec({"T-004", "T-008", "GT11"})
    void dates_and_intervals() {
        Stream.of(
                        Bad.of(() -> Schedule.named("a").every(Duration.ofSeconds(-5)), "positive", "PT-5S"),
                        Bad.of(() -> Schedule.named("a").every(Duration.ZERO), "positive", "PT0S"),
                        Bad.of(() -> Trigger.every(Period.ofDays(-1)), "P-1D"),
                        Bad.of(() -> Trigger.every(Period.ZERO), "P0D"),
                        Bad.of(() -> Trigger.every(MINUTE).from(at(60)).until(at(0)), "end", "2026-01-01"),
                        Bad.of(
                                () -> Trigger.every(MINUTE).jitter(Duration.ZERO),
                                "Jitter must be positive",
                                "PT0S",
                                "Leave it out"),
                        Bad.of(() -> Trigger.at("next tuesday"), "next tuesday"),
                        Bad.of(Trigger::and, "trigger"),
                        Bad.of(() -> Trigger.or(Trigger.manual()), "clock"))
                .forEach(Bad::check);
    }

    @Test
    void zones() {
        Bad.of(
                        () -> Scheduler.named("x").configure(Map.of("timezone", "Europe/Prais")),
                        "timezone",
                        "Europe/Prais",
                        "Europe/Paris")
                .check();
    }

    @Test
    void policies() {
        Stream.of(
                        policy(p -> p.grace(Duration.ofSeconds(-1)), "grace must not be negative", "PT-1S", "Use zero"),
                        policy(p -> p.timeout(Duration.ZERO), "timeout must be positive", "PT0S", "Leave it out"),
                        policy(p -> p.maxInstances(0), "must be positive", "but is 0", "."),
                        policy(p -> p.catchUp(-3), "must be positive", "but is -3", "Coalesce.LATEST"))
                .forEach(Bad::check);
    }

    @Test
    void names() {
        Stream.of(
                        Bad.of(() -> Schedule.named(" "), "id of a schedule must be text", "blank", "Give it one"),
                        Bad.of(() -> Schedule.named("a").name(""), "name of schedule \"a\"", "blank", "Give it one"),
                        Bad.of(() -> Schedule.named("a").job(""), "job of schedule \"a\"", "blank", "Give it one"),
                        Bad.of(() -> Schedule.named("a").tags("x", ""), "tag of schedule \"a\"", "blank"),
                        Bad.of(() -> Schedule.named("a").store(""), "store of schedule \"a\"", "blank"),
                        Bad.of(() -> Schedule.named("a").executor(""), "executor of schedule \"a\"", "blank"),
                        Bad.of(() -> Scheduler.named(""), "name of a scheduler", "blank", "Give it one"),
                        Bad.of(() -> scheduler.action("", () -> {}), "found by its name", "blank", "Give it one"),
                        Bad.of(
                                () -> scheduler.action("x", () -> {}).action("x", () -> {}),
                                "A name stands for one job",
                                "\"x\"",
                                "Choose another name"))
                .forEach(Bad::check);
    }

    @Test
    @Spec({"K-008", "K-017", "GT20"})
    void what_is_added() throws InterruptedException {
        scheduler.addStore("files", ScheduleStore.inFolder(folder));
        started().action("count", Integer.class, (number, context) -> {});
        scheduler.action("tick", () -> {});
        scheduler.add(every("taken", MINUTE));

        Stream.of(
                        added(Schedule.named("a"), "was given nothing", "Give it a job"),
                        added(every("taken", SECOND), "An id stands for one schedule", "\"taken\"", "OnConflict"),
                        added(Schedule.named("a").job("cuont", 1), "\"cuont\"", "Known names: count, tick", "Declare"),
                        added(
                                Schedule.named("a").job("count", "1"),
                                "java.lang.Integer",
                                "java.lang.String",
                                "Pass one"),
                        added(Schedule.named("a").job("tick", 1), "nothing", "java.lang.Integer", "Declare it with"),
                        added(every("a", SECOND).store("there"), "\"there\"", "default, files", "Add it"),
                        added(every("a", SECOND).executor("there"), "\"there\"", "default", "Add it"),
                        added(every("a", SECOND).store("files"), "keeps data, not code", "Declare the code"),
                        added(Schedule.named("a").store("files").job("x", new Object()), "java.lang.Object"),
                        added(
                                Schedule.named("a")
                                        .store("files")
                                        .job("count", 1)
                                        .policy(p ->
                                                p.retry(RetryPolicy.retries(1).on(failure -> true))),
                                "retry policy has a condition",
                                "Leave on(…) out"))
                .forEach(Bad::check);
        assertThat(scheduler.schedules()).hasSize(1);
    }

    private Bad added(Schedule schedule, String... parts) {
        return Bad.of(() -> scheduler.add(schedule, OnConflict.FAIL), parts);
    }

    @Test
    @Spec({"S-001", "S-004"})
    void parts_and_configuration() {
        Stream.of(
                        configured("tiemzone", "UTC", "There is no key \"tiemzone\"", "Known keys", "timezone"),
                        configured("task_defaults.max_instances", "0", "max_instances", "positive", "but is 0"),
                        configured("stores.a.type", "mongo", "\"mongo\"", "Known types: memory, file"),
                        configured("executors.a.type", "pol", "\"pol\"", "Known types: virtual"),
                        configured("executors.a", 7, "JobExecutor", "Integer", "executors.a"),
                        Bad.of(
                                () -> Scheduler.named("x").lease(Duration.ZERO),
                                "lease must be positive",
                                "PT0S",
                                "Leave"),
                        Bad.of(
                                () -> Scheduler.named("x")
                                        .store(ScheduleStore.inMemory())
                                        .store(ScheduleStore.inMemory()),
                                "already has a store",
                                "\"default\"",
                                "Choose another alias"),
                        Bad.of(() -> JobExecutor.platformThreads(0), "0"),
                        Bad.of(() -> JobExecutor.virtualThreads(-1), "-1"))
                .forEach(Bad::check);
    }

    private static Bad configured(String key, Object value, String... parts) {
        return Bad.of(() -> Scheduler.named("x").configure(Map.of(key, value)), parts);
    }

    @Test
    @Spec("GT50")
    void payloads() {
        PayloadCodec plain = PayloadCodec.plain();

        Stream.of(
                        Bad.of(() -> plain.encode(new Object()), "java.lang.Object"),
                        Bad.of(() -> plain.decode("one", Integer.class), "one", "Integer"),
                        Bad.of(() -> plain.decode("1", Object.class), "reads a Object", "\"1\"", "Declare the job"))
                .forEach(Bad::check);
    }

    @Test
    @Spec({"K-013", "GT21"})
    void an_update_that_is_refused_changes_nothing() throws InterruptedException {
        started().add(every("a", MINUTE).name("before"));
        time.awaitIdle();
        trail.lines();

        Stream.of(
                        Bad.of(
                                () -> scheduler.update("a", schedule -> every("b", SECOND)),
                                "The id and the store",
                                "\"b\""),
                        Bad.of(
                                () -> scheduler.update(
                                        "a", schedule -> schedule.name("after").executor("there")),
                                "\"there\"",
                                "Add it"),
                        Bad.of(
                                () -> scheduler.update(
                                        "a", schedule -> schedule.name("after").job("nobody")),
                                "\"nobody\"",
                                "Declare it"))
                .forEach(Bad::check);
        assertThat(scheduler.schedule("a").orElseThrow().name()).isEqualTo("before");
        time.awaitIdle();
        assertThat(trail.fires()).isEmpty();
    }
}
