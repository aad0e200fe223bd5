package io.orrery.run;

import io.orrery.job.ContextAction;
import io.orrery.job.Job;
import io.orrery.job.JobBody;
import io.orrery.job.JobContext;
import io.orrery.job.JobOutcome;
import io.orrery.outcome.RunEvent;
import io.orrery.outcome.RunReport;
import io.orrery.time.ManualTime;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Manual time for one test, and a trail of what happened on it: one line an event or note, each beginning with the
 * millisecond. All runs on one stage write one trail.
 */
final class Stage {
    final ManualTime time = ManualTime.skipping();
    private final List<String> trail = Collections.synchronizedList(new ArrayList<>());

    static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    // ------------------------------------------------------------------------------------------------ what jobs do

    /** Takes its time, and stops at once when told to. */
    static ContextAction takes(long millis) {
        return ctx -> ctx.sleep(ms(millis));
    }

    /** Takes its time, then throws. */
    static ContextAction fails(long millis, Throwable failure) {
        return ctx -> {
            ctx.sleep(ms(millis));
            throwIt(failure);
        };
    }

    /** When told to stop, goes on for some time and then does the rest. */
    static <T> JobBody<T> lingers(long lag, JobBody<T> rest) {
        return ctx -> {
            try {
                ctx.sleep(ms(1_000_000));
            } catch (InterruptedException e) {
                ctx.sleep(ms(lag));
            }
            return rest.run(ctx);
        };
    }

    private static void throwIt(Throwable failure) throws Exception {
        switch (failure) {
            case Error error -> throw error;
            case Exception exception -> throw exception;
            default -> throw new AssertionError(failure);
        }
    }

    /** A body that also notes its shutdown. */
    JobBody<@Nullable Void> tidy(ContextAction body, ContextAction shutdown) {
        return new JobBody<>() {
            @Override
            public @Nullable Void run(JobContext context) throws Exception {
                body.run(context);
                return null;
            }

            @Override
            public void shutdown(JobContext context) throws Exception {
                note("shutdown of " + context.path());
                shutdown.run(context);
            }
        };
    }

    JobBody<@Nullable Void> tidy(ContextAction body) {
        return tidy(body, context -> {});
    }

    // --------------------------------------------------------------------------------------------------------- run

    RunOptions options() {
        return RunOptions.defaults().time(time).listener(this::hear);
    }

    RunReport run(Workflow workflow) throws InterruptedException {
        return run(workflow, run -> {});
    }

    /** Runs a workflow; time stands until {@code script} has been read. Returns when nothing is left that could happen. */
    RunReport run(Workflow workflow, Consumer<Run> script) throws InterruptedException {
        return run(workflow, options(), script);
    }

    RunReport run(Workflow workflow, RunOptions options, Consumer<Run> script) throws InterruptedException {
        var report = new AtomicReference<RunReport>();
        play(() -> {
            var run = Run.start(workflow.plan(), options);
            script.accept(run);
            report.set(run.awaitUninterruptibly());
        });
        return report.get();
    }

    /** Does something in a thread for which time waits, and all that follows from it. */
    void play(Runnable action) throws InterruptedException {
        time.start(Thread.ofVirtual().name("stage"), action);
        time.awaitIdle();
    }

    /** Does something at a moment, counted from now. */
    void at(long millis, Runnable action) {
        time.alarm(ms(millis), action);
    }

    // ------------------------------------------------------------------------------------------------- what is heard

    void note(String what) {
        trail.add(time.elapsed().toMillis() + " " + what);
    }

    List<String> trail() {
        synchronized (trail) {
            return List.copyOf(trail);
        }
    }

    /** The lines with one of these words in them. */
    List<String> trail(String... words) {
        return trail().stream()
                .filter(line -> List.of(words).stream().anyMatch(line::contains))
                .toList();
    }

    /** {@code 3 a failed}. */
    static String told(RunReport report, Job<?> job) {
        return job.label() + " " + report.job(job).state().word();
    }

    static JobOutcome outcome(RunReport report, Job<?> job) {
        return report.outcome(job).orElseThrow();
    }

    private void hear(RunEvent event) {
        String run = event.path().isEmpty() ? "run" : "run " + event.path();
        String what = switch (event) {
            case RunEvent.RunStarted one -> run + " begins";
            case RunEvent.JobQueued one -> one.path() + " queued";
            case RunEvent.JobStarted one -> one.path() + " begins" + (one.attempt() > 1 ? " again" : "");
            case RunEvent.JobRetrying one ->
                one.path() + " retries after " + one.delay().toMillis();
            case RunEvent.JobProgressed one ->
                one.path() + " progress " + one.progress().done();
            case RunEvent.JobLogged one -> one.path() + " says " + one.message();
            case RunEvent.JobFinished one ->
                one.path() + " " + one.outcome().state().word();
            case RunEvent.RunPaused one -> run + " paused";
            case RunEvent.RunResumed one -> run + " resumed";
            case RunEvent.RunStopping one -> run + " stops: " + one.why();
            case RunEvent.ShutdownFailed one -> one.problem().toString();
            case RunEvent.RunFinished one ->
                run + " " + one.report().state().state().word();
        };
        trail.add(event.at().toMillis() + " " + what);
    }
}
