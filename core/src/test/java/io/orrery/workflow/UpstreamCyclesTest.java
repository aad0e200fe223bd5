package io.orrery.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Job;
import io.orrery.outcome.RunReport;
import io.orrery.plan.PlanProblem.Cycle;
import io.orrery.spec.Spec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The Java forms of asynciojobs' {@code test_cycles.py}; each test is named in its comment. */
@Spec({"A-049", "GB-17"})
class UpstreamCyclesTest {

    /** test_flat_cycles: one class of workflows, nested or not, where upstream has two. */
    @Test
    void closing_a_chain_makes_a_cycle() {
        for (boolean nested : new boolean[] {false, true}) {
            Workflow workflow = Workflow.named("flat");
            Job<Void> j1 = workflow.barrier("job1");
            Job<Void> j2 = workflow.barrier("job2").requires(j1);
            Job<Void> j3 = workflow.barrier("job3").requires(j2);
            Workflow asked = nested ? Workflow.named("around") : workflow;
            if (nested) {
                asked.add(workflow);
            }
            assertThat(asked.problems()).isEmpty();

            j1.requires(j3);

            String around = nested ? "flat/" : "";
            assertThat(asked.problems())
                    .containsExactly(new Cycle(List.of(around + "job1", around + "job3", around + "job2")));
        }
    }

    /** test_nested_cycles. */
    @Test
    @Spec({"A-025", "A-036"})
    void cycles_are_found_and_mended_at_every_depth() {
        Workflow s1 = Workflow.named("s1");
        Workflow s2 = Workflow.named("s2");
        Job<Void> js1 = s2.barrier("job11");
        Job<Void> js2 = s2.barrier("job12");
        Job<Void> js3 = s2.barrier("job13");
        s2.sequence(js1, js2, js3);
        Job<Void> j1 = s1.barrier("job1");
        Job<Void> j3 = s1.barrier("job3");
        s1.sequence(j1, s1.add(s2), j3);
        assertThat(s1.problems()).isEmpty();

        js1.requires(js3);
        assertThat(s1.problems()).containsExactly(new Cycle(List.of("s2/job11", "s2/job13", "s2/job12")));
        js1.dropRequirement(js3);
        assertThat(s1.problems()).isEmpty();

        j1.requires(j3);
        assertThat(s1.problems()).containsExactly(new Cycle(List.of("job1", "job3", "s2")));
        j1.dropRequirement(j3);
        assertThat(s1.problems()).isEmpty();

        Workflow s3 = Workflow.named("s3");
        Job<Void> jss1 = s3.barrier("job111");
        Job<Void> jss2 = s3.barrier("job112");
        s3.sequence(jss1, jss2, s3.barrier("job113"));
        assertThat(s2.remove(js2)).containsExactly(new Dropped(js3, js2));
        Job<RunReport> handle = s2.add(s3).requires(js1);
        js3.requires(handle);
        assertThat(s1.problems()).isEmpty();

        jss1.requires(jss2);
        js1.requires(js3);
        assertThat(s1.problems())
                .containsExactlyInAnyOrder(
                        new Cycle(List.of("s2/job11", "s2/job13", "s2/s3")),
                        new Cycle(List.of("s2/s3/job111", "s2/s3/job112")));
    }
}
