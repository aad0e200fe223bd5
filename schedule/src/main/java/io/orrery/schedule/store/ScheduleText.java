package io.orrery.schedule.store;

import io.orrery.job.RetryPolicy;
import io.orrery.schedule.EncodedPayload;
import io.orrery.schedule.OnLost;
import io.orrery.schedule.Overlap;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.SchedulePolicy;
import io.orrery.schedule.SchedulePolicy.Coalesce;
import io.orrery.schedule.SchedulePolicy.Misfire;
import io.orrery.schedule.Work;
import io.orrery.schedule.trigger.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Definitions as JSON, for stores that keep data. The text has a version, and runs nothing when it is read. */
public final class ScheduleText {

    private static final long VERSION = 1;

    private ScheduleText() {}

    /**
     * The text of a definition.
     *
     * @throws IllegalArgumentException if it runs code, or its payload is not encoded
     */
    public static String write(Schedule schedule) {
        return DataText.write(toData(schedule));
    }

    /**
     * The definition of a text.
     *
     * @param store the alias of the store that it comes from
     * @throws IllegalArgumentException if the text is not what {@link #write} has written, or a later version has
     */
    public static Schedule read(String text, String store) {
        return fromData(DataText.read(text), store);
    }

    static Map<String, Object> toData(Schedule schedule) {
        if (!(schedule.work() instanceof Work.Named(String job, Object payload))
                || !(payload == null || payload instanceof EncodedPayload)) {
            throw new IllegalArgumentException("A store keeps data, but \"" + schedule.id() + "\" runs "
                    + schedule.work().text() + ". Schedule a declared job, with a payload that is encoded.");
        }
        var data = new LinkedHashMap<String, Object>();
        data.put("version", VERSION);
        data.put("id", schedule.id());
        data.put("name", schedule.name());
        data.put("trigger", schedule.trigger().toData());
        schedule.zone().ifPresent(zone -> data.put("zone", zone.getId()));
        data.put("job", job);
        if (payload instanceof EncodedPayload encoded) {
            data.put("payload", Map.of("codec", encoded.codec(), "text", encoded.text()));
        }
        data.put("policy", policy(schedule.policy()));
        data.put("tags", schedule.tags().stream().sorted().toList());
        data.put("executor", schedule.executor());
        if (!schedule.queue().equals(Schedule.DEFAULT)) {
            data.put("queue", schedule.queue());
        }
        if (!schedule.limits().isEmpty()) {
            data.put("limits", schedule.limits());
        }
        data.put("kept", schedule.isKeptWhenFinished());
        data.put("paused", schedule.isPaused());
        schedule.firstAt().ifPresent(first -> data.put("first", first.toString()));
        schedule.registered().ifPresent(since -> data.put("registered", since.toString()));
        return data;
    }

    private static Map<String, Object> policy(SchedulePolicy policy) {
        var data = new LinkedHashMap<String, Object>();
        policy.grace().ifPresent(grace -> data.put("grace", grace.toString()));
        data.put("never-too-late", policy.isNeverTooLate());
        data.put("misfire", policy.misfire().name());
        data.put("coalesce", policy.coalesce().name());
        data.put("catch-up", policy.catchUp());
        data.put("max-instances", policy.maxInstances());
        data.put("overlap", policy.overlap().name());
        policy.timeout().ifPresent(timeout -> data.put("timeout", timeout.toString()));
        data.put("priority", policy.priority());
        data.put("on-lost", policy.onLost().name());
        policy.maxOfJob().ifPresent(most -> data.put("max-of-job", most));
        data.put("synchronous-end", policy.isEndSynchronous());
        RetryPolicy retry = policy.retry();
        if (retry.retries() > 0) {
            var numbers = new LinkedHashMap<String, Object>();
            numbers.put("retries", retry.retries());
            numbers.put("delay", retry.delay().toString());
            numbers.put("backoff", retry.backoff());
            retry.maxDelay().ifPresent(most -> numbers.put("max-delay", most.toString()));
            numbers.put("jitter", retry.jitter());
            data.put("retry", numbers);
        }
        return data;
    }

    static Schedule fromData(Map<String, Object> data, String store) {
        long version = number(data, "version");
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "A schedule is read by the version that wrote it or a later one, but this has" + " version "
                            + version + ", and " + VERSION + " is known. Use a later Orrery.");
        }
        Schedule schedule = Schedule.named(text(data, "id"))
                .name(text(data, "name"))
                .trigger(Trigger.fromData(map(data, "trigger")))
                .work(new Work.Named(text(data, "job"), payload(data)))
                .policy(policyOf(map(data, "policy")))
                .tags(((List<?>) value(data, "tags"))
                        .stream().map(String.class::cast).toArray(String[]::new))
                .store(store)
                .executor(text(data, "executor"));
        schedule = data.get("zone") instanceof String zone ? schedule.zone(ZoneId.of(zone)) : schedule;
        schedule = data.get("queue") instanceof String queue ? schedule.queue(queue) : schedule;
        if (data.containsKey("limits")) {
            Map<String, Object> limits = map(data, "limits");
            for (String name : limits.keySet()) {
                schedule = schedule.limit(name, (int) number(limits, name));
            }
        }
        schedule = flag(data, "kept") ? schedule.keptWhenFinished() : schedule;
        schedule = flag(data, "paused") ? schedule.paused() : schedule;
        schedule = data.get("first") instanceof String first ? schedule.firstAt(Instant.parse(first)) : schedule;
        return data.get("registered") instanceof String since ? schedule.restored(Instant.parse(since)) : schedule;
    }

    private static @Nullable EncodedPayload payload(Map<String, Object> data) {
        return data.containsKey("payload")
                ? new EncodedPayload(text(map(data, "payload"), "codec"), text(map(data, "payload"), "text"))
                : null;
    }

    private static SchedulePolicy policyOf(Map<String, Object> data) {
        SchedulePolicy policy = SchedulePolicy.unset()
                .misfire(Misfire.valueOf(text(data, "misfire")))
                .coalesce(Coalesce.valueOf(text(data, "coalesce")))
                .catchUp((int) number(data, "catch-up"))
                .maxInstances((int) number(data, "max-instances"))
                .overlap(Overlap.valueOf(text(data, "overlap")))
                .priority((int) number(data, "priority"))
                .onLost(OnLost.valueOf(text(data, "on-lost")));
        policy = flag(data, "never-too-late") ? policy.neverTooLate() : policy;
        policy = flag(data, "synchronous-end") ? policy.synchronousEnd(true) : policy;
        policy = data.get("grace") instanceof String grace ? policy.grace(Duration.parse(grace)) : policy;
        policy = data.get("timeout") instanceof String timeout ? policy.timeout(Duration.parse(timeout)) : policy;
        policy = data.containsKey("max-of-job") ? policy.maxOfJob((int) number(data, "max-of-job")) : policy;
        return data.containsKey("retry") ? policy.retry(retry(map(data, "retry"))) : policy;
    }

    private static RetryPolicy retry(Map<String, Object> data) {
        RetryPolicy retry = RetryPolicy.retries((int) number(data, "retries"))
                .backoff(((Number) value(data, "backoff")).doubleValue())
                .jitter(((Number) value(data, "jitter")).doubleValue());
        Duration delay = Duration.parse(text(data, "delay"));
        retry = delay.isZero() ? retry : retry.delay(delay);
        return data.get("max-delay") instanceof String most ? retry.maxDelay(Duration.parse(most)) : retry;
    }

    static Object value(Map<String, Object> data, String key) {
        Object value = data.get(key);
        if (value == null) {
            throw new IllegalArgumentException(
                    "It is not what was written: there should be a value of \"" + key + "\".");
        }
        return value;
    }

    static String text(Map<String, Object> data, String key) {
        return value(data, key).toString();
    }

    static long number(Map<String, Object> data, String key) {
        if (value(data, key) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException(
                "It is not what was written: \"" + key + "\" should be a number, but is " + data.get(key) + ".");
    }

    static boolean flag(Map<String, Object> data, String key) {
        return Boolean.TRUE.equals(data.get(key));
    }

    @SuppressWarnings("unchecked") // keys are text
    static Map<String, Object> map(Map<String, Object> data, String key) {
        if (value(data, key) instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new IllegalArgumentException("It is not what was written: \"" + key + "\" should be a map.");
    }
}
