package io.orrery.model;

import io.orrery.model.Case.Flow;
import io.orrery.model.Case.Need;
import io.orrery.model.Case.What;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One run of one workflow. What is told to it during one moment is its news; it acts on all of them at once. */
final class ModelRun {
    static final Comparator<ModelRun> INNERMOST_FIRST =
            Comparator.<ModelRun>comparingInt(run -> -run.depth).thenComparing(run -> run.path);

    private enum Phase {
        RUNNING,
        STOPPING,
        SHUTDOWN,
        ENDED
    }

    final World world;
    final String path;
    final ModelAttempt around;
    private final int depth;
    private final Flow flow;
    private final List<ModelLimit> limits;
    private final List<ModelJob> jobs = new ArrayList<>();
    private final Line line;
    private final ModelShutdown shutdown;
    private final long beganAt;
    private final List<String> stragglers = new ArrayList<>();

    private Phase phase = Phase.RUNNING;
    private boolean paused; // of the outermost run only: it holds for all inside
    private World.Due timeout;
    private World.Due grace;
    private String state;
    private String why;
    private String because;
    private String failure = "";
    private String failurePath = "";
    private long endedAt;

    private boolean hasJustStarted; // whether jobs have been started since it began to act
    private News news = new News();
    private final List<ModelJob> untold = new ArrayList<>(); // ended, and their successors have not been told

    /** What has happened since the run last acted. */
    private static final class News {
        final List<ModelAttempt> completed = new ArrayList<>();
        final List<Runnable> cleanedUp = new ArrayList<>();
        final List<ModelAttempt> timedOut = new ArrayList<>();
        boolean runTimedOut;
        Optional<String> cancel = Optional.empty();
        boolean begin;
        final List<What> told = new ArrayList<>();
        boolean lookAgain;
        final List<ModelJob> retries = new ArrayList<>();
        final TreeSet<ModelJob> called = new TreeSet<>(Comparator.comparingInt(job -> job.number));
        final List<Runnable> deadlines = new ArrayList<>();
        boolean any;
    }

    ModelRun(World world, Flow flow, List<ModelLimit> limits) {
        this(world, flow, limits, null, "");
    }

    private ModelRun(World world, Flow flow, List<ModelLimit> limits, ModelAttempt around, String path) {
        this.world = world;
        this.flow = flow;
        this.limits = limits;
        this.around = around;
        this.path = path;
        this.depth = around == null ? 0 : around.job.run.depth + 1;
        this.beganAt = world.now();
        for (var task : flow.tasks()) {
            jobs.add(new ModelJob(this, task, jobs.size()));
        }
        this.line = new Line(flow.window(), limits, jobs);
        this.shutdown = new ModelShutdown(this, flow);
        world.add(this);
    }

    /** Makes and begins a run inside a job of this one. */
    ModelRun inside(ModelJob job, Flow nested, String nestedPath, ModelAttempt attempt) {
        var run = new ModelRun(world, nested, limits, attempt, nestedPath);
        job.inside.add(run);
        run.begin();
        return run;
    }

    // ------------------------------------------------------------------------------------------ what it is told

    private News news() {
        news.any = true;
        return news;
    }

    boolean hasNews() {
        return news.any;
    }

    boolean hasEnded() {
        return phase == Phase.ENDED;
    }

    void begin() {
        news().begin = true;
    }

    void completed(ModelAttempt attempt) {
        news().completed.add(attempt);
    }

    void called(ModelJob job) {
        news().called.add(job);
    }

    void cancel(String reason) {
        if (news().cancel.isEmpty()) {
            news.cancel = Optional.of(reason);
        }
    }

    void told(What what) {
        if (what == What.CANCEL) {
            cancel("enough");
        } else {
            news().told.add(what);
        }
    }

    void cleanedUp(Runnable what) {
        news().cleanedUp.add(what);
    }

    /** Has something happen to this run after a delay, when all else of that moment has been acted on. */
    World.Due deadline(int delay, Runnable what) {
        return world.in(delay, () -> news().deadlines.add(what));
    }

    // ---------------------------------------------------------------------------------------------- how it acts

    /** Acts on the news. The order here is the rule of ties. */
    void act() {
        News now = news;
        news = new News();
        hasJustStarted = false;
        now.completed.sort(Comparator.comparing((ModelAttempt one) -> !one.isCriticalFailure())
                .thenComparingInt(one -> one.job.number));
        now.completed.forEach(this::conclude);
        now.cleanedUp.forEach(Runnable::run);
        if (now.begin) {
            begun();
        }
        tellSuccessors();
        now.timedOut.sort(Comparator.comparingInt(one -> one.job.number));
        now.timedOut.forEach(this::attemptTimedOut);
        if (now.runTimedOut) {
            stop("timed-out", "timed out after " + flow.times().timeout() + "ms", "run timed out");
        }
        now.cancel.ifPresent(reason -> stop("cancelled", "cancelled: " + reason, reason));
        now.told.forEach(this::pauseOrResume);
        if (now.lookAgain) {
            wakeInner();
        }
        now.retries.sort(Comparator.comparingInt(job -> job.number));
        now.retries.forEach(this::retryNow);
        now.called.forEach(line::calledBack);
        now.deadlines.forEach(Runnable::run);
        do {
            tellSuccessors();
            launch();
        } while (!untold.isEmpty());
        if (phase == Phase.STOPPING && live().findAny().isEmpty()) {
            phase = Phase.SHUTDOWN;
            callOff(grace);
            shutdown.begin(jobs);
        }
    }

    private void begun() {
        if (flow.times().timeout() > 0) {
            timeout = world.in(flow.times().timeout(), () -> news().runTimedOut = true);
        }
        jobs.stream().filter(job -> job.task.needs().isEmpty()).forEach(this::becomeReady);
    }

    private void becomeReady(ModelJob job) {
        job.readyAt = Optional.of(world.now());
        job.ready = true;
    }

    /** Frees or skips those who waited for what has ended, in the order of these ends; then looks whether all is done. */
    private void tellSuccessors() {
        while (!untold.isEmpty()) {
            ModelJob ended = untold.removeFirst();
            for (ModelJob next : jobs) {
                for (Need need : next.task.needs()) {
                    if (jobs.get(need.task()) == ended && phase == Phase.RUNNING && !next.hasEnded()) {
                        tell(next, need, ended);
                    }
                }
            }
        }
        boolean onlyForever = hasOnlyForeverJobs();
        if (phase == Phase.RUNNING
                && jobs.stream().filter(job -> onlyForever || !job.isForever()).allMatch(ModelJob::hasEnded)) {
            stop("succeeded", "all jobs have ended", "run finished");
        }
    }

    boolean hasOnlyForeverJobs() {
        return jobs.stream().allMatch(ModelJob::isForever);
    }

    private void tell(ModelJob next, Need need, ModelJob ended) {
        if (!ended.outcome.fulfils(need)) {
            end(next, new Outcome.Skipped(ended.sentence()));
        } else if (next.task.needs().stream()
                .map(one -> jobs.get(one.task()))
                .allMatch(one -> one.hasEnded() && !untold.contains(one))) {
            becomeReady(next);
        }
    }

    private void launch() {
        List<ModelJob> fresh = jobs.stream().filter(job -> job.ready).toList();
        fresh.forEach(job -> job.ready = false);
        if (phase != Phase.RUNNING) {
            return;
        }
        line.addLast(fresh);
        line.putBackCalled(/* all= */ !mayLaunch());
        while (mayLaunch()) {
            Optional<ModelJob> next = line.next();
            if (next.isEmpty()) {
                return;
            }
            ModelJob job = next.get();
            Optional<ModelLimit> full = line.takeLimits(job);
            if (full.isEmpty()) {
                start(job);
            } else if (ModelLimit.isStalled(job, limits)) {
                finish(job, new Outcome.Failed("stalled"));
            }
        }
    }

    private boolean mayLaunch() {
        return phase == Phase.RUNNING && !outermost().paused;
    }

    private ModelRun outermost() {
        return around == null ? this : around.job.run.outermost();
    }

    private void start(ModelJob job) {
        job.attempts++;
        if (job.startedAt.isEmpty()) {
            job.startedAt = Optional.of(world.now());
        }
        var attempt = new ModelAttempt(job, job.attempts);
        job.live = attempt;
        int limit = job.task.options().timeout();
        if (limit > 0) {
            attempt.timeout = world.in(limit, () -> news().timedOut.add(attempt));
        }
        attempt.begin();
        hasJustStarted = true;
    }

    // ------------------------------------------------------------------------------------------------- endings

    private Stream<ModelAttempt> live() {
        return jobs.stream().filter(job -> job.live != null).map(job -> job.live);
    }

    private void over(ModelAttempt attempt) {
        callOff(attempt.timeout);
        attempt.job.live = null;
        line.leave(attempt.job);
    }

    private void conclude(ModelAttempt attempt) {
        if (attempt.abandoned) {
            return;
        }
        ModelJob job = attempt.job;
        over(attempt);
        job.lastEnding = attempt.outcome();
        if (!attempt.retries()) {
            finish(job, attempt.outcome());
        } else if (phase != Phase.RUNNING) {
            end(job, new Outcome.Cancelled(because, attempt.outcome().failure().orElse(""), ""));
        } else if (attempt.retryDelay() > 0) {
            job.retry = world.in(attempt.retryDelay(), () -> news().retries.add(job));
        } else {
            job.ready = true;
        }
    }

    private void retryNow(ModelJob job) {
        if (!job.hasEnded()) {
            job.ready = true;
        }
    }

    private void finish(ModelJob job, Outcome outcome) {
        end(job, outcome);
        if (outcome.isFailure() && job.isCritical()) {
            String cause = outcome instanceof Outcome.TimedOut one
                    ? job.task.label() + " took longer than " + one.timeout() + "ms"
                    : outcome.failure().orElseThrow();
            String detail = outcome instanceof Outcome.TimedOut one ? " after " + one.timeout() + "ms" : ": " + cause;
            ModelRun within = job.inside.isEmpty() ? null : job.inside.getLast();
            boolean fromWithin = within != null && within.failure.equals(cause);
            if (phase == Phase.RUNNING) {
                failure = cause;
                failurePath = fromWithin ? within.failurePath : job.path;
            }
            stop("failed", "critical job " + job.sentence() + detail, job.sentence());
        }
    }

    private void end(ModelJob job, Outcome outcome) {
        line.leave(job);
        job.outcome = outcome;
        if (job.attempts > 0) {
            job.endedAt = Optional.of(world.now());
        }
        if (phase == Phase.RUNNING) {
            untold.add(job);
        }
    }

    private void attemptTimedOut(ModelAttempt attempt) {
        int limit = attempt.job.task.options().timeout();
        if (attempt.job.live == attempt && attempt.stop(new Outcome.TimedOut(limit, ""))) {
            watch(attempt);
        }
    }

    private void watch(ModelAttempt attempt) {
        attempt.timeout = deadline(flow.times().grace(), () -> {
            if (attempt.job.live == attempt && !giveUp(attempt)) {
                watch(attempt);
            }
        });
    }

    private boolean giveUp(ModelAttempt attempt) {
        if (!attempt.mayBeAbandoned()) {
            return false;
        }
        attempt.abandoned = true;
        stragglers.add(attempt.job.path);
        over(attempt);
        finish(attempt.job, attempt.stragglerOutcome());
        return true;
    }

    private void stop(String verdict, String reason, String word) {
        if (phase != Phase.RUNNING) {
            return;
        }
        phase = Phase.STOPPING;
        world.isCertain &= !hasJustStarted;
        state = verdict;
        why = reason;
        because = word;
        callOff(timeout);
        for (ModelJob job : jobs) {
            if (job.live != null) {
                job.live.stop(new Outcome.Cancelled(because, "", ""));
            } else if (!job.hasEnded()) {
                callOff(job.retry);
                end(
                        job,
                        job.attempts == 0
                                ? new Outcome.NotRun(because)
                                : new Outcome.Cancelled(
                                        because, job.lastEnding.failure().orElse(""), ""));
            }
        }
        if (live().findAny().isPresent()) {
            watchAll();
        }
    }

    private void watchAll() {
        grace = deadline(flow.times().grace(), () -> {
            live().toList().forEach(this::giveUp);
            if (live().findAny().isPresent()) {
                watchAll();
            }
        });
    }

    private void pauseOrResume(What what) {
        if (what == What.PAUSE && phase == Phase.RUNNING) {
            paused = true;
        } else if (what == What.RESUME && paused) {
            paused = false;
            wakeInner();
        }
    }

    private void wakeInner() {
        live().forEach(attempt -> attempt.inner().ifPresent(inner -> inner.news().lookAgain = true));
    }

    void shutdownEnded() {
        phase = Phase.ENDED;
        endedAt = world.now();
        if (around != null) {
            around.innerEnded();
        }
    }

    private static void callOff(World.Due due) {
        if (due != null) {
            due.callOff();
        }
    }

    // ------------------------------------------------------------------------------------------ what came of it

    /** As the outcome of the job that it is. */
    Outcome asOutcome() {
        return switch (state) {
            case "succeeded" -> new Outcome.Succeeded("report");
            case "timed-out" -> new Outcome.TimedOut(flow.times().timeout(), "");
            default -> new Outcome.Failed(failure);
        };
    }

    /** What there is to say of it although it was told to stop. */
    String lateFailure() {
        return state.equals("failed") ? failure : "";
    }

    void note(Trail trail, int index) {
        stragglers.addAll(shutdown.stragglers());
        trail.run(
                path,
                index,
                new Trail.RunEnd(state, why, endedAt - beganAt, failure.isEmpty() ? "" : failurePath + " " + failure),
                new Trail.Notes(shutdown.problems(), stragglers));
        jobs.forEach(job -> job.note(trail, index));
    }
}
