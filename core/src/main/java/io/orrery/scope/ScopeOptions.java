package io.orrery.scope;

import io.orrery.job.Interceptor;
import io.orrery.job.Threads;
import io.orrery.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a scope is to be: made by {@link JobScope#named}, changed by methods that give a changed copy, and {@linkplain #open
 * opened}, once or several times. Immutable. Follows J-002 to J-004 and GT01 of the specification.
 */
public final class ScopeOptions {

    private static final int NONE = 0;

    private final String name;
    private int limit = 100;
    private int pendingLimit = 10_000;
    private @Nullable Duration waitTimeout = Duration.ofSeconds(60);
    private @Nullable Duration closeTimeout = Duration.ofMillis(100);
    private Threads threads = Threads.FRESH;
    private boolean tracesSpawns;
    private TimeSource time = TimeSource.system();
    private List<FailureHandler> handlers = List.of();
    private List<ScopeListener> listeners = List.of();
    private List<Interceptor> interceptors = List.of();

    private ScopeOptions(String name) {
        this.name = name;
    }

    private ScopeOptions(ScopeOptions other) {
        this.name = other.name;
        this.limit = other.limit;
        this.pendingLimit = other.pendingLimit;
        this.waitTimeout = other.waitTimeout;
        this.closeTimeout = other.closeTimeout;
        this.threads = other.threads;
        this.tracesSpawns = other.tracesSpawns;
        this.time = other.time;
        this.handlers = other.handlers;
        this.listeners = other.listeners;
        this.interceptors = other.interceptors;
    }

    static ScopeOptions named(String name) {
        return new ScopeOptions(Objects.requireNonNull(name, "A scope needs a name."));
    }

    /** Opens a scope. Its threads have the context class loader of the calling one. */
    public JobScope open() {
        return OpenScope.open(this);
    }

    // ------------------------------------------------------------------------------------------------- changes

    /**
     * Sets how many jobs may run at once; 100 unless set.
     *
     * @throws IllegalArgumentException if {@code limit} is less than 1
     */
    public ScopeOptions limit(int limit) {
        atLeastOne("limit", limit, "withoutLimit()");
        return withLimit(limit);
    }

    /** Lets any number of jobs run at once. */
    public ScopeOptions withoutLimit() {
        return withLimit(NONE);
    }

    private ScopeOptions withLimit(int changed) {
        var copy = new ScopeOptions(this);
        copy.limit = changed;
        return copy;
    }

    /**
     * Sets how many jobs may be pending before spawning has to wait; 10,000 unless set.
     *
     * @throws IllegalArgumentException if {@code pendingLimit} is less than 1
     */
    public ScopeOptions pendingLimit(int pendingLimit) {
        atLeastOne("pending limit", pendingLimit, "withoutPendingLimit()");
        return withPendingLimit(pendingLimit);
    }

    /** Lets any number of jobs be pending, so that spawning never waits. */
    public ScopeOptions withoutPendingLimit() {
        return withPendingLimit(NONE);
    }

    private ScopeOptions withPendingLimit(int changed) {
        var copy = new ScopeOptions(this);
        copy.pendingLimit = changed;
        return copy;
    }

    /**
     * Sets how long {@link JobScope#close} waits for jobs to end by themselves; 60 s unless set, zero for not at all.
     *
     * @throws IllegalArgumentException if {@code timeout} is negative
     */
    public ScopeOptions waitTimeout(Duration timeout) {
        return withWaitTimeout(notNegative("wait timeout", timeout, "withoutWaitTimeout()"));
    }

    /** Lets {@link JobScope#close} wait for as long as jobs take. */
    public ScopeOptions withoutWaitTimeout() {
        return withWaitTimeout(null);
    }

    private ScopeOptions withWaitTimeout(@Nullable Duration changed) {
        var copy = new ScopeOptions(this);
        copy.waitTimeout = changed;
        return copy;
    }

    /**
     * Sets how long a job that was told to stop may take to do so before it counts as stuck; 100 ms unless set.
     *
     * @throws IllegalArgumentException if {@code timeout} is negative
     */
    public ScopeOptions closeTimeout(Duration timeout) {
        return withCloseTimeout(notNegative("close timeout", timeout, "withoutCloseTimeout()"));
    }

    /** Lets a job that was told to stop take as long as it likes: no job is ever stuck, and closing may take for ever. */
    public ScopeOptions withoutCloseTimeout() {
        return withCloseTimeout(null);
    }

    private ScopeOptions withCloseTimeout(@Nullable Duration changed) {
        var copy = new ScopeOptions(this);
        copy.closeTimeout = changed;
        return copy;
    }

    /**
     * Sets which threads the jobs run in; fresh ones unless set.
     *
     * @see Threads#REUSED
     */
    public ScopeOptions threads(Threads threads) {
        var copy = new ScopeOptions(this);
        copy.threads = Objects.requireNonNull(threads, "Threads are FRESH or REUSED, not null.");
        return copy;
    }

    /** Adds a handler of failures that nobody received. Without any, they are logged. */
    public ScopeOptions onFailure(FailureHandler handler) {
        var copy = new ScopeOptions(this);
        copy.handlers =
                plus(handlers, handler, "A failure handler must not be null. Leave it out to have failures logged.");
        return copy;
    }

    /** Adds a listener. */
    public ScopeOptions listener(ScopeListener listener) {
        var copy = new ScopeOptions(this);
        copy.listeners = plus(listeners, listener, "A listener must not be null.");
        return copy;
    }

    /** Puts {@code interceptor} around each job, inside those already there. */
    public ScopeOptions around(Interceptor interceptor) {
        var copy = new ScopeOptions(this);
        copy.interceptors = plus(interceptors, interceptor, "An interceptor must not be null.");
        return copy;
    }

    /** Runs on this clock. */
    public ScopeOptions time(TimeSource time) {
        var copy = new ScopeOptions(this);
        copy.time = Objects.requireNonNull(time, "A time source must not be null.");
        return copy;
    }

    /** Keeps for each job where it was spawned, for {@link ScopeProblem#spawnedAt}. Costs a stack trace a job. */
    public ScopeOptions traceSpawns() {
        var copy = new ScopeOptions(this);
        copy.tracesSpawns = true;
        return copy;
    }

    // ------------------------------------------------------------------------------------------------ questions

    /** The name of the scope. */
    public String name() {
        return name;
    }

    /** How many jobs may run at once; empty for any number. */
    public OptionalInt limit() {
        return limit == NONE ? OptionalInt.empty() : OptionalInt.of(limit);
    }

    /** How many jobs may be pending; empty for any number. */
    public OptionalInt pendingLimit() {
        return pendingLimit == NONE ? OptionalInt.empty() : OptionalInt.of(pendingLimit);
    }

    /** How long closing waits for jobs to end by themselves; empty for as long as they take. */
    public Optional<Duration> waitTimeout() {
        return Optional.ofNullable(waitTimeout);
    }

    /** How long a job may take to stop; empty for any time. */
    public Optional<Duration> closeTimeout() {
        return Optional.ofNullable(closeTimeout);
    }

    /** Which threads the jobs run in. */
    public Threads threads() {
        return threads;
    }

    /** Whether it is kept where jobs were spawned. */
    public boolean tracesSpawns() {
        return tracesSpawns;
    }

    /** The clock. */
    public TimeSource time() {
        return time;
    }

    /** The handlers of failures that nobody received; if there are none, they are logged. */
    public List<FailureHandler> failureHandlers() {
        return handlers;
    }

    List<ScopeListener> listeners() {
        return listeners;
    }

    List<Interceptor> interceptors() {
        return interceptors;
    }

    private static void atLeastOne(String what, int value, String remedy) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "The " + what + " must be at least 1, but is " + value + ". Use " + remedy + " for none.");
        }
    }

    private static Duration notNegative(String what, Duration value, String remedy) {
        Objects.requireNonNull(value, "The " + what + " must not be null. Use " + remedy + " for none.");
        if (value.isNegative()) {
            throw new IllegalArgumentException(
                    "The " + what + " must not be negative, but is " + value + ". Use " + remedy + " for none.");
        }
        return value;
    }

    private static <E> List<E> plus(List<E> list, E element, String ifNull) {
        var more = new ArrayList<>(list);
        more.add(Objects.requireNonNull(element, ifNull));
        return List.copyOf(more);
    }
}
