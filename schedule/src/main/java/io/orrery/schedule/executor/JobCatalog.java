package io.orrery.schedule.executor;

import io.orrery.job.Action;
import io.orrery.job.JobBody;
import io.orrery.outcome.RunReport;
import io.orrery.plan.Plannable;
import io.orrery.schedule.EncodedPayload;
import io.orrery.schedule.PayloadCodec;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.trigger.Trigger;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Code by name: what schedules that are data run. A name says what payload the code wants, so no text of a store ever decides
 * which class is made. Safe for use by any thread.
 */
public final class JobCatalog {

    private final Map<String, Entry<?>> entries = new ConcurrentHashMap<>();
    private final Set<String> lifecycles = ConcurrentHashMap.newKeySet(); // names
    private final Map<String, PayloadCodec> codecs = new ConcurrentHashMap<>();

    private record Entry<P>(Class<P> type, PayloadBody<P> body) {
        @SuppressWarnings("NullAway") // a schedule without a payload gives null, as PayloadBody says
        @Nullable
        Object run(@Nullable Object payload, FireContext context) throws Exception {
            return body.run(type.cast(payload), context);
        }
    }

    /** An empty catalog, which reads what the plain codec has written. */
    public JobCatalog() {
        codec(PayloadCodec.plain());
    }

    /** Reads payloads that this codec has written. */
    public JobCatalog codec(PayloadCodec codec) {
        codecs.put(codec.id(), codec);
        return this;
    }

    /**
     * Declares a job that works on a payload.
     *
     * @throws IllegalArgumentException if the name is blank or taken
     */
    public <P> JobCatalog job(String name, Class<P> payload, PayloadBody<P> body) {
        Objects.requireNonNull(payload, "The type of the payload is needed; jobs without one are declared without it.");
        Objects.requireNonNull(body, "A body is needed.");
        if (name.isBlank()) {
            throw new IllegalArgumentException("A job is found by its name, but the name is blank. Give it one.");
        }
        if (entries.putIfAbsent(name, new Entry<>(payload, body)) != null) {
            throw new IllegalArgumentException(
                    "A name stands for one job, but \"" + name + "\" is taken. Choose another name.");
        }
        return this;
    }

    /** Declares a job that works on a payload and has no result, like {@link #job(String, Class, PayloadBody)}. */
    public <P> JobCatalog action(String name, Class<P> payload, PayloadAction<P> action) {
        return job(name, payload, (given, context) -> {
            action.run(given, context);
            return null;
        });
    }

    /** Declares a job that is given nothing and has no result. */
    public JobCatalog action(String name, Action action) {
        return job(name, Void.class, (given, context) -> {
            action.run();
            return null;
        });
    }

    /** Declares a job that is given nothing. */
    public JobCatalog job(String name, JobBody<?> body) {
        return job(name, Void.class, (given, context) -> body.run(context));
    }

    /** Declares a workflow, made anew for each fire, which fails if its run does. */
    public JobCatalog workflow(String name, Supplier<? extends Plannable<RunReport>> workflow) {
        return job(
                name,
                Void.class,
                (given, context) -> context.run(workflow.get()).orThrow());
    }

    /**
     * Declares a lifecycle, which a schedule runs by {@link Schedule#lifecycle}.
     *
     * @param ticks when it ticks, counting from its setup
     * @param jobs makes the object of each session
     * @throws IllegalArgumentException if the name is blank or taken, or the trigger does not fire by itself
     */
    public JobCatalog lifecycle(String name, Trigger ticks, Supplier<? extends LifecycleJob> jobs) {
        var session = new Session(ticks, Objects.requireNonNull(jobs, "What makes the object of a session is needed."));
        job(name, Void.class, (given, context) -> {
            session.run((Attempt) context);
            return null;
        });
        lifecycles.add(name);
        return this;
    }

    /** @throws IllegalArgumentException if there is none of that id */
    PayloadCodec codecNamed(String id) {
        PayloadCodec codec = codecs.get(id);
        if (codec == null) {
            throw new IllegalArgumentException(
                    "A payload is read by the codec that wrote it, but there is none with the id \""
                            + id + "\". Known codecs: " + String.join(", ", new TreeSet<>(codecs.keySet()))
                            + ". Add it with codec(…).");
        }
        return codec;
    }

    /** Whether there is a job of that name. */
    public boolean has(String name) {
        return entries.containsKey(name);
    }

    /** Whether there is a lifecycle of that name. */
    public boolean isLifecycle(String name) {
        return lifecycles.contains(name);
    }

    /** The names of all jobs, sorted. */
    public Set<String> names() {
        return new TreeSet<>(entries.keySet());
    }

    /**
     * Checks that a job can be given that payload, which is read if it is encoded.
     *
     * @throws IllegalArgumentException if there is no such job, or it wants another payload
     */
    public void check(String name, @Nullable Object payload) {
        Entry<?> entry = entry(name);
        if (payload instanceof EncodedPayload encoded && entry.type != Void.class) {
            decode(name, encoded, entry.type);
        } else if (payload != null && !entry.type.isInstance(payload)) {
            throw new IllegalArgumentException("The job \"" + name + "\" works on "
                    + (entry.type == Void.class ? "nothing" : "a " + entry.type.getName()) + ", but the payload is a "
                    + payload.getClass().getName() + ". "
                    + (entry.type == Void.class
                            ? "Declare it with the type of its payload."
                            : "Pass one of that type."));
        }
    }

    private Entry<?> entry(String name) {
        Entry<?> entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("A job is found by its name, but there is none named \"" + name
                    + "\". Known names: " + (entries.isEmpty() ? "none" : String.join(", ", names()))
                    + ". Declare it first.");
        }
        return entry;
    }

    /**
     * Runs a job in this thread.
     *
     * @param payload what it is to work on, encoded or not
     * @return its result
     * @throws IllegalArgumentException if there is no such job, or the payload is none that it can work on
     * @throws Exception what the job throws
     */
    public @Nullable Object run(String name, @Nullable Object payload, FireContext context) throws Exception {
        Entry<?> entry = entry(name);
        if (payload instanceof EncodedPayload encoded && entry.type != Void.class) {
            return entry.run(decode(name, encoded, entry.type), context);
        }
        check(name, payload);
        return entry.run(payload, context);
    }

    private @Nullable Object decode(String name, EncodedPayload payload, Class<?> type) {
        try {
            return codecNamed(payload.codec()).decode(payload.text(), type);
        } catch (IllegalArgumentException e) {
            throw new UnreadablePayloadException(
                    "The payload of the job \"" + name + "\" cannot be read. " + e.getMessage(), e);
        }
    }

    /**
     * What a job with a payload and without a result does.
     *
     * @param <P> the type of the payload
     */
    @FunctionalInterface
    public interface PayloadAction<P> {

        /**
         * Does the work, in a thread that is interrupted to cancel it.
         *
         * @param payload what the schedule gives it; null if it gives nothing
         * @throws Exception to make this attempt a failure
         */
        void run(P payload, FireContext context) throws Exception;
    }

    /**
     * What a job with a payload does.
     *
     * @param <P> the type of the payload
     */
    @FunctionalInterface
    public interface PayloadBody<P> {

        /**
         * Does the work, in a thread that is interrupted to cancel it.
         *
         * @param payload what the schedule gives it; null if it gives nothing
         * @return the result, null for none
         * @throws Exception to make this attempt a failure
         */
        @Nullable
        Object run(P payload, FireContext context) throws Exception;
    }
}
