package io.orrery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Job;
import io.orrery.job.JobContext;
import io.orrery.job.Limit;
import io.orrery.outcome.JobReport;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@Spec({"A-058", "GB-14"})
class StallTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final RunOptions options = RunOptions.defaults().time(ManualTime.skipping());
    private final Limit db = Limit.named("db", 1);

    /** Runs a workflow whose only job needs a slot of that limit. */
    private static RunReport inside(JobContext context, Limit limit) throws InterruptedException {
        var inner = Workflow.named("inner");
        inner.action("query", () -> {}).limit(limit);
        return context.run(inner);
    }

    private static String diagnosis(RunReport report, String path) {
        JobReport stalled = report.find(path).orElseThrow();
        return stalled.outcome().orElseThrow().failure().orElseThrow().getMessage();
    }

    @Test
    void a_job_that_waits_for_what_its_own_inside_can_not_get_is_named_and_the_run_ends() {
        var flow = Workflow.named("flow");
        var holder = flow.job("holder", context -> inside(context, db).state()).limit(db);

        RunReport report = flow.run(options);

        assertThat(report.orThrow().result(holder)).isEqualTo(RunState.FAILED);
        assertThat(diagnosis(report, "holder/inner/query"))
                .isEqualTo("A job must not wait for those who wait for it, but \"flow/holder/inner/query\" needs a slot"
                        + " of limit \"db\", and all of them are held by \"flow/holder\", which ends only after it."
                        + " Give the limit more slots, or take it off one of them.");
    }

    @Test
    void it_is_found_at_any_depth() {
        var flow = Workflow.named("flow");
        var nested = Workflow.named("nested");
        nested.action("middle", context -> {
            var deeper = Workflow.named("deeper");
            deeper.action("deepest", within -> inside(within, db).orThrow());
            context.run(deeper).orThrow();
        });
        flow.action("holder", context -> {
                    var around = Workflow.named("around");
                    around.add(nested);
                    context.run(around).orThrow();
                })
                .limit(db);

        RunReport report = flow.run(options);

        assertThat(report.state()).isEqualTo(RunState.FAILED);
        assertThat(diagnosis(report, "holder/around/nested/middle/deeper/deepest/inner/query"))
                .contains("all of them are held by \"flow/holder\"");
    }

    @Test
    void several_jobs_that_hold_all_slots_and_each_wait_for_one_are_all_named() {
        Limit two = Limit.named("two", 2);
        var flow = Workflow.named("flow");
        var a = holder(flow, "a", two);
        var b = holder(flow, "b", two);

        RunReport report = flow.run(options).orThrow();

        assertThat(report.result(a)).isEqualTo(RunState.SUCCEEDED); // gets the slot that b gives back
        assertThat(report.result(b)).isEqualTo(RunState.FAILED);
        assertThat(diagnosis(report, "b/inner/query"))
                .contains("\"flow/b/inner/query\" needs a slot of limit \"two\"", "held by \"flow/a\", \"flow/b\"");
    }

    private static Job<RunState> holder(Workflow flow, String label, Limit limit) {
        return flow.job(label, context -> {
                    context.sleep(SECOND); // others get theirs meanwhile
                    return inside(context, limit).state();
                })
                .limit(limit);
    }

    @Test
    void jobs_of_different_runs_that_wait_for_each_other_s_slots_are_found_too() {
        Limit two = Limit.named("two", 2);
        var outer = Workflow.named("outer");
        for (String name : new String[] {"one", "other"}) {
            var nested = Workflow.named(name);
            holder(nested, "holder", two);
            outer.add(nested);
        }

        RunReport report = outer.run(options).orThrow();

        assertThat(report.failures()).extracting(JobReport::path).containsExactly("other/holder/inner/query");
    }

    @Test
    void whoever_waits_for_somebody_else_is_no_stall() {
        Limit two = Limit.named("two", 2);
        var flow = Workflow.named("flow");
        var waits = holder(flow, "waits", two);
        flow.action("works", context -> context.sleep(SECOND.multipliedBy(2))).limit(two);

        RunReport report = flow.run(options).orThrow();

        assertThat(report.result(waits)).isEqualTo(RunState.SUCCEEDED);
        assertThat(report.job(waits).end()).contains(SECOND.multipliedBy(2));
    }

    @Test
    void a_slot_that_is_left_is_no_stall_either() {
        Limit two = Limit.named("two", 2);
        var flow = Workflow.named("flow");
        var only = holder(flow, "only", two);

        assertThat(flow.run(options).orThrow().result(only)).isEqualTo(RunState.SUCCEEDED);
    }

    private Workflow pair(Limit left, Limit right, Limit inLeft, Limit inRight) {
        var flow = Workflow.named("flow");
        for (String side : new String[] {"left", "right"}) {
            boolean isLeft = side.equals("left");
            var nested = Workflow.named(side);
            var first = nested.action("first", context -> context.sleep(SECOND.multipliedBy(isLeft ? 1 : 2)));
            nested.action("query", () -> {}).limit(isLeft ? inLeft : inRight).requires(first);
            flow.add(nested).limit(isLeft ? left : right).critical(false);
        }
        return flow;
    }

    @Test
    void a_ring_over_several_limits_is_found_by_the_one_that_closes_it_and_all_in_it_are_named() {
        Limit disk = Limit.named("disk", 1);

        RunReport report = pair(db, disk, disk, db).run(options);

        assertThat(report.failures()).extracting(JobReport::path).containsExactly("right/query", "right");
        assertThat(diagnosis(report, "right/query"))
                .isEqualTo("A job must not wait for those who wait for it, but \"flow/right/query\" needs a slot of"
                        + " limit \"db\", and all of them are held by \"flow/left\"; \"flow/left/query\" needs a slot"
                        + " of limit \"disk\", and all of them are held by \"flow/right\"; and each of them ends only"
                        + " after one of those who need a slot. Give a limit more slots, or take it off one of them.");
        assertThat(report.summary().elapsed()).isEqualTo(SECOND.multipliedBy(2));
    }

    @Test
    void a_line_over_several_limits_is_no_ring() {
        Limit disk = Limit.named("disk", 1);
        Limit third = Limit.named("third", 1);
        var flow = pair(db, disk, disk, third);
        flow.action("works", context -> context.sleep(SECOND.multipliedBy(5))).limit(third);

        RunReport report = flow.run(options);

        assertThat(report.failures()).isEmpty();
        assertThat(report.summary().elapsed()).isEqualTo(SECOND.multipliedBy(5));
    }

    @Test
    void a_forever_job_that_waits_for_a_slot_is_waited_for_by_nobody() {
        var flow = Workflow.named("flow");
        flow.action("holder", context -> {
                    var nested = Workflow.named("nested");
                    nested.action("finite", within -> within.sleep(SECOND));
                    nested.action("forever", () -> {}).limit(db).forever(true);
                    context.run(nested).orThrow();
                })
                .limit(db);

        assertThat(flow.run(options).succeeded()).isTrue();
    }

    @Test
    void another_run_that_needs_the_limit_is_served_afterwards() {
        var stalled = Workflow.named("stalled");
        holder(stalled, "holder", db);
        stalled.run(options).orThrow();
        var next = Workflow.named("next");
        next.action("query", () -> {}).limit(db);

        assertThat(next.run(options).succeeded()).isTrue();
        assertThat(db.holders()).isEmpty();
        assertThat(db.waiters()).isEmpty();
    }
}
