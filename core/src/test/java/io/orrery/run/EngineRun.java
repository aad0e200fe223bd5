package io.orrery.run;

import io.orrery.job.Condition;
import io.orrery.job.Job;
import io.orrery.job.JobBody;
import io.orrery.job.JobContext;
import io.orrery.job.Limit;
import io.orrery.job.Requirement;
import io.orrery.job.RetryPolicy;
import io.orrery.job.Threads;
import io.orrery.model.Case;
import io.orrery.model.Case.Attempt;
import io.orrery.model.Case.Body;
import io.orrery.model.Case.Flow;
import io.orrery.model.Case.How;
import io.orrery.model.Case.Need;
import io.orrery.model.Case.Outside;
import io.orrery.model.Case.Task;
import io.orrery.model.Trail;
import io.orrery.outcome.JobReport;
import io.orrery.outcome.RunReport;
import io.orrery.time.ManualTime;
import io.orrery.time.TimeSource;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs a case with the engine, on manual time, and writes down what became of it. */
final class EngineRun {
    private final Case source;
    private final TimeSource time;
    private final Threads threads;
    private final Trail trail = new Trail();
    private final List<Limit> limits = new ArrayList<>();

    private EngineRun(Case source, TimeSource time, Threads threads) {
        this.source = source;
        this.time = time;
        this.threads = threads;
        for (int slots : source.limits()) {
            limits.add(Limit.named("limit" + limits.size(), slots));
        }
    }

    /** The trail that a run of the case leaves. */
    static List<String> trailOf(Case source, Threads threads) throws InterruptedException {
        var time = ManualTime.skipping();
        return new EngineRun(source, time, threads).run(time);
    }

    /** The trail of a run in real time, from whose jobs everything is left out that takes time; half of them are heard. */
    static List<String> trailInRealTime(Case source, Threads threads) throws InterruptedException {
        var one = new EngineRun(source, TimeSource.system(), threads);
        var options = RunOptions.defaults();
        if (ThreadLocalRandom.current().nextBoolean()) {
            options = options.listener(event -> giveWay());
        }
        try (var run = one.workflow(source.root()).start(options)) {
            RunReport report = run.await(Duration.ofSeconds(20)).orElse(null);
            if (report == null) {
                return List.of("the run does not end: " + run.snapshot().list());
            }
            List<String> disorder = report.jobs().stream()
                    .filter(job -> !isInOrder(job))
                    .map(job -> job + " was ready at " + job.ready() + " began " + job.start() + " ended " + job.end())
                    .toList();
            return disorder.isEmpty() ? one.trailOf(report) : disorder;
        }
    }

    private static boolean isInOrder(JobReport job) {
        List<Duration> times = Stream.of(job.ready(), job.start(), job.end())
                .flatMap(Optional::stream)
                .toList();
        return times.equals(times.stream().sorted().toList());
    }

    private List<String> run(ManualTime time) throws InterruptedException {
        var workflow = workflow(source.root());
        var running = new AtomicReference<Run>();
        time.start(Thread.ofVirtual().name("caller"), () -> {
            var run = Run.start(workflow.plan(), RunOptions.defaults().time(time));
            running.set(run);
            for (Outside one : source.outside()) {
                time.alarm(Duration.ofMillis(one.at()), () -> tell(run, one));
            }
            run.awaitUninterruptibly();
        });
        time.awaitIdle();
        Run run = running.get();
        if (run.await(Duration.ZERO).isEmpty()) {
            String where = run.snapshot().list();
            run.cancel("it does not end");
            time.awaitIdle();
            return List.of("the run does not end: " + where);
        }
        return trailOf(run.snapshot());
    }

    private List<String> trailOf(RunReport report) {
        new ReportTrail(trail).write(report);
        for (Limit limit : limits) {
            if (!limit.holders().isEmpty()) {
                return List.of(limit + " is still held by " + limit.holders());
            }
        }
        return trail.lines();
    }

    private static void tell(Run run, Outside one) {
        switch (one.what()) {
            case PAUSE -> run.pause();
            case RESUME -> run.resume();
            case CANCEL -> run.cancel("enough");
        }
    }

    private Workflow workflow(Flow flow) {
        var workflow = Workflow.named(flow.name())
                .window(flow.window())
                .threads(threads)
                .shutdownTimeout(Duration.ofMillis(flow.times().shutdownTimeout()))
                .cancelGrace(Duration.ofMillis(flow.times().grace()));
        if (flow.times().timeout() > 0) {
            workflow.timeout(Duration.ofMillis(flow.times().timeout()));
        }
        var jobs = new ArrayList<Job<?>>();
        for (Task task : flow.tasks()) {
            jobs.add(options(job(workflow, task), task));
        }
        for (int i = 0; i < jobs.size(); i++) {
            for (Need need : flow.tasks().get(i).needs()) {
                jobs.get(i).requires(requirement(jobs.get(need.task()), need));
            }
        }
        return workflow;
    }

    private Job<?> job(Workflow workflow, Task task) {
        return switch (task.work()) {
            case Flow nested -> workflow.add(workflow(nested));
            case Body body when body.cleanup().isPresent() -> workflow.job(task.label(), new TidyBody(body));
            case Body body -> workflow.job(task.label(), ctx -> execute(body, ctx));
        };
    }

    private Job<?> options(Job<?> job, Task task) {
        var options = task.options();
        var retry = options.retry();
        job.critical(options.critical()).forever(options.forever());
        if (options.timeout() > 0) {
            job.timeout(Duration.ofMillis(options.timeout()));
        }
        if (retry.retries() > 0) {
            var policy = RetryPolicy.retries(retry.retries()).backoff(retry.factor());
            policy = retry.delay() > 0 ? policy.delay(Duration.ofMillis(retry.delay())) : policy;
            job.retry(retry.cap() > 0 ? policy.maxDelay(Duration.ofMillis(retry.cap())) : policy);
        }
        return job.limit(options.limits().stream().map(limits::get).toArray(Limit[]::new));
    }

    private static Requirement requirement(Job<?> job, Need need) {
        return switch (need.ending()) {
            case FINISHED -> job;
            case SUCCEEDED -> Condition.succeeded(job);
            case FAILED -> Condition.failed(job);
        };
    }

    private @Nullable Object execute(Body body, JobContext ctx) throws Exception {
        Attempt attempt =
                body.attempts().get(Math.min(ctx.attempt(), body.attempts().size()) - 1);
        String name = ctx.path() + "#" + ctx.attempt();
        long from = millis();
        giveWay();
        try {
            How how = attempt.end();
            try {
                if (attempt.inner().isPresent()) {
                    ctx.run(workflow(attempt.inner().get()));
                }
                sleep(ctx, attempt.length());
            } catch (InterruptedException e) {
                sleep(ctx, attempt.lag());
                how = attempt.answer();
            }
            return end(how, name);
        } finally {
            trail.executed(name, from, millis());
            giveWay();
        }
    }

    /** Lets other threads pass now and then, which makes a difference in real time only. */
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: it only mixes the order of things
    private static void giveWay() {
        for (int times = ThreadLocalRandom.current().nextInt(4); times > 0; times--) {
            Thread.yield();
        }
    }

    private long millis() {
        return TimeUnit.NANOSECONDS.toMillis(time.nanos());
    }

    private static void sleep(JobContext ctx, int millis) throws InterruptedException {
        if (millis > 0) {
            ctx.sleep(Duration.ofMillis(millis));
        }
    }

    private static @Nullable Object end(How how, String name) throws Exception {
        String failure = "failure " + name;
        return switch (how) {
            case RETURN -> "value " + name;
            case RETURN_NULL -> null;
            case THROW -> throw new Exception(failure);
            case THROW_ERROR -> throw new StackOverflowError(failure);
            case THROW_INTERRUPTED -> throw new InterruptedException(failure);
            case THROW_CANCELLATION -> throw new CancellationException(failure);
        };
    }

    /** A body that cleans up. */
    private final class TidyBody implements JobBody<@Nullable Object> {
        private final Body body;

        TidyBody(Body body) {
            this.body = body;
        }

        @Override
        public @Nullable Object run(JobContext context) throws Exception {
            return execute(body, context);
        }

        @Override
        public void shutdown(JobContext context) throws Exception {
            var cleanup = body.cleanup().orElseThrow();
            long from = millis();
            try {
                sleep(context, cleanup.length());
                if (cleanup.fails()) {
                    throw new IllegalStateException("failed");
                }
            } catch (InterruptedException e) {
                sleep(context, cleanup.lag());
            } finally {
                trail.executed("shutdown of " + context.path(), from, millis());
            }
        }
    }
}
