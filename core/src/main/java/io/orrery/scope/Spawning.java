package io.orrery.scope;

import io.orrery.job.Action;
import io.orrery.job.ContextAction;
import io.orrery.job.JobBody;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** How long the jobs of one spawner may take. */
record Spawning(
        OpenScope scope,
        @Nullable Duration timeout,
        @Nullable Instant deadline) implements Spawner {

    boolean isUnlimited() {
        return timeout == null && deadline == null;
    }

    @Override
    public <T extends @Nullable Object> ScopedJob<T> spawn(String name, Callable<T> body) throws InterruptedException {
        return enter(name, body);
    }

    @Override
    @SuppressWarnings("UnnecessaryMethodReference") // it is not: what is also a Callable is to be run as what was said
    public <T extends @Nullable Object> ScopedJob<T> spawn(String name, JobBody<T> body) throws InterruptedException {
        return enter(name, body instanceof Callable ? (JobBody<T>) body::run : body);
    }

    @Override
    public <T extends @Nullable Object> ScopedJob<T> spawn(Callable<T> body) throws InterruptedException {
        return enter(scope.nextName(), body);
    }

    @Override
    public ScopedJob<@Nullable Void> spawnAction(String name, Action body) throws InterruptedException {
        return enter(name, body);
    }

    @Override
    public ScopedJob<@Nullable Void> spawnAction(String name, ContextAction body) throws InterruptedException {
        return enter(name, body);
    }

    @Override
    public <T extends @Nullable Object> Optional<ScopedJob<T>> trySpawn(String name, Callable<T> body) {
        SpawnedJob<T> job = job(name, body);
        return scope.entrance.tryEnter(job) ? Optional.of(job) : Optional.empty();
    }

    @Override
    public <T extends @Nullable Object> Optional<ScopedJob<T>> trySpawn(
            String name, Duration patience, Callable<T> body) throws InterruptedException {
        SpawnedJob<T> job = job(name, body);
        return scope.entrance.enter(job, patience) ? Optional.of(job) : Optional.empty();
    }

    private <T extends @Nullable Object> ScopedJob<T> enter(String name, Object body) throws InterruptedException {
        SpawnedJob<T> job = job(name, body);
        scope.entrance.enter(job, null);
        return job;
    }

    private <T extends @Nullable Object> SpawnedJob<T> job(String name, Object body) {
        Objects.requireNonNull(name, "A job needs a name. spawn(body) names it after the scope.");
        Objects.requireNonNull(body, "A job needs a body.");
        var job = new SpawnedJob<T>(scope, name, body);
        if (!isUnlimited() || scope.options().tracesSpawns()) {
            job.terms = new Terms(this);
        }
        return job;
    }

    @Override
    public Spawner timeout(Duration limit) {
        Objects.requireNonNull(limit, "The timeout of a job must not be null. Spawn it without timeout() for none.");
        if (!limit.isPositive()) {
            throw new IllegalArgumentException("The timeout of a job must be positive, but is " + limit
                    + ". Spawn it without timeout() for none.");
        }
        return new Spawning(scope, limit, deadline);
    }

    @Override
    public Spawner deadline(Instant moment) {
        Objects.requireNonNull(moment, "The deadline of a job must not be null. Spawn it without deadline() for none.");
        return new Spawning(scope, timeout, deadline != null && deadline.isBefore(moment) ? deadline : moment);
    }
}
