package io.orrery.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Job;
import io.orrery.spec.Spec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The Java forms of asynciojobs' {@code test_bypass.py}; each test is named in its comment. Diamonds are joined at their
 * ends: 1 before 2 and 3, both before 4, and so on.
 */
class UpstreamBypassTest {

    private final Workflow workflow = Workflow.named("bypass");
    private final List<Job<Void>> jobs = new ArrayList<>();

    private Job<Void> j(int number) {
        return jobs.get(number - 1);
    }

    private Job<?>[] js(int... numbers) {
        return java.util.Arrays.stream(numbers).mapToObj(this::j).toArray(Job<?>[]::new);
    }

    private void declare(int count) {
        for (int i = 1; i <= count; i++) {
            jobs.add(workflow.barrier("j" + i));
        }
    }

    private void diamonds(int count) {
        declare(3 * count + 1);
        for (int i = 1; i <= 3 * count; i += 3) {
            j(i + 3).requires(j(i + 1).requires(j(i)), j(i + 2).requires(j(i)));
        }
    }

    private void assertUpstream(int of, int... expected) {
        assertThat(workflow.upstream(j(of))).as("upstream of j%s", of).containsExactly(js(expected));
    }

    private void assertDownstream(int of, int... expected) {
        assertThat(workflow.downstream(j(of))).as("downstream of j%s", of).containsExactly(js(expected));
    }

    /** test_bypass1. */
    @Test
    @Spec({"A-022", "A-044", "A-050"})
    void bypassing_the_third_of_a_chain() {
        declare(5);
        j(5).requires(j(4).requires(j(3).requires(j(2).requires(j(1)))));
        assertDownstream(1, 2, 3, 4, 5);
        assertUpstream(5, 1, 2, 3, 4);

        workflow.bypassAndRemove(j(3));

        assertThat(workflow.jobs()).containsExactly(js(1, 2, 4, 5));
        assertThat(j(4).requirements()).containsExactly(j(2));
        assertThat(workflow.problems()).isEmpty();
    }

    /** test_bypass2. */
    @Test
    @Spec({"A-044", "A-050"})
    void bypassing_the_join_of_a_diamond_gives_its_tail_both_branches() {
        declare(5);
        j(5).requires(j(4).requires(j(3).requires(j(1)), j(2).requires(j(1))));
        assertDownstream(1, 2, 3, 4, 5);
        assertDownstream(2, 4, 5);
        assertDownstream(3, 4, 5);
        assertUpstream(4, 1, 2, 3);

        workflow.bypassAndRemove(j(4));

        assertThat(j(5).requirements()).containsExactlyInAnyOrder(j(2), j(3));
        assertDownstream(1, 2, 3, 5);
        assertUpstream(5, 1, 2, 3);
    }

    /** test_bypass3. */
    @Test
    @Spec({"A-044", "A-050"})
    void bypassing_the_middle_the_first_and_the_last_of_two_diamonds() {
        diamonds(2);
        assertDownstream(1, 2, 3, 4, 5, 6, 7);
        assertDownstream(4, 5, 6, 7);
        assertDownstream(7);
        assertUpstream(1);
        assertUpstream(4, 1, 2, 3);
        assertUpstream(7, 1, 2, 3, 4, 5, 6);

        workflow.bypassAndRemove(j(4));

        assertThat(j(5).requirements()).containsExactly(js(2, 3));
        assertThat(j(6).requirements()).containsExactly(js(2, 3));
        assertDownstream(1, 2, 3, 5, 6, 7);
        assertDownstream(3, 5, 6, 7);
        assertDownstream(6, 7);
        assertDownstream(7);
        assertUpstream(1);
        assertUpstream(3, 1);
        assertUpstream(6, 1, 2, 3);
        assertUpstream(7, 1, 2, 3, 5, 6);

        workflow.bypassAndRemove(j(1));

        assertThat(j(2).requirements()).isEmpty();
        assertThat(j(3).requirements()).isEmpty();
        assertDownstream(3, 5, 6, 7);
        assertUpstream(7, 2, 3, 5, 6);

        workflow.bypassAndRemove(j(7));

        assertThat(workflow.successors(j(5), j(6))).isEmpty();
    }

    /** test_bypass_seq. */
    @Test
    @Spec({"A-044", "A-050"})
    void bypassing_the_third_of_a_sequence() {
        declare(5);
        workflow.sequence(js(1, 2, 3, 4, 5));

        workflow.bypassAndRemove(j(3));

        assertThat(j(4).requirements()).containsExactly(j(2));
        assertDownstream(1, 2, 4, 5);
        assertDownstream(2, 4, 5);
        assertDownstream(4, 5);
        assertDownstream(5);
        assertUpstream(1);
        assertUpstream(2, 1);
        assertUpstream(4, 1, 2);
        assertUpstream(5, 1, 2, 4);
    }

    /** test_bypass_keep1. */
    @Test
    @Spec("A-052")
    void between_two_starts_and_two_ends() {
        diamonds(2);

        workflow.keepOnlyBetween(Between.starts(js(2, 3)).ends(js(5, 6)));

        assertThat(workflow.jobs()).containsExactly(js(2, 3, 4, 5, 6));
    }

    /** test_bypass_keep2. */
    @Test
    @Spec("A-052")
    void behind_one_start() {
        diamonds(2);

        workflow.keepOnlyBetween(Between.starts(j(4)));

        assertThat(workflow.jobs()).containsExactly(js(4, 5, 6, 7));
    }

    /** test_bypass_keep3. */
    @Test
    @Spec("A-052")
    void behind_one_start_without_it() {
        diamonds(2);

        workflow.keepOnlyBetween(Between.starts(j(4)).withoutStarts());

        assertThat(workflow.jobs()).containsExactly(js(5, 6, 7));
    }

    /** test_bypass_keep4. */
    @Test
    @Spec("A-052")
    void a_job_beside_the_milestones_is_dropped() {
        diamonds(3);
        j(7).requires(workflow.barrier("odd").requires(j(2)));

        workflow.keepOnlyBetween(Between.starts(js(2, 3)).ends(js(5, 6)));

        assertThat(workflow.jobs()).containsExactly(js(2, 3, 4, 5, 6));
    }

    /** test_bypass_keep5. */
    @Test
    @Spec("A-052")
    void a_job_between_milestones_further_down_is_kept_and_the_ends_are_not() {
        diamonds(3);
        Job<Void> odd = workflow.barrier("odd").requires(j(2));
        j(7).requires(odd);

        workflow.keepOnlyBetween(Between.starts(js(2, 3)).ends(js(8, 9)).withoutEnds());

        assertThat(workflow.jobs()).containsExactly(j(2), j(3), j(4), j(5), j(6), j(7), odd);
    }

    /** test_bypass_keep10. */
    @Test
    @Spec("A-051")
    void keeping_a_connected_head_keeps_its_links() {
        diamonds(3);

        workflow.keepOnly(js(1, 2, 3, 4));

        assertThat(workflow.jobs()).containsExactly(js(1, 2, 3, 4));
        assertThat(workflow.successors(j(1))).containsExactly(js(2, 3));
        assertThat(workflow.predecessors(j(1))).isEmpty();
        assertThat(workflow.successors(j(2))).containsExactly(j(4));
        assertThat(workflow.predecessors(j(2))).containsExactly(j(1));
        assertThat(workflow.successors(j(4))).isEmpty();
        assertThat(workflow.predecessors(j(4))).containsExactly(js(2, 3));
    }

    /** test_bypass_keep11. */
    @Test
    @Spec("A-051")
    void keeping_jobs_that_are_not_adjacent_drops_all_links() {
        diamonds(3);

        workflow.keepOnly(js(1, 4, 7));

        assertThat(workflow.jobs()).containsExactly(js(1, 4, 7));
        assertThat(workflow.successors(js(1, 4, 7))).isEmpty();
        assertThat(workflow.predecessors(js(1, 4, 7))).isEmpty();
    }
}
