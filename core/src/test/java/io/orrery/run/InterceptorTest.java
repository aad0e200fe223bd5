package io.orrery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Action;
import io.orrery.job.Interceptor;
import io.orrery.job.Job;
import io.orrery.job.JobContext;
import io.orrery.job.JobOutcome;
import io.orrery.outcome.RunReport;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import io.orrery.workflow.Workflow;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Code around each attempt, in the job's own thread. */
@Spec({"GB-29", "GB-30"})
class InterceptorTest {

    private static final ScopedValue<String> TENANT = ScopedValue.newInstance();

    /** A diagnostic context as logging libraries have it. */
    private static final ThreadLocal<String> MDC = new ThreadLocal<>();

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private final RunOptions options = RunOptions.defaults().time(ManualTime.skipping());

    private Interceptor noting(String name) {
        return (context, attempt) -> {
            seen.add("> " + name + " " + context.path() + "#" + context.attempt());
            try {
                attempt.proceed();
            } finally {
                seen.add("< " + name);
            }
        };
    }

    @Test
    void they_wrap_each_other_in_the_order_in_which_they_were_added() {
        var flow = Workflow.named("flow");
        flow.action("job", () -> seen.add("body"));

        flow.run(options.around(noting("first")).around(noting("second"))).orThrow();

        assertThat(seen).containsExactly("> first job#1", "> second job#1", "body", "< second", "< first");
    }

    @Test
    void they_are_around_the_bodies_of_nested_and_spontaneous_runs_too_but_not_around_a_nested_workflow() {
        var outer = Workflow.named("outer");
        var inner = Workflow.named("inner");
        var leaf = inner.action("leaf", () -> {});
        inner.action("maker", context -> {
                    var spontaneous = Workflow.named("spontaneous");
                    spontaneous.action("spark", () -> {});
                    context.run(spontaneous);
                })
                .requires(leaf);
        outer.add(inner);

        outer.run(options.around(noting("one"))).orThrow();

        assertThat(seen)
                .containsExactly(
                        "> one inner/leaf#1",
                        "< one",
                        "> one inner/maker#1",
                        "> one inner/maker/spontaneous/spark#1",
                        "< one",
                        "< one");
    }

    @Test
    void each_attempt_gets_a_new_around() {
        var flow = Workflow.named("flow");
        flow.action("flaky", context -> {
                    if (context.attempt() < 3) {
                        throw new IllegalStateException("again");
                    }
                })
                .retries(2);

        flow.run(options.around(noting("one"))).orThrow();

        assertThat(seen).containsExactly("> one flaky#1", "< one", "> one flaky#2", "< one", "> one flaky#3", "< one");
    }

    @Test
    void a_scoped_value_can_be_bound_around_a_body() {
        var flow = Workflow.named("flow");
        var tenant = flow.job("tenant", TENANT::get);

        RunReport report = flow.run(options.around(
                (context, attempt) -> ScopedValue.where(TENANT, "acme").call(attempt::proceed)));

        assertThat(report.orThrow().result(tenant)).isEqualTo("acme");
    }

    @Test
    void a_diagnostic_context_can_be_set_around_a_body_in_its_own_thread() {
        var flow = Workflow.named("flow");
        var mdc = flow.job("mdc", MDC::get);
        var next = flow.job("next", MDC::get).requires(mdc);

        RunReport report = flow.run(options.around((context, attempt) -> {
            assertThat(MDC.get()).isNull();
            MDC.set(context.path());
            attempt.proceed(); // not removed: nobody else has this thread
        }));

        assertThat(report.orThrow().result(mdc)).isEqualTo("mdc");
        assertThat(report.result(next)).isEqualTo("next");
        assertThat(MDC.get()).isNull();
    }

    @Test
    void spans_are_children_of_the_span_that_was_open_where_the_run_was_started() throws Exception {
        record Span(String name, Span parent) {
            String path() {
                return parent == null ? name : parent.path() + ">" + name;
            }
        }
        ScopedValue<Span> current = ScopedValue.newInstance();
        var flow = Workflow.named("flow");
        var span = flow.job("job", () -> current.get().path());
        RunOptions tracing = options.capturing(() -> {
            Span parent = current.get();
            return (context, attempt) ->
                    ScopedValue.where(current, new Span(context.path(), parent)).call(attempt::proceed);
        });

        RunReport report = ScopedValue.where(current, new Span("request", null)).call(() -> flow.run(tracing));

        assertThat(report.orThrow().result(span)).isEqualTo("request>job");
    }

    @Test
    void what_is_open_around_a_job_is_not_open_around_the_jobs_that_it_runs_on_the_fly() {
        ThreadLocal<Deque<String>> spans = ThreadLocal.withInitial(ArrayDeque::new);
        var flow = Workflow.named("flow");
        flow.action("outer", context -> {
            seen.add("outer in " + spans.get());
            var inside = Workflow.named("inside");
            inside.action("inner", () -> seen.add("inner in " + spans.get()));
            context.run(inside);
            seen.add("outer in " + spans.get());
        });

        flow.run(options.around((context, attempt) -> {
                    spans.get().push(context.path());
                    try {
                        attempt.proceed();
                    } finally {
                        spans.get().pop();
                    }
                }))
                .orThrow();

        assertThat(seen).containsExactly("outer in [outer]", "inner in [outer/inside/inner]", "outer in [outer]");
    }

    @Test
    void the_context_of_the_caller_is_captured_once_in_its_thread_when_the_run_starts() {
        var flow = Workflow.named("flow");
        var first = flow.job("first", MDC::get);
        var second = flow.job("second", MDC::get).requires(first);
        RunOptions capturing = options.capturing(() -> {
            String callers = MDC.get();
            seen.add("captured " + callers + " in " + (Thread.currentThread().isVirtual() ? "a job" : "the caller"));
            return (context, attempt) -> {
                MDC.set(callers);
                attempt.proceed();
            };
        });

        assertThat(seen).isEmpty();
        MDC.set("one");
        RunReport one = flow.run(capturing).orThrow();
        MDC.set("two");
        RunReport two = flow.run(capturing).orThrow();
        MDC.remove();

        assertThat(seen).containsExactly("captured one in the caller", "captured two in the caller");
        assertThat(List.of(one.result(first), one.result(second), two.result(first), two.result(second)))
                .containsExactly("one", "one", "two", "two");
    }

    @Test
    void what_the_body_threw_comes_through_as_it_is() {
        var thrown = new IllegalStateException("from the body");

        assertThat(outcome(
                        () -> {
                            throw thrown;
                        },
                        noting("one")))
                .isEqualTo(new JobOutcome.Failed(thrown));
        assertThat(seen).containsExactly("> one job#1", "< one");
    }

    @Test
    void an_interceptor_that_swallows_what_the_body_threw_does_not_make_it_a_success() {
        var thrown = new IllegalStateException("from the body");
        Interceptor swallowing = (context, attempt) -> {
            try {
                attempt.proceed();
            } catch (IllegalStateException e) {
                seen.add("swallowed " + e.getMessage());
            }
        };

        assertThat(outcome(
                        () -> {
                            throw thrown;
                        },
                        swallowing))
                .isEqualTo(new JobOutcome.Failed(thrown));
        assertThat(seen).containsExactly("swallowed from the body");
    }

    @Test
    void what_an_interceptor_throws_counts_as_thrown_by_the_job() {
        var thrown = new IOException("from the interceptor");

        assertThat(outcome(() -> seen.add("body"), (context, attempt) -> {
                    throw thrown;
                }))
                .isEqualTo(new JobOutcome.Failed(thrown));
        assertThat(outcome(() -> seen.add("body"), (context, attempt) -> {
                    attempt.proceed();
                    throw thrown;
                }))
                .isEqualTo(new JobOutcome.Failed(thrown));
        assertThat(seen).containsExactly("body");
    }

    @Test
    void an_interceptor_that_does_not_proceed_fails_the_job_and_is_named() {
        Interceptor lazy = new Interceptor() {
            @Override
            public void around(JobContext context, Attempt attempt) {}

            @Override
            public String toString() {
                return "lazy";
            }
        };

        assertThat(failure(() -> seen.add("body"), lazy))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("An interceptor must proceed with the attempt, but lazy returned without."
                        + " Call attempt.proceed(), or throw.");
        assertThat(seen).isEmpty();
    }

    @Test
    void an_interceptor_that_proceeds_twice_fails_the_job_whose_body_runs_once() {
        Throwable failure = failure(() -> seen.add("body"), (context, attempt) -> {
            attempt.proceed();
            attempt.proceed();
        });

        assertThat(failure)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("An attempt is made once, in the job's own thread")
                .hasMessageEndingWith("proceeded twice. Use a retry policy to repeat it.");
        assertThat(seen).containsExactly("body");
    }

    @Test
    void an_interceptor_can_not_proceed_in_another_thread() {
        var inOther = new AtomicReference<Throwable>();

        Throwable failure = failure(() -> seen.add("body"), (context, attempt) -> {
            Thread other = Thread.ofVirtual().start(() -> {
                try {
                    attempt.proceed();
                } catch (Exception e) {
                    inOther.set(e);
                }
            });
            other.join();
        });

        assertThat(inOther.get()).hasMessageContaining("proceeded from another one");
        assertThat(failure).hasMessageContaining("must proceed");
        assertThat(seen).isEmpty();
    }

    @Test
    void proceeding_returns_what_is_inside_and_what_the_interceptor_does_with_it_changes_nothing() {
        var flow = Workflow.named("flow");
        var job = flow.job("job", () -> "result");

        RunReport report = flow.run(options.around((context, attempt) -> seen.add("outer got " + attempt.proceed()))
                .around((context, attempt) -> seen.add("inner got " + attempt.proceed())));

        assertThat(report.orThrow().result(job)).isEqualTo("result");
        assertThat(seen).containsExactly("inner got result", "outer got result");
    }

    private JobOutcome outcome(Action body, Interceptor interceptor) {
        var flow = Workflow.named("flow");
        Job<?> job = flow.action("job", body);
        return flow.run(options.around(interceptor)).outcome(job).orElseThrow();
    }

    private Throwable failure(Action body, Interceptor interceptor) {
        return outcome(body, interceptor).failure().orElseThrow();
    }
}
