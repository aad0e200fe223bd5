package io.orrery.workflow;

import static io.orrery.job.Condition.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.Job;
import io.orrery.job.JobBody;
import io.orrery.job.JobContext;
import io.orrery.job.Limit;
import io.orrery.job.Print;
import io.orrery.job.RetryPolicy;
import io.orrery.job.Threads;
import io.orrery.outcome.RunReport;
import io.orrery.plan.JobOptions;
import io.orrery.plan.Plan;
import io.orrery.plan.PlannedJob;
import io.orrery.plan.Settings;
import io.orrery.spec.Spec;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeclaringTest {

    private final Workflow etl = Workflow.named("etl");

    private static void nothing() {}

    @Test
    @Spec({"A-002", "A-007", "A-018"})
    void all_forms_of_declaring_give_typed_handles_and_enter_the_workflow_at_once() {
        Job<String> fetch = etl.job("fetch", () -> "text");
        Job<Integer> parse = etl.job("parse", fetch, String::length);
        Job<String> join = etl.job("join", fetch, parse, (text, length) -> text + length);
        Job<String> context = etl.job("context", ctx -> ctx.label());
        Job<Integer> body = etl.job("body", new Constant(7));
        Job<Void> print = etl.job("print", Print.of("hello"));
        Job<Void> action = etl.action("action", () -> nothing());
        Job<Void> contextAction = etl.action("contextAction", ctx -> ctx.log("x"));
        Job<Void> forever = etl.forever("forever", () -> nothing());
        Job<Void> contextForever = etl.forever("contextForever", ctx -> ctx.log("x"));
        Job<Void> barrier = etl.barrier("barrier");
        Job<RunReport> nested = etl.add(Workflow.named("nested"));

        assertThat(etl.jobs())
                .containsExactly(
                        fetch,
                        parse,
                        join,
                        context,
                        body,
                        print,
                        action,
                        contextAction,
                        forever,
                        contextForever,
                        barrier,
                        nested);
        assertThat(parse.requirements()).containsExactly(succeeded(fetch));
        assertThat(join.requirements()).containsExactly(succeeded(fetch), succeeded(parse));
        assertThat(etl.jobs()).filteredOn(Job::isForever).containsExactly(forever, contextForever);
    }

    private record Constant(int value) implements JobBody<Integer> {
        @Override
        public Integer run(JobContext context) {
            return value;
        }
    }

    @Test
    @Spec({"A-001", "A-003"})
    void jobs_are_told_apart_by_identity_however_they_are_called() {
        Job<Void> first = etl.barrier("same");
        Job<Void> second = etl.barrier("same");

        assertThat(first).isNotEqualTo(second);
        assertThat(new HashSet<>(etl.jobs())).hasSize(2);
        assertThat(etl.plan().jobs()).extracting(PlannedJob::id).containsExactly("same", "same#2");
        assertThat(etl.plan().numberOf(second)).hasValue(1);
    }

    @Test
    @Spec({"A-005", "A-006", "A-017"})
    void jobs_and_nested_workflows_are_critical_and_finite_unless_said_otherwise_each_for_itself() {
        Workflow inner = Workflow.named("inner");
        Job<Void> careless = inner.barrier("careless").critical(false);
        Job<Void> plain = inner.barrier("plain");
        Job<RunReport> sub = etl.add(inner);

        assertThat(List.of(sub.isCritical(), plain.isCritical(), careless.isCritical()))
                .containsExactly(true, true, false);
        assertThat(List.of(sub.isForever(), plain.isForever())).containsExactly(false, false);

        sub.critical(false).forever(true);

        assertThat(List.of(sub.isCritical(), plain.isCritical())).containsExactly(false, true);
        assertThat(List.of(sub.isForever(), plain.isForever())).containsExactly(true, false);
    }

    @Test
    @Spec({"A-004", "GB-29", "GB-38"})
    void every_option_is_named_and_holds_for_every_kind_of_job() {
        var limit = Limit.named("db", 2);
        var retry = RetryPolicy.retries(3);
        List<Job<?>> kinds =
                List.of(etl.job("print", Print.of("x")), etl.barrier("barrier"), etl.add(Workflow.named("sub")));

        for (Job<?> job : kinds) {
            job.critical(false)
                    .timeout(Duration.ofSeconds(1))
                    .retry(retry)
                    .limit(limit, limit)
                    .label("shown")
                    .graphLabel("g");
        }

        for (PlannedJob job : etl.plan().jobs()) {
            JobOptions options = job.options();
            assertThat(options.critical()).isFalse();
            assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(1));
            assertThat(options.retry()).isSameAs(retry);
            assertThat(options.limits()).containsExactly(limit);
            assertThat(job.label()).isEqualTo("shown");
            assertThat(job.graphLabel()).isEqualTo("g");
        }
    }

    @Test
    @Spec({"A-034", "A-073"})
    void a_workflow_is_given_its_window_threads_and_timeouts_and_the_plan_has_them() {
        etl.window(3)
                .threads(Threads.REUSED)
                .timeout(Duration.ofMinutes(1))
                .shutdownTimeout(Duration.ofSeconds(2))
                .cancelGrace(Duration.ofSeconds(3))
                .keepGoing();

        assertThat(etl.plan().settings())
                .isEqualTo(new Settings(
                        3, Duration.ofMinutes(1), Duration.ofSeconds(2), Duration.ofSeconds(3), Threads.REUSED, true));
        assertThat(Workflow.named("plain").plan().settings()).isEqualTo(Settings.DEFAULT);
    }

    @Test
    @Spec({"GB-07", "GB-39"})
    void nonsense_numbers_are_refused_at_the_call() {
        Job<Void> job = etl.barrier("job");

        assertThatThrownBy(() -> etl.window(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> etl.threads(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> etl.timeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> etl.shutdownTimeout(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> etl.cancelGrace(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> job.timeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The timeout must be positive, but is PT0S. Leave it out for the default.");
        assertThatThrownBy(() -> job.retries(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Limit.named("db", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(etl.plan().settings()).isEqualTo(Settings.DEFAULT);
        assertThat(etl.plan().options(0)).isEqualTo(JobOptions.DEFAULT);
    }

    @Test
    @Spec({"A-008", "GB-28"})
    void what_is_changed_later_is_in_the_next_plan_and_in_no_earlier_one() {
        Job<Void> job = etl.barrier("job");
        Plan<RunReport> before = etl.plan();

        job.critical(false).label("renamed");
        etl.window(2).barrier("more");

        assertThat(before.settings().window()).isZero();
        assertThat(before.jobs()).extracting(PlannedJob::label).containsExactly("job");
        assertThat(before.options(0).critical()).isTrue();
        assertThat(etl.plan().settings().window()).isEqualTo(2);
        assertThat(etl.plan().jobs()).extracting(PlannedJob::label).containsExactly("renamed", "more");
    }

    @Test
    void a_plan_is_kept_until_something_is_changed_here_or_in_a_nested_workflow() {
        Workflow inner = Workflow.named("inner");
        Job<Void> job = inner.barrier("job");
        etl.add(inner);
        Plan<RunReport> plan = etl.plan();

        assertThat(etl.plan()).isSameAs(plan);
        job.requires(job);
        assertThat(etl.plan()).as("nothing has changed").isSameAs(plan);
        job.label("other");
        assertThat(etl.plan()).isNotSameAs(plan);
    }

    @Test
    @Spec({"A-009", "A-099"})
    void a_label_is_what_was_declared_unless_one_is_set_or_computed() {
        var calls = new AtomicInteger();
        Job<Void> plain = etl.barrier("plain");
        Job<Void> empty = etl.barrier("empty").label("");
        Job<Void> computed = etl.barrier("computed").label(() -> "call " + calls.incrementAndGet());
        Job<Void> failing = etl.barrier("failing").label(() -> {
            throw new IllegalStateException("no label");
        });

        assertThat(List.of(plain.label(), empty.label(), computed.label(), computed.label()))
                .containsExactly("plain", "", "call 1", "call 2");
        assertThat(failing.label()).isEqualTo("failing (label failed: java.lang.IllegalStateException: no label)");
        assertThat(etl.plan().jobs())
                .extracting(PlannedJob::id)
                .containsExactly("plain", "empty", "computed", "failing");
    }

    @Test
    @Spec({"A-009", "A-020"})
    void graphs_may_have_labels_of_their_own_and_bodies_details() {
        etl.barrier("one").label("shown").graphLabel("first line\nsecond line");
        etl.barrier("two").label("shown");
        etl.job("three", Print.of("hello", "world"));

        assertThat(etl.plan().jobs())
                .extracting(PlannedJob::graphLabel)
                .containsExactly("first line\nsecond line", "shown", "three");
        assertThat(etl.plan().jobs()).extracting(PlannedJob::details).containsExactly("", "", "msg= hello...");
    }

    @Test
    @Spec({"A-009", "GB-37"})
    void what_a_job_does_can_not_be_left_unwritten_and_cleaning_up_can() {
        List<String> toWrite = Arrays.stream(JobBody.class.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .map(java.lang.reflect.Method::getName)
                .toList();

        assertThat(toWrite).containsExactly("run");
        assertThatThrownBy(() -> etl.job("job", (JobBody<Void>) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("A job needs a body; barrier() declares one that does nothing.");
        assertThat(etl.size()).isZero();
    }

    @Test
    @Spec({"A-011", "GB-01"})
    void a_job_belongs_to_the_workflow_that_declared_it_and_to_no_other() {
        Workflow other = Workflow.named("other");
        Job<Void> theirs = other.barrier("theirs");

        assertThat(etl.jobs()).doesNotContain(theirs);
        assertThatThrownBy(() -> etl.sequence(theirs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("\"etl\"", "\"theirs\"", "\"other\"");
        assertThatThrownBy(() -> etl.predecessors(theirs))
                .hasMessage(
                        "A workflow knows its own jobs only, but \"etl\" was asked about \"theirs\", which belongs to"
                                + " \"other\". Ask its own workflow.");
    }

    @Test
    @Spec({"GB-01", "GB-02"})
    void an_input_from_another_workflow_is_refused_before_anything_is_declared() {
        Job<String> theirs = Workflow.named("other").job("theirs", () -> "text");

        assertThatThrownBy(() -> etl.job("parse", theirs, String::length))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("\"etl\"", "\"theirs\"", "\"other\"");
        assertThat(etl.jobs()).isEmpty();
    }

    @Test
    @Spec({"A-002", "GB-01"})
    void a_workflow_is_nested_in_one_place_only() {
        Workflow inner = Workflow.named("inner");
        etl.add(inner);

        assertThatThrownBy(() -> Workflow.named("other").add(inner))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "A workflow is nested in one place only, but \"inner\" is nested in \"etl\" and was added to"
                                + " \"other\". Build a second one, or run it with JobContext.run().");
    }

    @Test
    @Spec({"A-039", "GB-17"})
    void a_workflow_can_not_contain_itself_at_any_depth() {
        Workflow middle = Workflow.named("middle");
        Workflow inner = Workflow.named("inner");
        etl.add(middle);
        middle.add(inner);

        assertThatThrownBy(() -> etl.add(etl)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> inner.add(etl))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A workflow must not contain itself, but \"etl\" would, being added to \"inner\". Build a"
                        + " second one.");
        assertThat(inner.jobs()).isEmpty();
    }

    @Test
    @Spec({"A-035", "A-117", "GB-09"})
    void jobs_stay_in_the_order_in_which_they_were_declared() {
        List<Job<Void>> declared = java.util.stream.IntStream.range(0, 100)
                .mapToObj(i -> etl.barrier("job" + i))
                .toList();

        assertThat(etl.jobs()).isEqualTo(declared);
        assertThat(etl.topologicalOrder()).isEqualTo(declared);
        assertThat(etl.entries()).containsExactlyElementsOf(declared);
        assertThat(Set.copyOf(etl.exits())).isEqualTo(Set.copyOf(declared));
    }
}
