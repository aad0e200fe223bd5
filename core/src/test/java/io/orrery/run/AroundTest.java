package io.orrery.run;

import static io.orrery.run.Stage.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Interceptor;
import io.orrery.job.JobOutcome.Failed;
import io.orrery.job.JobOutcome.Succeeded;
import io.orrery.spec.Spec;
import io.orrery.workflow.Workflow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Code around each attempt, in the job's own thread. */
@Spec("GB-29")
class AroundTest {
    private static final ScopedValue<String> USER = ScopedValue.newInstance();
    private static final ThreadLocal<Map<String, String>> DIAGNOSTICS = ThreadLocal.withInitial(HashMap::new);

    private final Stage stage = new Stage();
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    @Test
    void interceptors_wrap_each_other_around_every_attempt_also_of_nested_jobs() throws InterruptedException {
        var outer = Workflow.named("outer");
        var inner = Workflow.named("inner");
        inner.action("x", ctx -> {
                    seen.add("body");
                    if (ctx.attempt() == 1) {
                        throw new Exception("boom");
                    }
                })
                .retries(1);
        outer.add(inner);

        stage.run(outer, stage.options().around(noting("one")).around(noting("two")), run -> {});

        assertThat(seen)
                .containsExactly(
                        "one before inner/x#1",
                        "two before inner/x#1",
                        "body",
                        "two after",
                        "one after",
                        "one before inner/x#2",
                        "two before inner/x#2",
                        "body",
                        "two after",
                        "one after");
    }

    private Interceptor noting(String name) {
        return (context, attempt) -> {
            seen.add(name + " before " + context.path() + "#" + context.attempt());
            try {
                attempt.proceed();
            } finally {
                seen.add(name + " after");
            }
        };
    }

    @Test
    void a_scoped_value_of_the_caller_is_there_in_every_job() throws InterruptedException {
        var w = Workflow.named("w");
        w.action("job", () -> seen.add(USER.get()));

        stage.play(() -> ScopedValue.where(USER, "ada")
                .run(() -> w.run(stage.options().capturing(() -> {
                    String user = USER.get();
                    return (context, attempt) -> ScopedValue.where(USER, user).call(attempt::proceed);
                }))));

        assertThat(seen).containsExactly("ada");
    }

    @Test
    void a_diagnostic_context_is_carried_over_and_belongs_to_the_thread_of_the_job() throws InterruptedException {
        var w = Workflow.named("w");
        w.action("a", () -> {
            seen.add("a " + DIAGNOSTICS.get());
            DIAGNOSTICS.get().put("own", "a");
        });
        w.action("b", () -> seen.add("b " + DIAGNOSTICS.get()));
        var callers = new AtomicReference<Object>();

        stage.play(() -> {
            DIAGNOSTICS.get().put("request", "17");
            w.run(stage.options().capturing(() -> {
                var captured = Map.copyOf(DIAGNOSTICS.get());
                return (context, attempt) -> {
                    DIAGNOSTICS.get().putAll(captured);
                    attempt.proceed();
                };
            }));
            callers.set(DIAGNOSTICS.get());
        });

        assertThat(seen).containsExactlyInAnyOrder("a {request=17}", "b {request=17}");
        assertThat(callers.get()).isEqualTo(Map.of("request", "17"));
    }

    @Test
    void spans_nest_as_the_jobs_do() throws InterruptedException {
        ThreadLocal<Deque<String>> spans = ThreadLocal.withInitial(ArrayDeque::new);
        var w = Workflow.named("w");
        w.action("outer", ctx -> {
            seen.add("outer in " + spans.get());
            var inside = Workflow.named("inside");
            inside.action("inner", () -> seen.add("inner in " + spans.get()));
            ctx.run(inside);
            seen.add("outer in " + spans.get());
        });

        stage.run(
                w,
                stage.options().around((context, attempt) -> {
                    spans.get().push(context.path());
                    try {
                        attempt.proceed();
                    } finally {
                        spans.get().pop();
                    }
                }),
                run -> {});

        assertThat(seen).containsExactly("outer in [outer]", "inner in [outer/inside/inner]", "outer in [outer]");
    }

    @Test
    void the_context_is_captured_once_by_the_thread_that_starts_the_run() throws InterruptedException {
        var w = Workflow.named("w");
        w.action("a", () -> {});
        w.action("b", () -> {});

        stage.run(
                w,
                stage.options().capturing(() -> {
                    seen.add(Thread.currentThread().getName());
                    return (context, attempt) -> attempt.proceed();
                }),
                run -> {});

        assertThat(seen).containsExactly("stage");
    }

    @Test
    void what_an_interceptor_throws_counts_as_the_jobs_and_the_result_is_the_bodys() throws InterruptedException {
        var w = Workflow.named("w");
        var job = w.job("job", () -> "own");
        var boom = new IllegalStateException("no");

        var refused = stage.run(
                w,
                stage.options().around((context, attempt) -> {
                    throw boom;
                }),
                run -> {});
        var plain = stage.run(w, stage.options().around((context, attempt) -> attempt.proceed()), run -> {});

        assertThat(outcome(refused, job)).isEqualTo(new Failed(boom));
        assertThat(outcome(plain, job)).isEqualTo(new Succeeded("own"));
    }

    @Test
    void an_interceptor_that_does_not_proceed_or_does_so_twice_fails_the_job() throws InterruptedException {
        var w = Workflow.named("w");
        var job = w.job("job", () -> seen.add("ran"));

        var never = stage.run(w, stage.options().around((context, attempt) -> {}), run -> {});
        var twice = stage.run(
                w,
                stage.options().around((context, attempt) -> {
                    attempt.proceed();
                    attempt.proceed();
                }),
                run -> {});

        assertThat(outcome(never, job).failure().orElseThrow()).hasMessageContaining("must proceed");
        assertThat(outcome(twice, job).failure().orElseThrow()).hasMessageContaining("made once");
        assertThat(seen).containsExactly("ran");
    }
}
