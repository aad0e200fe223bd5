package io.orrery.store.jdbc;

import io.orrery.job.RetryPolicy;
import io.orrery.schedule.EncodedPayload;
import io.orrery.schedule.OnLost;
import io.orrery.schedule.Overlap;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.SchedulePolicy;
import io.orrery.schedule.SchedulePolicy.Coalesce;
import io.orrery.schedule.SchedulePolicy.Misfire;
import io.orrery.schedule.Work;
import io.orrery.schedule.trigger.DateTrigger;
import io.orrery.schedule.trigger.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a schedule says, as columns. What many schedules have in common is in one text, which is read and written once for all
 * of them; the times of one-shots have a short form. Safe for use by any thread.
 */
final class Definitions {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int TEXTS = 1_000;
    private static final int SCHEDULES = 10_000;
    /** What is remembered of one kind, before some of it is forgotten. */
    private static final long CHARACTERS = 4_000_000;

    /** How a trigger begins whose only moment is that of its registration. */
    private static final String AT_ONCE = "!";

    /** Triggers that are nothing but a moment, by the letter that stands before it. */
    private static final Map<Character, Function<Instant, Trigger>> SHORT =
            Map.of('@', Trigger::at, '!', moment -> Trigger.now().anchored(moment, 0));

    private final Remembered<SchedulePolicy, String> policies = new Remembered<>(TEXTS, (_, text) -> text.length());
    private final Remembered<String, Parsed> parsed = new Remembered<>(TEXTS, (text, _) -> text.length());
    private final Remembered<String, Trigger> triggers = new Remembered<>(TEXTS, (text, _) -> text.length());
    /** By their ids. One-shots are not among them: they are seldom read twice, and mostly alike. */
    private final Remembered<String, Known> schedules =
            new Remembered<>(SCHEDULES, (_, known) -> known.columns.length());

    private record Parsed(Map<String, Object> data, SchedulePolicy policy) {
        static Parsed of(String text) {
            Map<String, Object> data = Definitions.data(text);
            require(Integer.valueOf(1).equals(data.get("version")), "The version of a definition is 1", text);
            return new Parsed(data, Definitions.policy(data));
        }
    }

    /**
     * A definition as columns.
     *
     * @param job the name of the job; empty for nothing to run
     * @param codec the id of the codec that wrote the payload; null for none
     * @param payload null for none
     * @param trigger the trigger
     * @param rest all the rest
     */
    record Columns(
            String job, @Nullable String codec, @Nullable String payload, String trigger, String rest) {

        private long length() {
            return (payload == null ? 0L : payload.length()) + trigger.length() + rest.length();
        }
    }

    /** What was read last for an id: as long as the columns say the same, it is the same. */
    private record Known(Columns columns, boolean kept, Schedule schedule) {}

    /**
     * Remembers values: of those that were asked for last so many at least, or so many as have that many characters; and twice
     * as many at most.
     */
    private static final class Remembered<K, V> {
        private final int many;
        private final ToLongBiFunction<K, V> weight;
        private final AtomicLong characters = new AtomicLong(); // of the recent ones
        private volatile Map<K, V> recent = new ConcurrentHashMap<>();
        private volatile Map<K, V> old = Map.of();

        Remembered(int many, ToLongBiFunction<K, V> weight) {
            this.many = many;
            this.weight = weight;
        }

        V of(K key, Function<K, V> make) {
            V value = find(key);
            return value == null ? put(key, make.apply(key)) : value;
        }

        @Nullable
        V find(K key) {
            V value = recent.get(key);
            if (value != null) {
                return value;
            }
            value = old.get(key);
            return value == null ? null : put(key, value);
        }

        V put(K key, V value) {
            long added = weight.applyAsLong(key, value);
            if (recent.size() >= many || characters.addAndGet(added) > CHARACTERS) {
                old = recent;
                recent = new ConcurrentHashMap<>();
                characters.set(added);
            }
            recent.put(key, value);
            return value;
        }
    }

    /**
     * Writes a definition.
     *
     * @throws IllegalArgumentException if it is not data, or has no room in the columns
     */
    Columns write(Schedule schedule) {
        String id = schedule.id();
        require(id.length() <= 255, "An id has at most 255 characters in a SQL database", id);
        require(id.indexOf('\0') < 0, "An id is text without zero characters in a SQL database", id.replace('\0', '?'));
        require(
                !schedule.policy().retry().isSelective(),
                "A condition on retries is code, which a SQL database cannot keep",
                id + "'s policy");
        if (!(schedule.work() instanceof Work.Named named)) {
            throw new IllegalArgumentException("Code cannot be kept in a SQL database, but \"" + id + "\" runs "
                    + schedule.work().text() + ". Declare it as a job, by name.");
        }
        require(
                named.job().length() <= 255,
                "The name of a job has at most 255 characters in a SQL database",
                named.job());
        for (String limit : schedule.places().keySet()) {
            require(limit.length() <= 260, "The name of a limit has at most 260 characters in a SQL database", limit);
        }
        require(
                schedule.queue().length() <= 255,
                "The name of a queue has at most 255 characters in a SQL database",
                schedule.queue());
        EncodedPayload payload = payload(id, named.payload());
        String trigger = text(schedule.trigger());
        return new Columns(
                named.job(),
                payload == null ? null : payload.codec(),
                payload == null ? null : payload.text(),
                trigger,
                rest(schedule, trigger));
    }

    private static void require(boolean holds, String rule, String value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", but this is \"" + value + "\". Choose another one.");
        }
    }

    private static @Nullable EncodedPayload payload(String id, @Nullable Object payload) {
        return switch (payload) {
            case null -> null;
            case EncodedPayload encoded -> encoded;
            default ->
                throw new IllegalArgumentException("A SQL database keeps payloads as text, but that of \"" + id
                        + "\" is a " + payload.getClass().getName() + ". Encode it with a codec.");
        };
    }

    // ------------------------------------------------------------------------------------- triggers

    private static String text(Trigger trigger) {
        if (trigger instanceof DateTrigger) {
            Instant moment = trigger.next(ZoneOffset.UTC, null, Instant.EPOCH).orElse(Instant.EPOCH);
            for (Map.Entry<Character, Function<Instant, Trigger>> form : SHORT.entrySet()) {
                if (trigger.equals(form.getValue().apply(Nanos.instant(Nanos.of(moment))))) {
                    return form.getKey() + Long.toString(Nanos.of(moment));
                }
            }
        }
        return json(trigger.toData());
    }

    private static Trigger trigger(String text) {
        return Trigger.fromData(data(text));
    }

    private Trigger readTrigger(String text) {
        Function<Instant, Trigger> form = SHORT.get(text.charAt(0));
        return form == null
                ? triggers.of(text, Definitions::trigger)
                : form.apply(Nanos.instant(Long.parseLong(text.substring(1))));
    }

    // ------------------------------------------------------------------------------------- the rest

    private String rest(Schedule schedule, String trigger) {
        String policy = policies.of(schedule.policy(), Definitions::text);
        var data = new LinkedHashMap<String, Object>();
        if (!schedule.name().equals(schedule.id())) {
            data.put("name", schedule.name());
        }
        schedule.zone().ifPresent(zone -> data.put("zone", zone.getId()));
        if (!schedule.tags().isEmpty()) {
            data.put("tags", List.copyOf(new TreeSet<>(schedule.tags())));
        }
        if (!schedule.store().equals(Schedule.DEFAULT)) {
            data.put("store", schedule.store());
        }
        if (!schedule.executor().equals(Schedule.DEFAULT)) {
            data.put("executor", schedule.executor());
        }
        if (!schedule.queue().equals(Schedule.DEFAULT)) {
            data.put("queue", schedule.queue());
        }
        if (!schedule.limits().isEmpty()) {
            data.put("limits", schedule.limits());
        }
        schedule.firstAt().ifPresent(first -> data.put("firstAt", first.toString()));
        if (schedule.isPaused()) {
            data.put("paused", true);
        }
        if (!trigger.startsWith(AT_ONCE)) {
            schedule.registered().ifPresent(since -> data.put("registered", since.toString()));
        }
        return data.isEmpty()
                ? policy
                : policy.substring(0, policy.length() - 1) + "," + json(data).substring(1);
    }

    /** What is set. Always with at least its version. */
    private static String text(SchedulePolicy policy) {
        var data = new LinkedHashMap<String, Object>();
        data.put("version", 1);
        if (policy.isNeverTooLate()) {
            data.put("neverTooLate", true);
        }
        policy.grace().ifPresent(grace -> data.put("grace", grace.toString()));
        put(data, "misfire", policy, policy.misfire(), SchedulePolicy::misfire, Misfire.values());
        put(data, "coalesce", policy, policy.coalesce(), SchedulePolicy::coalesce, Coalesce.values());
        put(data, "catchUp", policy, policy.catchUp(), SchedulePolicy::catchUp, 1, 2);
        put(data, "maxInstances", policy, policy.maxInstances(), SchedulePolicy::maxInstances, 1, 2);
        put(data, "overlap", policy, policy.overlap(), SchedulePolicy::overlap, Overlap.values());
        put(data, "priority", policy, policy.priority(), SchedulePolicy::priority, 1, 2);
        put(data, "onLost", policy, policy.onLost(), SchedulePolicy::onLost, OnLost.values());
        policy.maxOfJob().ifPresent(most -> data.put("maxOfJob", most));
        put(data, "synchronousEnd", policy, policy.isEndSynchronous(), SchedulePolicy::synchronousEnd, false, true);
        RetryPolicy retry = policy.retry();
        if (isSet(policy, SchedulePolicy::retry, RetryPolicy.none(), RetryPolicy.retries(1))) {
            data.put("retries", retry.retries());
            data.put("delay", retry.delay().toString());
            data.put("backoff", retry.backoff());
            retry.maxDelay().ifPresent(most -> data.put("maxDelay", most.toString()));
            data.put("jitter", retry.jitter());
        }
        policy.timeout().ifPresent(timeout -> data.put("timeout", timeout.toString()));
        return json(data);
    }

    @SafeVarargs
    private static <V> void put(
            Map<String, Object> data,
            String name,
            SchedulePolicy policy,
            V value,
            BiFunction<SchedulePolicy, V, SchedulePolicy> setter,
            V... some) {
        if (isSet(policy, setter, some[0], some[1])) {
            data.put(name, value instanceof Enum<?> constant ? constant.name() : (Object) value);
        }
    }

    /** Whether defaults make no difference. */
    private static <V> boolean isSet(
            SchedulePolicy policy, BiFunction<SchedulePolicy, V, SchedulePolicy> setter, V one, V other) {
        return policy.over(setter.apply(SchedulePolicy.unset(), one))
                .equals(policy.over(setter.apply(SchedulePolicy.unset(), other)));
    }

    /**
     * Reads a definition.
     *
     * @throws IllegalArgumentException if it cannot be read
     */
    Schedule read(String id, Columns columns, boolean kept) {
        if (columns.trigger().isEmpty() || SHORT.containsKey(columns.trigger().charAt(0))) {
            return parse(id, columns, kept);
        }
        Known known = schedules.find(id);
        if (known == null || known.kept != kept || !known.columns.equals(columns)) {
            known = schedules.put(id, new Known(columns, kept, parse(id, columns, kept)));
        }
        return known.schedule;
    }

    private Schedule parse(String id, Columns columns, boolean kept) {
        try {
            Parsed rest = parsed.of(columns.rest(), Parsed::of);
            var payload = columns.codec() == null || columns.payload() == null
                    ? null
                    : new EncodedPayload(columns.codec(), columns.payload());
            Schedule schedule = Schedule.named(id)
                    .trigger(readTrigger(columns.trigger()))
                    .work(new Work.Named(columns.job(), payload));
            schedule = schedule.policy(unset -> rest.policy());
            if (columns.trigger().startsWith(AT_ONCE)) {
                schedule = schedule.restored(
                        Nanos.instant(Long.parseLong(columns.trigger().substring(1))));
            }
            if (kept) {
                schedule = schedule.keptWhenFinished();
            }
            return with(schedule, rest.data());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("The definition cannot be read: " + e.getMessage(), e);
        }
    }

    private static Schedule with(Schedule bare, Map<String, Object> data) {
        Schedule schedule = bare;
        if (data.get("name") instanceof String name) {
            schedule = schedule.name(name);
        }
        if (data.get("zone") instanceof String zone) {
            schedule = schedule.zone(ZoneId.of(zone));
        }
        if (data.get("tags") instanceof List<?> tags) {
            schedule = schedule.tags(tags.stream().map(String::valueOf).toArray(String[]::new));
        }
        if (data.get("store") instanceof String store) {
            schedule = schedule.store(store);
        }
        if (data.get("executor") instanceof String executor) {
            schedule = schedule.executor(executor);
        }
        if (data.get("queue") instanceof String queue) {
            schedule = schedule.queue(queue);
        }
        if (data.get("limits") instanceof Map<?, ?> limits) {
            schedule = limited(schedule, limits);
        }
        if (data.get("firstAt") instanceof String first) {
            schedule = schedule.firstAt(Instant.parse(first));
        }
        if (data.get("registered") instanceof String since) {
            schedule = schedule.restored(Instant.parse(since));
        }
        return data.containsKey("paused") ? schedule.paused() : schedule;
    }

    private static SchedulePolicy policy(Map<String, Object> data) {
        SchedulePolicy policy = SchedulePolicy.unset();
        for (Map.Entry<String, Object> entry : data.entrySet()) {
            String value = String.valueOf(entry.getValue());
            policy = switch (entry.getKey()) {
                case "neverTooLate" -> policy.neverTooLate();
                case "grace" -> policy.grace(Duration.parse(value));
                case "misfire" -> policy.misfire(Misfire.valueOf(value));
                case "coalesce" -> policy.coalesce(Coalesce.valueOf(value));
                case "catchUp" -> policy.catchUp(Integer.parseInt(value));
                case "maxInstances" -> policy.maxInstances(Integer.parseInt(value));
                case "overlap" -> policy.overlap(Overlap.valueOf(value));
                case "priority" -> policy.priority(Integer.parseInt(value));
                case "onLost" -> policy.onLost(OnLost.valueOf(value));
                case "maxOfJob" -> policy.maxOfJob(Integer.parseInt(value));
                case "synchronousEnd" -> policy.synchronousEnd(Boolean.parseBoolean(value));
                case "timeout" -> policy.timeout(Duration.parse(value));
                case "retries" -> policy.retry(retry(data));
                default -> policy;
            };
        }
        return policy;
    }

    private static RetryPolicy retry(Map<?, ?> data) {
        RetryPolicy retry = RetryPolicy.retries(Integer.parseInt(word(data, "retries")))
                .backoff(Double.parseDouble(word(data, "backoff")))
                .jitter(Double.parseDouble(word(data, "jitter")));
        Duration delay = Duration.parse(word(data, "delay"));
        if (!delay.isZero()) {
            retry = retry.delay(delay);
        }
        return data.containsKey("maxDelay") ? retry.maxDelay(Duration.parse(word(data, "maxDelay"))) : retry;
    }

    private static String word(Map<?, ?> data, String name) {
        Object value = data.get(name);
        if (value == null) {
            throw new IllegalArgumentException("\"" + name + "\" is missing");
        }
        return value.toString();
    }

    // ------------------------------------------------------------------------------------- limits

    /** The limits that a schedule needs places of; null for none. */
    static @Nullable String places(Schedule schedule) {
        return schedule.isLimited() ? json(schedule.places()) : null;
    }

    /** A schedule that needs places of these limits, as far as they can be read. */
    static Schedule limited(Schedule schedule, @Nullable String places) {
        try {
            return places == null ? schedule : limited(schedule, data(places));
        } catch (RuntimeException e) {
            return schedule;
        }
    }

    private static Schedule limited(Schedule bare, Map<?, ?> limits) {
        Schedule schedule = bare;
        for (Map.Entry<?, ?> limit : limits.entrySet()) {
            schedule = schedule.limit(limit.getKey().toString(), ((Number) limit.getValue()).intValue());
        }
        return schedule;
    }

    // ------------------------------------------------------------------------------------- JSON

    private static String json(Map<String, ?> data) {
        return JSON.writeValueAsString(data);
    }

    @SuppressWarnings("unchecked") // an object of JSON has names
    private static Map<String, Object> data(String text) {
        try {
            return (Map<String, Object>) JSON.readValue(text, Map.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("This is no JSON: " + text, e);
        }
    }
}
