package io.orrery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Job;
import io.orrery.job.JobContext;
import io.orrery.job.JobOutcome;
import io.orrery.job.JobOutcome.Late;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import io.orrery.time.Signal;
import io.orrery.workflow.Workflow;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

@Spec({"A-068", "GB-11"})
class GraceTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualTime time = ManualTime.skipping();
    private final RunOptions options = RunOptions.defaults().time(time);

    private static void swallowingSleep(JobContext context, Duration duration) {
        try {
            context.sleep(duration);
        } catch (InterruptedException e) {
            // goes on all the same
        }
    }

    private static Workflow oneSecond() {
        return Workflow.named("flow").timeout(SECOND).cancelGrace(SECOND.multipliedBy(5));
    }

    @Test
    void a_value_that_comes_after_the_cancellation_is_kept_as_a_note_and_no_more() {
        var flow = oneSecond();
        var late = flow.job("late", context -> {
            swallowingSleep(context, HOUR);
            context.sleep(SECOND.multipliedBy(2));
            return "all the same";
        });

        RunReport report = flow.run(options);

        assertThat(report.outcome(late))
                .contains(new JobOutcome.Cancelled("run timed out", null, new Late.Value("all the same")));
        assertThat(report.state()).isEqualTo(RunState.TIMED_OUT);
        assertThat(report.elapsed()).isEqualTo(SECOND.multipliedBy(3));
        assertThat(report.warnings()).containsExactly("job late returned after it had been told to stop: all the same");
    }

    @Test
    @Spec({"A-072", "GB-35"})
    void an_exception_that_comes_after_the_cancellation_is_reported_and_changes_no_verdict() {
        var failure = new IllegalStateException("while cleaning up");
        var flow = Workflow.named("flow");
        flow.action("work", context -> context.sleep(SECOND));
        var forever = flow.forever("forever", context -> {
            swallowingSleep(context, HOUR);
            throw failure;
        });

        RunReport report = flow.run(options);

        assertThat(report.succeeded()).isTrue();
        assertThat(report.outcome(forever))
                .contains(new JobOutcome.Cancelled("run finished", null, new Late.Failure(failure)));
        assertThat(report.warnings())
                .singleElement()
                .asString()
                .startsWith("job forever threw after it had been told to stop:")
                .contains("while cleaning up");
    }

    @Test
    void answers_to_the_interrupt_are_no_late_failures_wrapped_ones_included() {
        record Answer(Exception thrown) {}
        for (var answer : new Answer[] {
            new Answer(new InterruptedException()),
            new Answer(new CancellationException()),
            new Answer(new InterruptedIOException()),
            new Answer(new ClosedByInterruptException()),
            new Answer(new IllegalStateException("wrapped", new RuntimeException(new InterruptedException())))
        }) {
            var flow = oneSecond();
            var job = flow.action("job", context -> {
                swallowingSleep(context, HOUR);
                throw answer.thrown();
            });

            assertThat(flow.run(options).outcome(job)).contains(new JobOutcome.Cancelled("run timed out", null, null));
        }
    }

    @Test
    void a_late_exception_whose_causes_go_in_a_circle_is_a_late_failure_like_any_other() {
        var one = new IllegalStateException("one");
        var two = new IllegalStateException("two", one);
        one.initCause(two);
        var flow = oneSecond();
        var job = flow.action("job", context -> {
            swallowingSleep(context, HOUR);
            throw one;
        });

        assertThat(flow.run(options).outcome(job))
                .contains(new JobOutcome.Cancelled("run timed out", null, new Late.Failure(one)));
    }

    @Test
    void a_job_that_does_not_stop_is_given_up_after_the_grace_period_and_named() throws InterruptedException {
        Signal released = time.signal();
        var flow = oneSecond();
        var deaf = flow.job("deaf", () -> {
            released.awaitUninterruptibly();
            return "much later";
        });
        var polite = flow.action("polite", context -> context.sleep(HOUR));

        RunReport report = flow.run(options);

        assertThat(report.elapsed()).isEqualTo(SECOND.multipliedBy(6));
        assertThat(report.outcome(deaf))
                .contains(new JobOutcome.Cancelled("run timed out", null, new Late.Straggler()));
        assertThat(report.job(polite).end()).contains(SECOND);
        assertThat(report.summary().notes().stragglers()).containsExactly("deaf");
        assertThat(report.warnings()).containsExactly("deaf had not stopped when the grace period was over");
        time.awaitIdle();
        assertThat(time.threads()).extracting(Thread::getName).containsExactly("deaf");
        released.set();
        assertThat(report.outcome(deaf).orElseThrow().failure()).isEmpty();
    }

    @Test
    void what_a_straggler_does_in_the_end_changes_nothing() throws InterruptedException {
        Signal released = time.signal();
        var flow = oneSecond();
        var deaf = flow.job("deaf", () -> {
            released.awaitUninterruptibly();
            throw new OutOfMemoryError("much later");
        });
        Run run = flow.start(options);
        RunReport report = run.await();

        released.set();
        time.awaitIdle();

        assertThat(time.threads()).isEmpty();
        assertThat(run.await()).isSameAs(report);
        assertThat(report.outcome(deaf))
                .contains(new JobOutcome.Cancelled("run timed out", null, new Late.Straggler()));
    }

    @Test
    void a_nested_run_has_a_grace_period_of_its_own_and_names_its_stragglers_by_path() {
        Signal released = time.signal();
        var inner = Workflow.named("inner").cancelGrace(SECOND.multipliedBy(3));
        var deaf = inner.action("deaf", () -> released.awaitUninterruptibly());
        var outer = oneSecond().cancelGrace(SECOND);
        var nested = outer.add(inner);

        RunReport report = outer.run(options);

        assertThat(report.elapsed()).isEqualTo(SECOND.multipliedBy(4));
        assertThat(report.outcome(nested)).contains(new JobOutcome.Cancelled("run timed out", null, null));
        assertThat(report.outcome(deaf))
                .contains(new JobOutcome.Cancelled("run timed out", null, new Late.Straggler()));
        assertThat(report.warnings()).containsExactly("inner/deaf had not stopped when the grace period was over");
        released.set();
    }

    @Test
    @Spec("GB-29")
    void a_job_that_does_not_stop_at_its_own_timeout_is_given_up_and_the_run_goes_on() {
        Signal released = time.signal();
        var flow = Workflow.named("flow").window(1).cancelGrace(SECOND.multipliedBy(5));
        var deaf = flow.action("deaf", () -> released.awaitUninterruptibly())
                .timeout(SECOND)
                .critical(false);
        var next = flow.action("next", () -> {}).requires(deaf);

        RunReport report = flow.run(options);

        assertThat(report.succeeded()).isTrue();
        assertThat(report.outcome(deaf)).contains(new JobOutcome.TimedOut(SECOND, new Late.Straggler()));
        assertThat(report.job(next).start()).contains(SECOND.multipliedBy(6)); // and it has the slot
        assertThat(report.warnings()).contains("deaf had not stopped when the grace period was over");
        released.set();
    }

    @Test
    void a_straggler_is_not_tried_again_since_its_thread_is_still_there() {
        Signal released = time.signal();
        var flow = Workflow.named("flow").cancelGrace(SECOND);
        var deaf = flow.action("deaf", () -> released.awaitUninterruptibly())
                .timeout(SECOND)
                .retries(3);

        RunReport report = flow.run(options);

        assertThat(report.job(deaf).attempts()).isEqualTo(1);
        assertThat(report.state()).isEqualTo(RunState.FAILED);
        released.set();
    }

    @Test
    void a_value_that_comes_after_the_timeout_of_its_job_does_not_undo_it() {
        var flow = Workflow.named("flow");
        var late = flow.job("late", context -> {
                    swallowingSleep(context, HOUR);
                    return "late";
                })
                .timeout(SECOND);

        RunReport report = flow.run(options);

        assertThat(report.outcome(late)).contains(new JobOutcome.TimedOut(SECOND, new Late.Value("late")));
        assertThat(report.state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void the_end_of_the_run_finds_a_job_that_is_past_its_timeout_and_leaves_it_timed_out() {
        Signal released = time.signal();
        var flow = Workflow.named("flow").timeout(SECOND.multipliedBy(2)).cancelGrace(SECOND.multipliedBy(5));
        var deaf = flow.action("deaf", () -> released.awaitUninterruptibly())
                .timeout(SECOND)
                .critical(false);

        RunReport report = flow.run(options);

        assertThat(report.state()).isEqualTo(RunState.TIMED_OUT);
        assertThat(report.elapsed()).isEqualTo(SECOND.multipliedBy(6));
        assertThat(report.outcome(deaf)).contains(new JobOutcome.TimedOut(SECOND, new Late.Straggler()));
        assertThat(report.summary().notes().stragglers()).containsExactly("deaf");
        released.set();
    }

    @Test
    @Spec({"A-063", "GB-15"})
    void an_interrupted_exception_or_cancellation_of_a_job_s_own_is_a_failure_like_any_other() {
        for (Exception own : new Exception[] {new InterruptedException("own"), new CancellationException("own")}) {
            var flow = Workflow.named("flow");
            var quits = flow.action("quits", () -> {
                        throw own;
                    })
                    .critical(false);
            var next = flow.action("next", () -> {}).requires(quits);

            RunReport report = flow.run(options).orThrow();

            assertThat(report.outcome(quits)).contains(new JobOutcome.Failed(own));
            assertThat(report.outcome(next)).contains(new JobOutcome.Succeeded(null));
        }
    }

    @Test
    @Spec("GB-15")
    void a_job_that_interrupts_itself_and_is_critical_fails_the_run() {
        var flow = Workflow.named("flow");
        var own = flow.action("own", context -> {
            Thread.currentThread().interrupt();
            context.sleep(SECOND);
        });

        RunReport report = flow.run(options);

        assertThat(report.state()).isEqualTo(RunState.FAILED);
        assertThat(report.outcome(own).orElseThrow().failure()).get().isInstanceOf(InterruptedException.class);
    }

    @Test
    void an_interrupt_that_a_job_leaves_behind_reaches_nobody_else() {
        var flow = Workflow.named("flow");
        Job<?> messy = flow.action("messy", () -> Thread.currentThread().interrupt());
        var seen = new ArrayList<Boolean>();
        flow.action("next", () -> seen.add(Thread.currentThread().isInterrupted()))
                .requires(messy);

        flow.run().orThrow();

        assertThat(seen).containsExactly(false);
    }
}
