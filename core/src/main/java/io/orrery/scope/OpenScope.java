package io.orrery.scope;

import io.orrery.job.Action;
import io.orrery.job.ContextAction;
import io.orrery.job.JobBody;
import io.orrery.job.State;
import io.orrery.job.Threads;
import io.orrery.thread.Events;
import io.orrery.thread.JobThreads;
import io.orrery.thread.RunIds;
import io.orrery.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What users see of a scope, and what its parts share. */
final class OpenScope implements JobScope {

    final TimeSource time;
    final JobThreads threads;
    final Events<ScopeEvent> events;
    final Closing closing;
    final Entrance entrance;
    final Lanes lanes;
    final Crew crew;
    final Shields shields;
    final Reports reports;
    /** Those that were told to stop and have not done so in time. */
    final Set<SpawnedJob<?>> stuck = ConcurrentHashMap.newKeySet();

    private final ScopeOptions options;
    private final String id;
    private final Instant openedAt;
    private final long origin;
    private final Spawning unlimited = new Spawning(this, null, null);
    private final AtomicLong unnamed = new AtomicLong();
    private final JfrEvents.ScopeSpan span = new JfrEvents.ScopeSpan();

    private OpenScope(ScopeOptions options) {
        this.options = options;
        this.time = options.time();
        this.openedAt = time.instant();
        this.origin = time.nanos();
        this.id = RunIds.next(openedAt);
        this.threads = new JobThreads(time);
        this.events = new Events<>(
                time, tellers(options.listeners()), ScopeEvent.ScopeClosed.class::isInstance, name() + "/events");
        this.closing = new Closing(this);
        int limit = options.limit().orElse(Integer.MAX_VALUE);
        this.lanes = new Lanes(limit);
        boolean bounded = options.limit().isPresent() && options.pendingLimit().isPresent();
        this.entrance = new Entrance(
                this, bounded ? (long) limit + options.pendingLimit().getAsInt() : Long.MAX_VALUE);
        this.crew = options.threads() == Threads.REUSED ? new ReusedCrew(this, lanes) : new FreshCrew(this, lanes);
        this.shields = new Shields(this);
        this.reports = new Reports(this);
    }

    static JobScope open(ScopeOptions options) {
        var scope = new OpenScope(options);
        scope.span.begin();
        scope.publish(at -> new ScopeEvent.ScopeOpened(scope, at));
        return scope;
    }

    private static List<Consumer<ScopeEvent>> tellers(List<ScopeListener> listeners) {
        return listeners.stream()
                .<Consumer<ScopeEvent>>map(listener -> listener::on)
                .toList();
    }

    // ------------------------------------------------------------------------------------- for this package only

    /** Publishes an event, which is made only if somebody listens. */
    void publish(Function<Duration, ScopeEvent> event) {
        if (events.heard()) {
            events.publish(event.apply(elapsed()));
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(time.nanos() - origin);
    }

    String nextName() {
        return name() + "-" + unnamed.incrementAndGet();
    }

    /** The jobs and shielded work. */
    List<SpawnedJob<?>> all() {
        var all = new ArrayList<>(crew.active());
        all.addAll(shields.all());
        return all;
    }

    /** Takes note that a job has not stopped in time; returns whether it has not stopped by now either. */
    boolean noteStuck(SpawnedJob<?> job) {
        boolean isNew = stuck.add(job);
        if (job.isEnded()) {
            stuck.remove(job);
            return false;
        }
        if (isNew) {
            publish(at -> new ScopeEvent.JobStuck(this, at, job));
        }
        return true;
    }

    /** Called when it has been closed. */
    void ended() {
        publish(at -> new ScopeEvent.ScopeClosed(this, at, snapshot()));
        span.commit(this);
        CloseAtExit.forget(this);
    }

    // ------------------------------------------------------------------------------------------------ questions

    @Override
    public String name() {
        return options.name();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public ScopeOptions options() {
        return options;
    }

    @Override
    public int active() {
        return crew.active().size();
    }

    @Override
    public int pending() {
        return crew.pending().size();
    }

    @Override
    public int size() {
        return jobs().size();
    }

    /** Those that are running, then those that are pending; one that begins meanwhile is seen once. */
    private Collection<SpawnedJob<?>> jobs() {
        List<SpawnedJob<?>> pending = crew.pending(); // first
        Set<SpawnedJob<?>> jobs = crew.inLanes();
        jobs.addAll(pending);
        jobs.removeIf(SpawnedJob::isEnded);
        return jobs;
    }

    @Override
    public boolean isClosed() {
        return closing.refuses();
    }

    @Override
    public boolean contains(ScopedJob<?> job) {
        return job instanceof SpawnedJob<?> spawned
                && equals(spawned.scope)
                && !spawned.isEnded()
                && !shields.has(spawned);
    }

    @Override
    public Iterator<ScopedJob<?>> iterator() {
        return List.<ScopedJob<?>>copyOf(jobs()).iterator();
    }

    @Override
    public List<ScopedJob<?>> stuck() {
        return List.copyOf(stuck);
    }

    @Override
    public ScopeSnapshot snapshot() {
        boolean closed = isClosed();
        int shielded = shields.all().size();
        List<ScopeSnapshot.JobLine> lines = jobs().stream()
                .map(this::line)
                .filter(line -> line.state() == State.RUNNING || line.state() == State.QUEUED)
                .toList();
        return new ScopeSnapshot(new ScopeSnapshot.Identity(name(), id, openedAt), elapsed(), closed, shielded, lines);
    }

    private ScopeSnapshot.JobLine line(SpawnedJob<?> job) {
        return new ScopeSnapshot.JobLine(job.name(), job.state(), job.isStopping(), stuck.contains(job));
    }

    @Override
    public String toString() {
        return "scope \"" + name() + "\" (" + (isClosed() ? "closed, " : "") + active() + " active, " + pending()
                + " pending)";
    }

    // ------------------------------------------------------------------------------------------ work and its end

    @Override
    public <T extends @Nullable Object> T shield(String name, Callable<T> work)
            throws InterruptedException, ExecutionException {
        Objects.requireNonNull(name, "Work that is shielded needs a name.");
        Objects.requireNonNull(work, "There is no work to shield, but null.");
        var shielded = new SpawnedJob<T>(this, name, work);
        return shielded.awaitFrom(() -> shields.start(shielded));
    }

    @Override
    public void close() {
        closing.close(/* now= */ false);
    }

    @Override
    public void cancel() {
        closing.close(/* now= */ true);
    }

    @Override
    public <T extends @Nullable Object> ScopedJob<T> spawn(String name, Callable<T> body) throws InterruptedException {
        return unlimited.spawn(name, body);
    }

    @Override
    public <T extends @Nullable Object> ScopedJob<T> spawn(String name, JobBody<T> body) throws InterruptedException {
        return unlimited.spawn(name, body);
    }

    @Override
    public <T extends @Nullable Object> ScopedJob<T> spawn(Callable<T> body) throws InterruptedException {
        return unlimited.spawn(body);
    }

    @Override
    public ScopedJob<@Nullable Void> spawnAction(String name, Action body) throws InterruptedException {
        return unlimited.spawnAction(name, body);
    }

    @Override
    public ScopedJob<@Nullable Void> spawnAction(String name, ContextAction body) throws InterruptedException {
        return unlimited.spawnAction(name, body);
    }

    @Override
    public <T extends @Nullable Object> Optional<ScopedJob<T>> trySpawn(String name, Callable<T> body) {
        return unlimited.trySpawn(name, body);
    }

    @Override
    public <T extends @Nullable Object> Optional<ScopedJob<T>> trySpawn(
            String name, Duration patience, Callable<T> body) throws InterruptedException {
        return unlimited.trySpawn(name, patience, body);
    }

    @Override
    public Spawner timeout(Duration timeout) {
        return unlimited.timeout(timeout);
    }

    @Override
    public Spawner deadline(Instant deadline) {
        return unlimited.deadline(deadline);
    }
}
