package io.orrery.report;

import static io.orrery.job.Condition.failed;
import static io.orrery.job.Condition.succeeded;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Job;
import io.orrery.job.State;
import io.orrery.spec.Spec;
import io.orrery.testing.Recorded;
import io.orrery.workflow.Workflow;
import org.junit.jupiter.api.Test;

class TreeTest {

    private static Workflow nightly() {
        var load = Workflow.named("loadtest");
        Job<?> warm = load.action("warm", () -> {});
        load.action("measure", () -> {}).requires(warm);
        var nightly = Workflow.named("nightly");
        Job<?> build = nightly.action("build", () -> {});
        Job<?> web1 = nightly.action("deploy[web1]", () -> {}).requires(build);
        Job<?> web2 = nightly.action("deploy[web2]", () -> {}).requires(build);
        Job<?> ping = nightly.action("ping", () -> {}).requires(web1, web2);
        Job<?> loadtest = nightly.add(load).requires(ping);
        nightly.action("report", () -> {}).requires(succeeded(loadtest));
        nightly.forever("monitor", () -> {}).critical(false);
        return nightly;
    }

    @Test
    void chains_stay_on_a_line_branches_go_below_and_what_was_drawn_stands_in_parentheses() {
        assertThat(GraphText.of(nightly()).tree()).isEqualTo("""
            build
            ├─▶ deploy[web1]
            │   └─▶ ping ─▶ loadtest [[nested]] ─succeeded▶ report
            └─▶ deploy[web2] ─▶ (ping)
            monitor ∞ (not critical)

            loadtest:
              warm ─▶ measure
            """);
    }

    @Test
    void where_the_charset_lacks_the_strokes_it_is_ascii() {
        assertThat(GraphText.of(nightly()).charset(US_ASCII).legend(true).tree())
                .isEqualTo("""
                    build
                    |-> deploy[web1]
                    |   `-> ping -> loadtest [[nested]] -succeeded> report
                    `-> deploy[web2] -> (ping)
                    monitor 8 (not critical)

                    loadtest:
                      warm -> measure

                    8 forever, [[nested]] its jobs are below, (x) x is drawn above, ... goes on below
                    """);
    }

    @Test
    @Spec("GB-06")
    void of_a_run_each_job_shows_its_state_and_duration() {
        var report = Recorded.of(nightly())
                .succeeded("build", 0, 112_000, 1)
                .running("deploy[web1]", 112_000)
                .state("deploy[web2]", State.QUEUED)
                .running("monitor", 0)
                .report();

        assertThat(GraphText.of(report).tree()).isEqualTo("""
            ✔ build 1m52s
            ├─▶ ◐ deploy[web1]
            │   └─▶ ◔ ping ─▶ ○ loadtest [[nested]] ─succeeded▶ ○ report
            └─▶ ◑ deploy[web2] ─▶ (ping)
            ◐ monitor ∞ (not critical)

            loadtest:
              ○ warm ─▶ ○ measure
            """);
        assertThat(GraphText.of(report).charset(US_ASCII)).hasToString("""
            + build 1m52s
            |-> > deploy[web1]
            |   `-> w ping -> . loadtest [[nested]] -succeeded> . report
            `-> q deploy[web2] -> (ping)
            > monitor 8 (not critical)

            loadtest:
              . warm -> . measure
            """);
    }

    @Test
    void nested_workflows_come_below_under_their_paths() {
        var inner = Workflow.named("inner");
        inner.action("x", () -> {});
        var outer = Workflow.named("outer");
        outer.add(inner);
        outer.add(Workflow.named("empty"));
        var main = Workflow.named("main");
        main.add(outer);

        assertThat(GraphText.of(main).tree()).isEqualTo("""
            outer [[nested]]

            outer:
              inner [[nested]]
              empty [[nested]]

            outer/inner:
              x

            outer/empty:
              (no jobs)
            """);
    }

    @Test
    void odd_labels_stay_on_their_line() {
        var odd = Workflow.named("odd");
        Job<?> a = odd.action("a", () -> {}).label("two\nlines");
        odd.action("b", () -> {}).label("").requires(failed(a));

        assertThat(GraphText.of(odd).tree()).isEqualTo("two\\nlines ─failed▶ \"\"\n");
    }

    @Test
    void a_long_chain_goes_on_below_when_the_line_is_full() {
        var chain = Workflow.named("chain");
        Job<?> last = chain.action("step 1", () -> {});
        for (int i = 2; i <= 12; i++) {
            last = chain.action("step " + i, () -> {}).requires(last);
        }

        assertThat(GraphText.of(chain).tree()).isEqualTo("""
            step 1 ─▶ step 2 ─▶ step 3 ─▶ step 4 ─▶ step 5 ─▶ step 6 ─▶ step 7 ─▶ step 8 ─▶ step 9 ─▶ step 10
            └─▶ step 11 ─▶ step 12
            """);
    }

    @Test
    void a_chain_of_a_hundred_thousand_jobs_and_one_of_ten_thousand_forks_are_drawn() {
        var chain = Workflow.named("chain");
        Job<?> last = chain.action("0", () -> {});
        for (int i = 1; i < 100_000; i++) {
            last = chain.action(Integer.toString(i), () -> {}).requires(last);
        }
        var forks = Workflow.named("forks");
        last = forks.action("0", () -> {});
        for (int i = 1; i < 2_000; i++) {
            Job<?> next = forks.action(Integer.toString(i), () -> {}).requires(last);
            forks.action("leaf " + i, () -> {}).requires(last);
            last = next;
        }

        assertThat(GraphText.of(chain).tree()).endsWith("99999\n").hasSizeLessThan(5_000_000);
        assertThat(GraphText.of(forks).tree()).contains("leaf 1999\n").hasSizeLessThan(500_000);
    }

    @Test
    void what_would_be_too_far_to_the_right_goes_on_from_the_left_further_below() {
        var deep = Workflow.named("deep");
        Job<?> last = deep.action("1", () -> {});
        for (int i = 2; i <= 19; i++) {
            Job<?> next = deep.action(Integer.toString(i), () -> {}).requires(last);
            deep.action(i + " aside", () -> {}).requires(last);
            last = next;
        }
        deep.action("other", () -> {});

        assertThat(GraphText.of(deep).tree().lines().filter(line -> !line.endsWith("aside")))
                .startsWith("1", "├─▶ 2", "│   ├─▶ 3", "│   │   ├─▶ 4")
                .endsWith("│   ".repeat(15) + "├─▶ 17 ...", "(17)", "├─▶ 18", "│   ├─▶ 19", "other");
    }
}
