package io.orrery.workflow;

import static io.orrery.job.Condition.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.Job;
import io.orrery.job.JobOutcome;
import io.orrery.outcome.RunReport;
import io.orrery.spec.Spec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@Spec("GB-29")
class TypedInputTest {

    private final Workflow workflow = Workflow.named("typed");
    private final Job<Integer> two = workflow.job("two", () -> 2);
    private final Job<Integer> three = workflow.job("three", () -> 3);

    @Test
    void a_job_works_on_one_two_or_many_results_in_order() {
        var seen = new ArrayList<Integer>();
        Job<Integer> one = workflow.job("one input", two, number -> number + 1);
        Job<Integer> both = workflow.job("two inputs", two, three, (first, second) -> 10 * first + second);
        Job<String> many = workflow.job("many inputs", List.of(three, two, one), List::toString);
        Job<String> inContext = workflow.job("in context", two, (context, number) -> context.label() + number);
        workflow.action("action", both, seen::add);

        RunReport run = workflow.run().orThrow();

        assertThat(run.result(one)).isEqualTo(3);
        assertThat(run.result(both)).isEqualTo(23);
        assertThat(run.result(many)).isEqualTo("[3, 2, 3]");
        assertThat(run.result(inContext)).isEqualTo("in context2");
        assertThat(seen).containsExactly(23);
    }

    @Test
    void an_input_is_required_to_have_succeeded() {
        Job<Integer> sum = workflow.job("sum", List.of(two, three), numbers -> numbers.size());

        assertThat(sum.requirements()).containsExactly(succeeded(two), succeeded(three));
    }

    @Test
    void a_job_whose_input_failed_is_skipped_and_says_so() {
        Job<Integer> broken = workflow.<Integer>job("broken", () -> {
                    throw new IllegalStateException("no number");
                })
                .critical(false);
        Job<Void> use = workflow.action("use", broken, number -> {});

        RunReport run = workflow.run();

        assertThat(run.outcome(use)).contains(new JobOutcome.Skipped("broken failed"));
    }

    @Test
    void an_input_of_another_workflow_is_refused_with_both_names() {
        var other = Workflow.named("other");

        assertThatThrownBy(() -> other.job("sum", List.of(two), List::size))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("typed", "other", "two");
        assertThat(other.jobs()).isEmpty();
    }
}
