package io.orrery.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.JobBody;
import io.orrery.job.JobContext;
import io.orrery.job.JobOutcome;
import io.orrery.job.RetryPolicy;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever users' code throws, and from wherever: the run ends, and the rest of it is not harmed. */
@Spec({"GB-14", "GB-16"})
class HostileBodiesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTime time = ManualTime.skipping();
    private final RunOptions options = RunOptions.defaults().time(time);
    private final Workflow flow = Workflow.named("flow");

    /** Throws whatever is asked of it. */
    private static final class Treacherous extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new AssertionError("no message");
        }

        @Override
        public synchronized @Nullable Throwable getCause() {
            throw new AssertionError("no cause");
        }
    }

    @Test
    void a_retry_condition_that_throws_an_error_means_no_retry() {
        RetryPolicy hostile = RetryPolicy.retries(3).on(ending -> {
            throw new AssertionError("hostile");
        });
        var one = flow.job("one", context -> fail(context)).retry(hostile).critical(false);
        var two = flow.job("two", context -> fail(context)).retry(hostile).critical(false);

        RunReport run = flow.run(options).orThrow();

        assertThat(run.job(one).attempts()).isEqualTo(1);
        assertThat(run.outcome(two).flatMap(JobOutcome::failure).orElseThrow().getSuppressed())
                .singleElement()
                .isInstanceOf(AssertionError.class);
    }

    private static Object fail(JobContext context) throws InterruptedException {
        context.sleep(SECOND);
        throw new IllegalStateException("on purpose");
    }

    @Test
    void a_retry_condition_is_asked_in_the_thread_of_the_job_and_may_take_a_snapshot() {
        var handle = new AtomicReference<Run>();
        var seen = new AtomicReference<RunState>();
        var started = new CountDownLatch(1);
        flow.job("flaky", () -> {
                    started.await();
                    throw new IllegalStateException("on purpose");
                })
                .critical(false)
                .retry(RetryPolicy.retries(1).on(ending -> {
                    seen.set(handle.get().snapshot().state());
                    return false;
                }));

        try (Run run = flow.start()) {
            handle.set(run);
            started.countDown();
            run.awaitUninterruptibly();
        }

        assertThat(seen).hasValue(RunState.RUNNING);
    }

    @Test
    void an_exception_that_throws_when_it_is_asked_is_a_failure_like_any_other() {
        var bad = flow.job("bad", () -> {
            throw new Treacherous();
        });
        var sleeper = flow.job("sleeper", context -> {
            try {
                context.sleep(Duration.ofHours(1));
            } catch (InterruptedException e) {
                throw new Treacherous();
            }
            return null;
        });

        RunReport run = flow.run(options);

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.outcome(bad)).containsInstanceOf(JobOutcome.Failed.class);
        assertThat(run.outcome(sleeper)).isPresent();
    }

    @Test
    void an_exception_that_throws_when_it_is_asked_harms_no_recording() {
        try (var recording = new Recording()) {
            recording.enable("io.orrery.Job");
            recording.start();
            flow.job("bad", () -> {
                        throw new Treacherous();
                    })
                    .critical(false);

            assertThat(flow.run().succeeded()).isTrue();
        }
    }

    /** A body with a public method whose signature does not link. */
    public static final class Unlinkable implements JobBody<String> {
        @Override
        public String run(JobContext context) {
            return "fine";
        }

        @Override
        public void shutdown() {
            throw new NoClassDefFoundError("optional/Library");
        }
    }

    @Test
    void a_shutdown_that_does_not_link_is_reported() {
        flow.job("job", new Unlinkable());

        RunReport run = flow.run(options).orThrow();

        assertThat(run.summary().notes().shutdown())
                .singleElement()
                .satisfies(problem -> assertThat(problem.failure()).containsInstanceOf(NoClassDefFoundError.class));
    }

    @Test
    void a_run_that_a_thread_of_the_body_began_ends_with_the_body() throws InterruptedException {
        var began = new CountDownLatch(1);
        var inner = Workflow.named("inner");
        inner.action("wait", context -> {
            began.countDown();
            context.sleep(Duration.ofHours(1));
        });
        var helper = new AtomicReference<Thread>();
        var job = flow.action("job", context -> {
            helper.set(Thread.ofVirtual().name("helper").start(() -> runQuietly(context, inner)));
            began.await();
        });

        RunReport run = flow.run();
        helper.get().join();

        assertThat(run.succeeded()).isTrue();
        assertThat(run.job(job).spontaneousRuns())
                .singleElement()
                .satisfies(one -> assertThat(one.state()).isEqualTo(RunState.CANCELLED));
    }

    private static void runQuietly(JobContext context, Workflow inner) {
        try {
            context.run(inner);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_context_that_was_kept_runs_nothing_when_its_job_has_ended() {
        var kept = new AtomicReference<JobContext>();
        flow.action("job", context -> kept.set(context));

        flow.run(options).orThrow();

        assertThatThrownBy(() -> kept.get().run(Workflow.named("late")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("\"job\" has returned");
    }

    @Test
    void a_fatal_error_is_told_of_the_job_that_threw_it() {
        var in = Workflow.named("in");
        in.action("boom", context -> {
            context.sleep(SECOND);
            throw new OutOfMemoryError("boom");
        });
        in.action("slow to stop", context -> {
            try {
                context.sleep(Duration.ofHours(1));
            } catch (InterruptedException e) {
                context.sleep(SECOND.multipliedBy(3));
            }
        });
        flow.add(in);
        flow.action("innocent", context -> context.sleep(SECOND.multipliedBy(2)));
        Run run = flow.start(options);

        assertThatThrownBy(run::await).isInstanceOf(OutOfMemoryError.class);

        assertThat(run.snapshot().why()).isEqualTo("job in/boom failed: boom");
    }
}
