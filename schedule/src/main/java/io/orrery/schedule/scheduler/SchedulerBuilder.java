package io.orrery.schedule.scheduler;

import io.orrery.schedule.PayloadCodec;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.SchedulePolicy;
import io.orrery.schedule.executor.JobCatalog;
import io.orrery.schedule.executor.JobExecutor;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.time.TimeSource;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sets up a scheduler. What is not set: real time; the zone of the machine; one memory store and one executor of virtual
 * threads, both with the alias {@code default}. Used by one thread.
 */
public final class SchedulerBuilder {

    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final String name;
    final Map<String, ScheduleStore> stores = new LinkedHashMap<>();
    final Map<String, JobExecutor> executors = new LinkedHashMap<>();
    private @Nullable String node;
    private TimeSource time = TimeSource.system();
    private ZoneId zone = ZoneId.systemDefault();
    private SchedulePolicy defaults = SchedulePolicy.unset();
    private JobCatalog jobs = new JobCatalog();
    private PayloadCodec codec = PayloadCodec.plain();
    private Setup.Limits limits = new Setup.Limits(RETRY, LEASE, Duration.ZERO, Set.of());

    SchedulerBuilder(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("The name of a scheduler must be text, but is blank. Give it one.");
        }
        this.name = name;
    }

    /** Adds the store that is used unless a schedule names another one. */
    public SchedulerBuilder store(ScheduleStore store) {
        return store(Schedule.DEFAULT, store);
    }

    /**
     * Adds a store.
     *
     * @throws IllegalArgumentException if the alias is taken
     */
    public SchedulerBuilder store(String alias, ScheduleStore store) {
        Objects.requireNonNull(store, "A store is needed.");
        if (stores.putIfAbsent(alias, store) != null) {
            throw Scheduler.taken("a store", alias);
        }
        return this;
    }

    /** Adds the executor that is used unless a schedule names another one. */
    public SchedulerBuilder executor(JobExecutor executor) {
        return executor(Schedule.DEFAULT, executor);
    }

    /**
     * Adds an executor.
     *
     * @throws IllegalArgumentException if the alias is taken
     */
    public SchedulerBuilder executor(String alias, JobExecutor executor) {
        Objects.requireNonNull(executor, "An executor is needed.");
        if (executors.putIfAbsent(alias, executor) != null) {
            throw Scheduler.taken("an executor", alias);
        }
        return this;
    }

    /** Sets its id among all schedulers that ever use its stores; made up unless set, and also if it is blank. */
    public SchedulerBuilder node(String node) {
        this.node = node.isBlank() ? null : node;
        return this;
    }

    /** Sets its clock. */
    public SchedulerBuilder time(TimeSource time) {
        this.time = Objects.requireNonNull(time);
        return this;
    }

    /** Sets where triggers count that have no zone. */
    public SchedulerBuilder zone(ZoneId zone) {
        this.zone = Objects.requireNonNull(zone);
        return this;
    }

    /** Changes what is used where the policy of a schedule is open. */
    public SchedulerBuilder defaults(UnaryOperator<SchedulePolicy> change) {
        defaults = change.apply(defaults);
        return this;
    }

    /** Sets the jobs that it knows by name; more can be declared later. */
    public SchedulerBuilder jobs(JobCatalog jobs) {
        this.jobs = Objects.requireNonNull(jobs);
        return this;
    }

    /** Sets what writes and reads payloads for stores that are not local. */
    public SchedulerBuilder payloads(PayloadCodec codec) {
        this.codec = Objects.requireNonNull(codec);
        return this;
    }

    /**
     * Sets after what time a store that has failed is asked again; 10 s unless set.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public SchedulerBuilder storeRetryInterval(Duration interval) {
        limits = new Setup.Limits(
                positive("store retry interval", interval), limits.lease(), limits.startupDelay(), limits.queues());
        return this;
    }

    /**
     * Sets how long a node may be silent before others take over what it ran; 10 s unless set.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public SchedulerBuilder lease(Duration lease) {
        limits = new Setup.Limits(limits.retry(), positive("lease", lease), limits.startupDelay(), limits.queues());
        return this;
    }

    /**
     * Holds back for so long after the start what is added before it and is due earlier, so that sibling processes can start;
     * not at all unless set.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public SchedulerBuilder startupDelay(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException(
                    "The startup delay must not be negative, but is " + delay + ". Leave it out.");
        }
        limits = new Setup.Limits(limits.retry(), limits.lease(), delay, limits.queues());
        return this;
    }

    /**
     * Sets the queues that it serves; all unless set. Schedules in other ones are left for other schedulers that share the store.
     *
     * @throws IllegalArgumentException if there is none, or one is blank
     */
    public SchedulerBuilder queues(String... queues) {
        if (queues.length == 0 || Arrays.stream(queues).anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("The queues that a scheduler serves must be named, but are "
                    + Arrays.toString(queues) + ". Leave them out to serve all.");
        }
        limits = new Setup.Limits(limits.retry(), limits.lease(), limits.startupDelay(), Set.of(queues));
        return this;
    }

    private static Duration positive(String what, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(
                    "The " + what + " must be positive, but is " + duration + ". Leave it out for the default.");
        }
        return duration;
    }

    /**
     * Sets all that a map says; docs/scheduling.md lists the keys. Maps in it may be nested, or its keys joined by dots.
     *
     * @throws IllegalArgumentException with all keys that do not exist and all values that make no sense
     */
    public SchedulerBuilder configure(Map<String, ?> configuration) {
        Configuration.apply(this, configuration);
        return this;
    }

    /** Sets what properties say whose keys start with {@code orrery.}, like {@link #configure(Map)}; others are not looked at. */
    public SchedulerBuilder configure(Properties properties) {
        var map = new LinkedHashMap<String, Object>();
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith("orrery.")) {
                map.put(key.substring("orrery.".length()), properties.getProperty(key));
            }
        }
        return configure(map);
    }

    /** The scheduler. It does nothing until it is started. */
    public Scheduler open() {
        String id = node == null
                ? name + "-" + UUID.randomUUID().toString().replace("-", "").substring(0, 12)
                : node;
        jobs.codec(codec);
        return new Scheduler(new Setup(name, id, time, zone, defaults, limits, jobs, codec), this);
    }
}
