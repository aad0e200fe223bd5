package io.orrery.schedule;

import io.orrery.job.Action;
import io.orrery.job.JobBody;
import io.orrery.plan.Plannable;
import io.orrery.schedule.trigger.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The definition of what runs when: an id, a trigger, what to run, and options. Immutable; each method that sets something
 * returns another one. It knows nothing of what has become of it: that is {@link ScheduleInfo}.
 *
 * {@snippet :
 * scheduler.add(Schedule.named("invoice-42").cron("30 2 * * *").zone(PARIS).job("send-invoice", new Invoice(42)));
 * }
 */
public final class Schedule {

    /** The alias of the store and of the executor that are used unless others are named. */
    public static final String DEFAULT = "default";

    private static final Work NOTHING = new Work.Named("", null);

    // Set once, by the method that makes a copy; read by any thread.
    private final String id;
    private @Nullable String name; // null if it is the id
    private Trigger trigger = Trigger.now();
    private @Nullable ZoneId zone;
    private Work work = NOTHING;
    private SchedulePolicy policy = SchedulePolicy.unset();
    private Set<String> tags = Set.of();
    private String store = DEFAULT;
    private String executor = DEFAULT;
    private Course course = Course.USUAL;
    private Flow flow = Flow.USUAL;
    private @Nullable Instant anchor; // since when it is registered, if its trigger counts from then

    /** How it begins and ends: at that moment first, if there is one, whatever its trigger says; paused; kept at its end. */
    private record Course(@Nullable Instant first, boolean paused, boolean kept) {
        static final Course USUAL = new Course(null, false, false);
    }

    /** Who may run it, and how many places there are of each limit that it needs one of. */
    private record Flow(String queue, SortedMap<String, Integer> limits) {
        static final Flow USUAL = new Flow(DEFAULT, Collections.emptySortedMap());
    }

    private Schedule(String id) {
        this.id = Rules.text("id of a schedule", id);
    }

    /**
     * A schedule that fires once, at once, until it is given a trigger.
     *
     * @param id what it is known by; unique in the scheduler
     * @throws IllegalArgumentException if {@code id} is blank
     */
    public static Schedule named(String id) {
        return new Schedule(id);
    }

    /** A schedule with an id that nothing else has. */
    public static Schedule unnamed() {
        return new Schedule(UUID.randomUUID().toString().replace("-", ""));
    }

    private Schedule with(Consumer<Schedule> change) {
        var copy = new Schedule(id);
        copy.name = name;
        copy.trigger = trigger;
        copy.zone = zone;
        copy.work = work;
        copy.policy = policy;
        copy.tags = tags;
        copy.store = store;
        copy.executor = executor;
        copy.course = course;
        copy.flow = flow;
        copy.anchor = anchor;
        change.accept(copy);
        return copy;
    }

    /**
     * Sets the name that people read; the id unless set.
     *
     * @throws IllegalArgumentException if it is blank
     */
    public Schedule name(String name) {
        Rules.text("name of schedule \"" + id + "\"", name);
        return with(copy -> copy.name = name);
    }

    /** Sets when it fires. */
    public Schedule trigger(Trigger trigger) {
        Objects.requireNonNull(trigger, "A trigger is needed; Trigger.manual() is one that never fires by itself.");
        return with(copy -> {
            copy.trigger = trigger;
            copy.anchor = null;
        });
    }

    /** Fires once, at that moment. */
    public Schedule at(Instant moment) {
        return trigger(Trigger.at(moment));
    }

    /**
     * Fires by a cron expression, as in a crontab: {@code 30 2 * * *} is half past two every night.
     *
     * @throws IllegalArgumentException with the position of what is wrong in it
     */
    public Schedule cron(String expression) {
        return trigger(Trigger.cron(expression));
    }

    /** Fires in steps of that length, the first time one step after it is registered. */
    public Schedule every(Duration interval) {
        return trigger(Trigger.every(interval));
    }

    /** Sets the zone for triggers that have none; that of the scheduler unless set. */
    public Schedule zone(ZoneId zone) {
        Objects.requireNonNull(zone, "A zone is needed, for example ZoneId.of(\"Europe/Paris\").");
        return with(copy -> copy.zone = zone);
    }

    /** Runs a declared job that is given nothing. */
    public Schedule job(String job) {
        return job(job, null);
    }

    /**
     * Runs a declared job.
     *
     * @param payload what it is given; on a store that is not local the scheduler's codec must be able to write it
     * @throws IllegalArgumentException if the name is blank
     */
    public Schedule job(String job, @Nullable Object payload) {
        return work(new Work.Named(Rules.text("job of schedule \"" + id + "\"", job), payload));
    }

    /**
     * Runs a declared lifecycle for as long as the scheduler runs: on a local store in this process, on a shared one in one of all
     * processes. It begins at once, and again a second after it has ended, until the schedule is paused or removed. It keeps one
     * thread of its executor.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public Schedule lifecycle(String job) {
        return job(job).trigger(
                        Trigger.every(Duration.ofSeconds(1)).immediately().afterCompletion())
                .policy(SchedulePolicy::neverTooLate);
    }

    /** Runs code; on a local store only. */
    public Schedule action(Action action) {
        Objects.requireNonNull(action, "An action is needed.");
        return body(context -> {
            action.run();
            return null;
        });
    }

    /** Runs a body; on a local store only. */
    public Schedule body(JobBody<?> body) {
        return work(new Work.Code(Objects.requireNonNull(body, "A body is needed.")));
    }

    /** Runs a workflow or a plan; on a local store only. It fails if the run does. */
    public Schedule workflow(Plannable<?> workflow) {
        return work(new Work.Graph(Objects.requireNonNull(workflow, "A workflow is needed.")));
    }

    /** Sets what to run. */
    public Schedule work(Work work) {
        Objects.requireNonNull(work, "Something to run is needed.");
        return with(copy -> copy.work = work);
    }

    /** Changes its policy, such as {@code policy(p -> p.timeout(MINUTE).maxInstances(2))}. */
    public Schedule policy(UnaryOperator<SchedulePolicy> change) {
        SchedulePolicy changed = change.apply(policy);
        return with(copy -> copy.policy = changed);
    }

    /** Adds words by which it can be found. */
    public Schedule tags(String... tags) {
        var all = new TreeSet<>(this.tags);
        for (String tag : tags) {
            all.add(Rules.text("tag of schedule \"" + id + "\"", tag));
        }
        return with(copy -> copy.tags = Set.copyOf(all));
    }

    /** Changes its policy to that one. */
    public Schedule policy(SchedulePolicy policy) {
        return with(copy -> copy.policy = policy);
    }

    /**
     * The same as it is registered at that moment: what its trigger leaves open is fixed. Schedulers call this; it is remembered
     * for {@link #says}.
     */
    public Schedule anchored(Instant registered) {
        Trigger fixed = trigger.anchored(registered, id.hashCode());
        return fixed.equals(trigger)
                ? this
                : with(copy -> {
                    copy.trigger = fixed;
                    copy.anchor = registered;
                });
    }

    /** Sets the alias of the store that keeps it. */
    public Schedule store(String alias) {
        Rules.text("store of schedule \"" + id + "\"", alias);
        return with(copy -> copy.store = alias);
    }

    /** Sets the alias of the executor that runs it. */
    public Schedule executor(String alias) {
        Rules.text("executor of schedule \"" + id + "\"", alias);
        return with(copy -> copy.executor = alias);
    }

    /**
     * Sets the queue that its fires are in: only schedulers that {@linkplain
     * io.orrery.schedule.scheduler.SchedulerBuilder#queues serve} it run them. {@link #DEFAULT} unless set.
     *
     * @throws IllegalArgumentException if it is blank
     */
    public Schedule queue(String queue) {
        Rules.text("queue of schedule \"" + id + "\"", queue);
        return with(copy -> copy.flow = new Flow(queue, flow.limits));
    }

    /**
     * Lets at most so many fires run at once, in all processes together, of all schedules that name the same limit and are kept in
     * the same store. Each fire needs one place of each of its limits. One that is due while there is none waits, until one
     * ends; of those that wait, greater priorities come first, then earlier times. It goes by the number that its own schedule
     * gives.
     *
     * {@snippet :
     * Schedule.named("export-7").cron("0 3 * * *").job("export").limit("tenant 7", 2);
     * }
     *
     * @throws IllegalArgumentException if the name is blank, or there is no place
     */
    public Schedule limit(String name, int places) {
        Rules.text("name of a limit of schedule \"" + id + "\"", name);
        Rules.require(places > 0, "A limit needs at least one place", places, "Leave the limit out for none");
        var all = new TreeMap<>(flow.limits);
        all.put(name, places);
        return with(copy -> copy.flow = new Flow(flow.queue, Collections.unmodifiableSortedMap(all)));
    }

    /** Lets no two fires run at once of schedules with the same key: a {@linkplain #limit limit} of one place. */
    public Schedule mutex(String key) {
        return limit(key, 1);
    }

    /** Keeps it in the store when it has finished, instead of removing it. */
    public Schedule keptWhenFinished() {
        return with(copy -> copy.course = new Course(course.first, course.paused, true));
    }

    /** Fires at that moment first, whatever the trigger says, and by the trigger from then on. */
    public Schedule firstAt(Instant moment) {
        Objects.requireNonNull(moment, "A moment is needed; leave firstAt out to begin as the trigger says.");
        return with(copy -> copy.course = new Course(moment, course.paused, course.kept));
    }

    /** Begins paused. */
    public Schedule paused() {
        return with(copy -> copy.course = new Course(course.first, true, course.kept));
    }

    /** What it is known by. */
    public String id() {
        return id;
    }

    /** What people read. */
    public String name() {
        return name == null ? id : name;
    }

    /** When it fires. */
    public Trigger trigger() {
        return trigger;
    }

    /** The zone for triggers that have none; empty for that of the scheduler. */
    public Optional<ZoneId> zone() {
        return Optional.ofNullable(zone);
    }

    /** What to run. */
    public Work work() {
        return work;
    }

    /** What becomes of late, simultaneous, overlapping and failed fires. */
    public SchedulePolicy policy() {
        return policy;
    }

    /** Words by which it can be found. */
    public Set<String> tags() {
        return tags;
    }

    /** The alias of the store that keeps it. */
    public String store() {
        return store;
    }

    /** The alias of the executor that runs it. */
    public String executor() {
        return executor;
    }

    /** The queue that its fires are in. */
    public String queue() {
        return flow.queue;
    }

    /** The limits that it names itself: how many places there are of each. */
    public SortedMap<String, Integer> limits() {
        return flow.limits;
    }

    /** All limits of which a fire needs a place: those that it names, and {@code job:} with the name of its job if that is limited. */
    public SortedMap<String, Integer> places() {
        if (policy.maxOfJob().isEmpty() || !(work instanceof Work.Named named)) {
            return flow.limits;
        }
        var all = new TreeMap<>(flow.limits);
        all.merge("job:" + named.job(), policy.maxOfJob().getAsInt(), Math::min);
        return all;
    }

    /** Whether it needs a place of some limit. */
    public boolean isLimited() {
        return !flow.limits.isEmpty() || policy.maxOfJob().isPresent() && work instanceof Work.Named;
    }

    /** Whether it stays in the store when it has finished. */
    public boolean isKeptWhenFinished() {
        return course.kept;
    }

    /** The moment at which it fires first; empty if the trigger says. */
    public Optional<Instant> firstAt() {
        return Optional.ofNullable(course.first);
    }

    /** Whether it begins paused. */
    public boolean isPaused() {
        return course.paused;
    }

    /** Whether it runs nothing, having been given nothing to run. */
    public boolean isEmpty() {
        return work.equals(NOTHING);
    }

    /** The same as a store has kept it, for which its trigger counts from that moment on; stores call this. */
    public Schedule restored(Instant registered) {
        return with(copy -> copy.anchor = registered);
    }

    /** When it was registered, if its trigger counts from then; empty if it does not, or is not registered. */
    public Optional<Instant> registered() {
        return Optional.ofNullable(anchor);
    }

    /**
     * Whether another one, which may not be registered yet, says the same, so that putting it in this one's place would change
     * nothing.
     */
    public boolean says(Schedule other) {
        Schedule alike = anchor == null || other.anchor != null ? other : other.anchored(anchor);
        return id.equals(other.id)
                && name().equals(other.name())
                && trigger.equals(alike.trigger)
                && Objects.equals(zone, other.zone)
                && work.equals(other.work)
                && policy.equals(other.policy)
                && tags.equals(other.tags)
                && store.equals(other.store)
                && executor.equals(other.executor)
                && flow.equals(other.flow)
                && course.equals(other.course);
    }

    @Override
    public String toString() {
        return name() + " (" + work.text() + ", " + trigger.describe() + ")";
    }

    /** What to do if there is a schedule of that id already. */
    public enum OnConflict {
        /** Refuse the new one. The default. */
        FAIL,
        /** Put the new one in its place: it begins anew. */
        REPLACE,
        /** Keep the old one as it is. */
        KEEP,
        /** Put the new definition in its place, but keep the next fire time, and whether it is paused. */
        UPDATE
    }
}
