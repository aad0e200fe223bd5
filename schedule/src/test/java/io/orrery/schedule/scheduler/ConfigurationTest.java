package io.orrery.schedule.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.orrery.schedule.OnLost;
import io.orrery.schedule.Overlap;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.SchedulePolicy;
import io.orrery.schedule.SchedulePolicy.Coalesce;
import io.orrery.schedule.SchedulePolicy.Misfire;
import io.orrery.schedule.executor.Attempt;
import io.orrery.schedule.executor.JobExecutor;
import io.orrery.schedule.executor.TestJobs;
import io.orrery.schedule.trigger.Trigger;
import io.orrery.spec.Spec;
import io.orrery.time.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every key, as a map or as properties. */
@Spec({"S-001", "S-002"})
class ConfigurationTest {

    @TempDir
    Path folder;

    /** An executor that a class stands for. */
    public static final class Nowhere implements JobExecutor {
        /** For the configuration. */
        public Nowhere() {}

        @Override
        public void open(TimeSource time) {}

        @Override
        public void execute(Attempt attempt) {
            attempt.refuse("nothing is run here");
        }

        @Override
        public int room() {
            return 0;
        }

        @Override
        public void close() {}
    }

    private static SchedulerBuilder builder(String key, Object value) {
        return Scheduler.named("x").configure(Map.of(key, value));
    }

    private static SchedulePolicy policy(String key, Object value) {
        Scheduler scheduler = builder("task_defaults", Map.of(key, value)).open();
        try (scheduler) {
            scheduler.startPaused();
            return scheduler
                    .add(Schedule.named("a").trigger(Trigger.manual()).action(() -> {}))
                    .definition()
                    .policy();
        }
    }

    private static void started(SchedulerBuilder builder, Consumer<SchedulerStatus> check) {
        Scheduler scheduler = builder.open();
        try (scheduler) {
            check.accept(scheduler.start().status());
        }
    }

    @Test
    void identity_and_zone() {
        started(
                builder("identity", "node-1"),
                status -> assertThat(status.node()).isEqualTo("node-1"));
        started(builder("identity", ""), status -> assertThat(status.node()).matches("x-[0-9a-f]{12}"));
        started(
                builder("timezone", "Europe/Paris"),
                status -> assertThat(status.zone()).isEqualTo(ZoneId.of("Europe/Paris")));
    }

    @ParameterizedTest
    @CsvSource({
        "store_retry_interval,store_retry_interval",
        "heartbeat_stale_after,lease",
        "startup_delay,startup_delay"
    })
    void durations_are_seconds_or_have_a_unit(String key, String shown) {
        for (Object value : new Object[] {90, "90", "90.0", "90s", "PT1M30S", Duration.ofSeconds(90)}) {
            started(
                    builder(key, value),
                    status -> assertThat(status.parts().times()).containsEntry(shown, Duration.ofSeconds(90)));
        }
    }

    @Test
    @Spec("S-003")
    void defaults_of_policies() {
        assertThat(policy("mistrigger_grace_time", "1.5").grace()).contains(Duration.ofMillis(1500));
        assertThat(policy("mistrigger_grace_time", "None").isNeverTooLate()).isTrue();
        for (String yes : new String[] {"1", "true", "T", "yes", "Y", "ON"}) {
            assertThat(policy("coalesce", yes).coalesce()).isEqualTo(Coalesce.LATEST);
        }
        for (String no : new String[] {"0", "FALSE", "f", "no", "n", "off"}) {
            assertThat(policy("coalesce", no).coalesce()).isEqualTo(Coalesce.ALL);
        }
        assertThat(policy("coalesce", "earliest").coalesce()).isEqualTo(Coalesce.EARLIEST);
        assertThat(policy("max_instances", 3).maxInstances()).isEqualTo(3);
        assertThat(policy("misfire", "run-once").misfire()).isEqualTo(Misfire.RUN_ONCE);
        assertThat(policy("overlap", "buffer_all").overlap()).isEqualTo(Overlap.BUFFER_ALL);
        assertThat(policy("timeout", "5m").timeout()).contains(Duration.ofMinutes(5));
        assertThat(policy("priority", "-1").priority()).isEqualTo(-1);
        assertThat(policy("catch_up", 7).catchUp()).isEqualTo(7);
        assertThat(policy("on_lost", "fail").onLost()).isEqualTo(OnLost.FAIL);
    }

    @Test
    @Spec({"S-004", "S-005"})
    void stores_and_executors_by_type_class_or_object_nested_or_with_dots() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("stores.memory.type", "memory");
        all.put("stores", Map.of("files", Map.of("type", "file", "directory", folder.resolve("s"))));
        for (String type : new String[] {"virtual", "asyncio", "pool", "threadpool", "inline", "debug"}) {
            all.put("executors." + type + ".type", type);
        }
        all.put("executors.two", Map.of("type", "pool", "max_workers", "2"));
        all.put("executors.child", processes("process"));
        all.put("executors.children", processes("processpool"));
        all.put("executors.nowhere.class", Nowhere.class.getName());
        all.put("executors.object", JobExecutor.inline());

        started(Scheduler.named("x").configure(all), status -> {
            assertThat(status.parts().stores()).containsExactly("default", "files", "memory");
            assertThat(status.parts().executors())
                    .contains("virtual", "asyncio", "pool", "threadpool", "inline", "debug")
                    .contains("two", "child", "children", "nowhere", "object", "default");
        });
        assertThat(Files.exists(folder.resolve("s").resolve("lock"))).isTrue();
    }

    private static Map<String, Object> processes(String type) {
        return Map.of("type", type, "max_workers", 2, "jobs", TestJobs.class.getName(), "jvm", "-Xmx64m -Xss1m");
    }

    @Test
    void properties_have_a_prefix_and_others_are_not_looked_at() {
        var properties = new Properties();
        properties.setProperty("orrery.identity", "node-1");
        properties.setProperty("orrery.executors.default.type", "inline");
        properties.setProperty("orrery.task-defaults.max-instances", "3");
        properties.setProperty("identity", "other");
        properties.setProperty("java.home", "/");

        started(
                Scheduler.named("x").configure(properties),
                status -> assertThat(status.node()).isEqualTo("node-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shape", "loggers_class", "logger_name", "lock_path", "event_loop", "isolated_event_loop"})
    @Spec("M-002")
    void a_key_that_asyncz_has_and_that_has_no_sense_here_is_refused_with_what_to_do_instead(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder(key, "x"))
                .withMessageStartingWith("The configuration cannot be used. \"" + key + "\": ")
                .withMessageMatching(".*(set it with|leave it out|bring your own).*");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tiemzone | UTC | There is no key \"tiemzone\". Known keys: heartbeat_stale_after, identity",
                "timezone | Europe/Prais | \"timezone\" is \"Europe/Prais\": It must be the id of a time zone",
                "startup_delay | -1 | must not be negative, but is PT-1S",
                "heartbeat_stale_after | 0 | The lease must be positive, but is PT0S",
                "store_retry_interval | soon | \"store_retry_interval\" is \"soon\"",
                "task_defaults.max_instances | 0 | The number of instances must be positive, but is 0",
                "task_defaults.max_instances | many | It must be a whole number",
                "task_defaults.overlap | maybe | It must be one of [SKIP,",
                "task_defaults.timezone | UTC | There is no key \"task_defaults.timezone\"",
                "stores.a.type | mongo | There is no type of store \"mongo\". Known types: memory, file.",
                "stores.a.directory | x | Cannot create store \"a\": either its type or its class must be given",
                "stores.a.class | java.lang.String | \"java.lang.String\" must be the name of a class that is a"
                        + " ScheduleStore",
                "stores.a.class | no.Such | \"no.Such\" must be the name of a class that is a ScheduleStore",
                "stores.a | 7 | Expected a ScheduleStore or a map for stores.a",
                "executors.a.type | rocket | Known types: virtual (asyncio), pool (threadpool), process (processpool),"
                        + " inline",
                "executors.a.type | process | no class is given that declares them. Set jobs",
            })
    void what_makes_no_sense_is_refused_with_the_key_the_value_and_what_would(String key, String value, String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder(key, value))
                .withMessageContaining(text);
    }

    @Test
    void options_that_a_store_or_executor_does_not_have_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder("stores", Map.of("a", Map.of("type", "memory", "directory", "x"))))
                .withMessageContaining("Unknown options: [directory].");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder("executors", Map.of("a", Map.of("type", "inline", "pool_kwargs", "x"))))
                .withMessageContaining("Unknown options: [pool_kwargs].");
    }
}
