package io.orrery.schedule.scheduler;

import io.orrery.schedule.OnLost;
import io.orrery.schedule.Overlap;
import io.orrery.schedule.SchedulePolicy;
import io.orrery.schedule.SchedulePolicy.Coalesce;
import io.orrery.schedule.SchedulePolicy.Misfire;
import io.orrery.schedule.executor.JobDeclarations;
import io.orrery.schedule.executor.JobExecutor;
import io.orrery.schedule.executor.ProcessOptions;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.time.Durations;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads what a map says about a scheduler. All that is wrong with it is collected. */
final class Configuration {

    private static final Map<String, BiConsumer<SchedulerBuilder, Object>> KEYS = keys();

    /** Keys that users of Asyncz know, and why there is nothing to set here. */
    private static final Map<String, String> NOT_HERE = Map.of(
            "shape", "Payloads are written by a codec: set it with payloads(…)",
            "loggers_class", "Loggers are those of System.Logger: bring your own System.LoggerFinder",
            "logger_name", "Lines of the log begin with the scheduler's name: set it with Scheduler.named(…)",
            "lock_path", "Stores that processes share need no lock file: leave it out",
            "event_loop", "There is no event loop: leave it out",
            "isolated_event_loop", "There is no event loop: leave it out");

    private final SchedulerBuilder builder;
    private final List<String> problems = new ArrayList<>();

    private Configuration(SchedulerBuilder builder) {
        this.builder = builder;
    }

    private static Map<String, BiConsumer<SchedulerBuilder, Object>> keys() {
        Map<String, BiConsumer<SchedulerBuilder, Object>> keys = new TreeMap<>();
        keys.put("identity", (builder, value) -> builder.node(value.toString()));
        keys.put("timezone", (builder, value) -> builder.zone(zone(value.toString())));
        keys.put("heartbeat_stale_after", (builder, value) -> builder.lease(duration(value)));
        keys.put("store_retry_interval", (builder, value) -> builder.storeRetryInterval(duration(value)));
        keys.put("startup_delay", (builder, value) -> builder.startupDelay(duration(value)));
        keys.put(
                "queues",
                (builder, value) -> builder.queues(value.toString().strip().split("\\s*,\\s*")));
        policy(
                keys,
                "mistrigger_grace_time",
                value -> policy -> isNone(value) ? policy.neverTooLate() : policy.grace(duration(value)));
        policy(keys, "coalesce", value -> policy -> policy.coalesce(coalesce(value)));
        policy(keys, "max_instances", value -> policy -> policy.maxInstances(integer(value)));
        policy(keys, "misfire", value -> policy -> policy.misfire(constant(Misfire.class, value)));
        policy(keys, "overlap", value -> policy -> policy.overlap(constant(Overlap.class, value)));
        policy(keys, "timeout", value -> policy -> policy.timeout(duration(value)));
        policy(keys, "priority", value -> policy -> policy.priority(integer(value)));
        policy(keys, "on_lost", value -> policy -> policy.onLost(constant(OnLost.class, value)));
        policy(keys, "max_of_job", value -> policy -> policy.maxOfJob(integer(value)));
        policy(keys, "catch_up", value -> policy -> policy.catchUp(integer(value)));
        return keys;
    }

    private static void policy(
            Map<String, BiConsumer<SchedulerBuilder, Object>> keys,
            String key,
            Function<Object, UnaryOperator<SchedulePolicy>> change) {
        keys.put("task_defaults." + key, (builder, value) -> builder.defaults(change.apply(value)));
    }

    static void apply(SchedulerBuilder builder, Map<String, ?> configuration) {
        new Configuration(builder).apply(configuration);
    }

    private void apply(Map<String, ?> configuration) {
        Map<String, Object> flat = new LinkedHashMap<>();
        flatten("", configuration, flat);
        Map<String, Map<String, Object>> parts = new TreeMap<>();
        flat.forEach((key, value) -> {
            if (key.startsWith("stores.") || key.startsWith("executors.")) {
                String[] names = key.split("\\.", 3);
                parts.computeIfAbsent(names[0] + "." + names[1], one -> new LinkedHashMap<>())
                        .put(names.length == 3 ? names[2] : "", value);
            } else {
                set(key, value);
            }
        });
        parts.forEach(this::part);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("The configuration cannot be used. " + String.join(" ", problems));
        }
    }

    private static void flatten(String prefix, Map<?, ?> map, Map<String, Object> flat) {
        map.forEach((key, value) -> {
            String path = prefix + key.toString().replace('-', '_');
            if (value instanceof Map<?, ?> nested) {
                flatten(path + ".", nested, flat);
            } else {
                flat.put(path, value == null ? "none" : value);
            }
        });
    }

    private void set(String key, Object value) {
        BiConsumer<SchedulerBuilder, Object> setter = KEYS.get(key);
        if (setter == null) {
            String why = NOT_HERE.get(key);
            problems.add(
                    why != null
                            ? "\"" + key + "\": " + why + "."
                            : "There is no key \"" + key + "\". Known keys: " + String.join(", ", KEYS.keySet())
                                    + ", stores.<alias>.type, executors.<alias>.type.");
            return;
        }
        attempt(key, value, () -> setter.accept(builder, value));
    }

    private void attempt(String key, Object value, Runnable setting) {
        try {
            setting.run();
        } catch (RuntimeException e) {
            problems.add("\"" + key + "\" is \"" + value + "\": " + e.getMessage());
        }
    }

    private void part(String key, Map<String, Object> options) {
        String alias = key.substring(key.indexOf('.') + 1);
        boolean store = key.startsWith("stores.");
        attempt(key, options, () -> {
            Object ready = options.remove("");
            Object name = options.remove("class");
            if (name != null) {
                ready = store ? made(ScheduleStore.class, name.toString()) : made(JobExecutor.class, name.toString());
            }
            if (store) {
                builder.store(alias, ready == null ? store(alias, options) : ready(ScheduleStore.class, key, ready));
            } else {
                builder.executor(
                        alias, ready == null ? executor(alias, options) : ready(JobExecutor.class, key, ready));
            }
            if (!options.isEmpty()) {
                throw new IllegalArgumentException("Unknown options: " + new TreeSet<>(options.keySet()) + ".");
            }
        });
    }

    private static <T> T ready(Class<T> type, String key, Object value) {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("Expected a " + type.getSimpleName() + " or a map for " + key
                    + ", got a " + value.getClass().getSimpleName() + " instead.");
        }
        return type.cast(value);
    }

    /** An object of a class that people name, who may as well run any code of theirs. */
    private static <T> T made(Class<T> type, String name) {
        try {
            return named(type, name).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "It must be a public class with a public constructor without parameters, but " + e
                            + ". Pass an object instead.",
                    e);
        }
    }

    private static <T> Class<? extends T> named(Class<T> type, String name) {
        try {
            return Class.forName(name, true, Thread.currentThread().getContextClassLoader())
                    .asSubclass(type);
        } catch (ClassNotFoundException | ClassCastException e) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" must be the name of a class that is a " + type.getSimpleName() + ", but: " + e
                            + ". Correct the name.",
                    e);
        }
    }

    private static String type(String what, String alias, Map<String, Object> options) {
        Object type = options.remove("type");
        if (type == null) {
            throw new IllegalArgumentException("Cannot create " + what + " \"" + alias
                    + "\": either its type or its class must be given, or an object.");
        }
        return type.toString();
    }

    private static ScheduleStore store(String alias, Map<String, Object> options) {
        String type = type("store", alias, options);
        return switch (type) {
            case "memory" -> ScheduleStore.inMemory();
            case "file" -> ScheduleStore.inFolder(Path.of(directory(options.remove("directory"))));
            default ->
                throw new IllegalArgumentException("There is no type of store \"" + type
                        + "\". Known types: memory, file. Pass the object for others, such as JdbcStore.on(…).");
        };
    }

    private static String directory(@Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException(
                    "A store of type file is in a directory, but none is given. Set directory.");
        }
        return value.toString();
    }

    private static JobExecutor executor(String alias, Map<String, Object> options) {
        String type = type("executor", alias, options);
        Object workers = options.remove("max_workers");
        return switch (type) {
            case "virtual", "asyncio" ->
                workers == null ? JobExecutor.virtualThreads() : JobExecutor.virtualThreads(integer(workers));
            case "pool", "threadpool" -> JobExecutor.platformThreads(workers == null ? 10 : integer(workers));
            case "process", "processpool" -> processes(options, workers);
            case "debug", "inline" -> JobExecutor.inline();
            default ->
                throw new IllegalArgumentException("There is no type of executor \"" + type
                        + "\". Known types: virtual (asyncio), pool (threadpool), process (processpool), inline"
                        + " (debug). Pass the object for others.");
        };
    }

    private static JobExecutor processes(Map<String, Object> options, @Nullable Object workers) {
        Object jobs = options.remove("jobs");
        if (jobs == null) {
            throw new IllegalArgumentException("Processes need to know what the jobs are, but no class is given that"
                    + " declares them. Set jobs to the name of one that implements JobDeclarations.");
        }
        ProcessOptions known = ProcessOptions.of(named(JobDeclarations.class, jobs.toString()));
        known = workers == null ? known : known.limit(integer(workers));
        Object jvm = options.remove("jvm");
        return JobExecutor.processes(
                jvm == null ? known : known.jvm(jvm.toString().strip().split("\\s+")));
    }

    private static boolean isNone(Object value) {
        return value.toString().isBlank() || value.toString().equalsIgnoreCase("none");
    }

    private static Duration duration(Object value) {
        if (value instanceof Duration duration) {
            return duration;
        }
        String text = value.toString().strip();
        if (text.matches("-?\\d+(\\.\\d+)?")) { // seconds
            return Duration.ofNanos(new BigDecimal(text).movePointRight(9).longValue());
        }
        return Durations.parse(text);
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id.strip());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "It must be the id of a time zone, but there is none of that id. Write one such as Europe/Paris or"
                            + " UTC.",
                    e);
        }
    }

    private static int integer(Object value) {
        try {
            return Integer.parseInt(value.toString().strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("It must be a whole number. Write it in digits.", e);
        }
    }

    private static Coalesce coalesce(Object value) {
        @Nullable Boolean known = bool(value);
        return known == null ? constant(Coalesce.class, value) : known ? Coalesce.LATEST : Coalesce.ALL;
    }

    private static @Nullable Boolean bool(Object value) {
        return switch (value.toString().strip().toLowerCase(Locale.ROOT)) {
            case "1", "true", "t", "yes", "y", "on" -> true;
            case "0", "false", "f", "no", "n", "off" -> false;
            default -> null;
        };
    }

    private static <E extends Enum<E>> E constant(Class<E> type, Object value) {
        String name = value.toString().strip().toUpperCase(Locale.ROOT).replace('-', '_');
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("It must be one of " + List.of(type.getEnumConstants()) + ".");
    }
}
