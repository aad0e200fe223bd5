package io.orrery.outcome;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.Job;
import io.orrery.job.JobBody;
import io.orrery.job.JobContext;
import io.orrery.job.JobOutcome.Cancelled;
import io.orrery.job.JobOutcome.TimedOut;
import io.orrery.job.Print;
import io.orrery.job.State;
import io.orrery.plan.InvalidPlanException;
import io.orrery.spec.Spec;
import io.orrery.testing.Recorded;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListingTest {

    private static String unicode(RunReport report) {
        return Listing.of(report).charset(UTF_8).text();
    }

    private static String ascii(RunReport report) {
        return Listing.of(report).charset(US_ASCII).text();
    }

    private static Workflow withEveryState() {
        var all = Workflow.named("all");
        for (boolean critical : new boolean[] {true, false}) {
            String suffix = critical ? "" : " (nc)";
            for (String state : List.of(
                    "idle",
                    "queued",
                    "running",
                    "retrying",
                    "done",
                    "failed",
                    "timed out",
                    "cancelled",
                    "cancelled between attempts",
                    "skipped",
                    "not run")) {
                all.action(state + suffix, () -> {}).critical(critical);
            }
        }
        all.forever("forever", () -> {});
        return all;
    }

    private static RunReport inEveryState() {
        Recorded run = Recorded.of(withEveryState());
        for (String suffix : List.of("", " (nc)")) {
            run.state("queued" + suffix, State.QUEUED)
                    .running("running" + suffix, 1)
                    .state("retrying" + suffix, State.RETRYING)
                    .succeeded("done" + suffix, 1, 2, 100)
                    .failed("failed" + suffix, 1, 2, new IllegalStateException("boom"))
                    .ended("timed out" + suffix, 1, 2, new TimedOut(Duration.ofSeconds(2), null))
                    .ended("cancelled" + suffix, 1, 2, new Cancelled("run timed out", null, null))
                    .ended(
                            "cancelled between attempts" + suffix,
                            1,
                            2,
                            new Cancelled("run timed out", new IllegalStateException("boom"), null))
                    .skipped("skipped" + suffix, "a must have succeeded, but failed")
                    .notRun("not run" + suffix, "run timed out");
        }
        return run.ended("forever", 1, 2, new Cancelled("run finished", null, null))
                .report();
    }

    @Test
    @Spec({"A-098", "A-099", "A-100", "A-102", "GB-06"})
    void each_state_has_a_badge_of_seven_columns_and_a_result() {
        assertThat(unicode(inEveryState())).isEqualTo("""
            01 ⚠   ⚐   <Job `idle`> [not done]
            02 ⚠   ⚑   <Job `queued`> [not done]
            03 ⚠ ☉ ↺   <Job `running`> [not done]
            04 ⚠ ★ ↺   <Job `retrying`> [not done]
            05 ⚠ ☉ ☓   <Job `done`> [[ -> 100]]
            06 ⚠ ★ ☓   <Job `failed`> !! CRIT. EXC. => IllegalStateException:boom!!
            07 ⚠ ★ ☓   <Job `timed out`> !! CRIT. EXC. => TimeoutException:took longer than 2s!!
            08 ⚠   ⊘   <Job `cancelled`> [cancelled: run timed out]
            09 ⚠ ★ ⊘   <Job `cancelled between attempts`> [cancelled: run timed out]
            10 ⚠   ⤼   <Job `skipped`> [skipped: a must have succeeded, but failed]
            11 ⚠   ⚐   <Job `not run`> [not-run: run timed out]
            12     ⚐   <Job `idle (nc)`> [not done]
            13     ⚑   <Job `queued (nc)`> [not done]
            14   ☉ ↺   <Job `running (nc)`> [not done]
            15   ★ ↺   <Job `retrying (nc)`> [not done]
            16   ☉ ☓   <Job `done (nc)`> [[ -> 100]]
            17   ★ ☓   <Job `failed (nc)`> !! exception => IllegalStateException:boom!!
            18   ★ ☓   <Job `timed out (nc)`> !! exception => TimeoutException:took longer than 2s!!
            19     ⊘   <Job `cancelled (nc)`> [cancelled: run timed out]
            20   ★ ⊘   <Job `cancelled between attempts (nc)`> [cancelled: run timed out]
            21     ⤼   <Job `skipped (nc)`> [skipped: a must have succeeded, but failed]
            22     ⚐   <Job `not run (nc)`> [not-run: run timed out]
            23 ⚠   ⊘ ∞ <Job `forever`> [cancelled: run finished]
            """);
    }

    private static RunReport withEveryCombination() {
        var all = Workflow.named("display");
        Job<?> last = null;
        for (String state : List.of("idle", "scheduled", "running", "boom", "done")) {
            for (String flags : List.of("fc", "c", "f", "-")) {
                Job<?> job = all.action(state + " " + flags, () -> {});
                job.critical(flags.contains("c")).forever(flags.contains("f"));
                if (last != null && (job.isForever() || !last.isForever())) {
                    job.requires(last);
                }
                last = job;
            }
        }
        Recorded run = Recorded.of(all);
        for (String flags : List.of("fc", "c", "f", "-")) {
            run.state("scheduled " + flags, State.QUEUED)
                    .running("running " + flags, 1)
                    .failed("boom " + flags, 1, 2, new IllegalStateException("True"))
                    .succeeded("done " + flags, 1, 2, 0);
        }
        return run.report();
    }

    @Test
    @Spec({"A-098", "A-099", "A-100", "A-101", "A-102"})
    void test_display_every_combination_of_state_failure_critical_and_forever() {
        assertThat(unicode(withEveryCombination())).isEqualTo("""
            01 ⚠   ⚐ ∞ <Job `idle fc`> [not done]
            02 ⚠   ⚐   <Job `idle c`> [not done]
            03     ⚐ ∞ <Job `idle f`> [not done] requires={02}
            04     ⚐   <Job `idle -`> [not done]
            05 ⚠   ⚑ ∞ <Job `scheduled fc`> [not done] requires={04}
            06 ⚠   ⚑   <Job `scheduled c`> [not done]
            07     ⚑ ∞ <Job `scheduled f`> [not done] requires={06}
            08     ⚑   <Job `scheduled -`> [not done]
            09 ⚠ ☉ ↺ ∞ <Job `running fc`> [not done] requires={08}
            10 ⚠ ☉ ↺   <Job `running c`> [not done]
            11   ☉ ↺ ∞ <Job `running f`> [not done] requires={10}
            12   ☉ ↺   <Job `running -`> [not done]
            13 ⚠ ★ ☓ ∞ <Job `boom fc`> !! CRIT. EXC. => IllegalStateException:True!! requires={12}
            14 ⚠ ★ ☓   <Job `boom c`> !! CRIT. EXC. => IllegalStateException:True!!
            15   ★ ☓ ∞ <Job `boom f`> !! exception => IllegalStateException:True!! requires={14}
            16   ★ ☓   <Job `boom -`> !! exception => IllegalStateException:True!!
            17 ⚠ ☉ ☓ ∞ <Job `done fc`> [[ -> 0]] requires={16}
            18 ⚠ ☉ ☓   <Job `done c`> [[ -> 0]]
            19   ☉ ☓ ∞ <Job `done f`> [[ -> 0]] requires={18}
            20   ☉ ☓   <Job `done -`> [[ -> 0]]
            """);
    }

    @Test
    @Spec("A-098")
    void where_the_charset_lacks_the_signs_the_badge_is_ascii_and_has_eight_columns() {
        assertThat(ascii(inEveryState()).lines().limit(11))
                .containsExactly(
                        "01 !    >   <Job `idle`> [not done]",
                        "02 !    .   <Job `queued`> [not done]",
                        "03 ! :) o   <Job `running`> [not done]",
                        "04 ! :( o   <Job `retrying`> [not done]",
                        "05 ! :) x   <Job `done`> [[ -> 100]]",
                        "06 ! :( x   <Job `failed`> !! CRIT. EXC. => IllegalStateException:boom!!",
                        "07 ! :( x   <Job `timed out`> !! CRIT. EXC. => TimeoutException:took longer than 2s!!",
                        "08 !    c   <Job `cancelled`> [cancelled: run timed out]",
                        "09 ! :( c   <Job `cancelled between attempts`> [cancelled: run timed out]",
                        "10 !    s   <Job `skipped`> [skipped: a must have succeeded, but failed]",
                        "11 !    >   <Job `not run`> [not-run: run timed out]");
        assertThat(ascii(inEveryState()).lines()).last().asString().startsWith("23 !    c 8 <Job `forever`>");
    }

    @Test
    @Spec({"A-098", "A-106"})
    void a_job_report_reads_as_its_badge_body_result_and_requirements() {
        var etl = Workflow.named("etl");
        Job<?> fetch = etl.job("fetch", () -> 1);
        Job<?> check = etl.job("check", () -> 2);
        etl.job("load", () -> 3).requires(fetch, check);
        RunReport report = Recorded.of(etl).succeeded("fetch", 0, 1, 1).report();

        boolean pictures = Alphabet.ofStandardOutput() == Alphabet.UNICODE;

        assertThat(report.jobs().getFirst())
                .hasToString((pictures ? "⚠ ☉ ☓  " : "! :) x  ") + " <Job `fetch`> [[ -> 1]]");
        assertThat(report.jobs().getLast())
                .hasToString((pictures ? "⚠   ⚐  " : "!    >  ") + " <Job `load`> [not done] requires={fetch, check}");
    }

    private static Workflow nested() {
        var deepest = Workflow.named("deepest");
        deepest.action("d1", () -> {});
        var sub = Workflow.named("sub");
        Job<?> s1 = sub.action("s1", () -> {});
        Job<?> s2 = sub.action("s2", () -> {}).requires(s1);
        Job<?> s3 = sub.action("s3", () -> {}).requires(s1);
        sub.action("s4", () -> {}).requires(s2, s3);
        sub.add(deepest).requires(s1);
        var main = Workflow.named("main");
        Job<?> start = main.action("start", () -> {});
        Job<?> middle = main.add(sub).requires(start);
        main.action("end", () -> {}).requires(middle);
        return main;
    }

    @Test
    @Spec({"A-097", "A-101", "A-102", "GB-24"})
    void nested_jobs_follow_indented_and_an_end_line_closes_them_under_one_numbering() {
        assertThat(unicode(RunReport.idle(nested().plan()))).isEqualTo("""
            1 ⚠   ⚐   <Job `start`> [not done]
            2 ⚠   ⚐   <Workflow `sub`> [not done] requires={1} -> entries={3}
            3 ⚠   ⚐   > <Job `s1`> [not done]
            4 ⚠   ⚐   > <Job `s2`> [not done] requires={3}
            5 ⚠   ⚐   > <Job `s3`> [not done] requires={3}
            6 ⚠   ⚐   > <Job `s4`> [not done] requires={4, 5}
            7 ⚠   ⚐   > <Workflow `deepest`> [not done] requires={3} -> entries={8}
            8 ⚠   ⚐   >> <Job `d1`> [not done]
            7 --end-- << <Workflow `deepest`> exits={8}
            2 --end-- < <Workflow `sub`> exits={6, 7}
            9 ⚠   ⚐   <Job `end`> [not done] requires={2}
            """);
    }

    @Test
    @Spec({"A-097", "GB-24"})
    void a_nested_run_keeps_the_numbers_of_the_outermost_listing() {
        Workflow main = nested();
        Recorded sub = Recorded.of(main.plan().nested(1).orElseThrow()).succeeded("s1", 2, 3, 7);

        RunReport report =
                Recorded.of(main).running("sub", 1).inside("sub", sub).report();

        assertThat(unicode(report).lines().skip(1).limit(2))
                .containsExactly(
                        "2 ⚠ ☉ ↺   <Workflow `sub`> [not done] requires={1} -> entries={3}",
                        "3 ⚠ ☉ ☓   > <Job `s1`> [[ -> 7]]");
    }

    @ParameterizedTest
    @CsvSource({"9, 1, 9", "10, 01, 10", "99, 01, 99", "100, 001, 100", "1000, 0001, 1000"})
    @Spec({"A-097", "GB-24"})
    void ranks_are_all_equally_wide(int size, String first, String last) {
        var wide = Workflow.named("wide");
        for (int i = 0; i < size; i++) {
            wide.action("job", () -> {});
        }

        List<String> lines = wide.list().lines().toList();

        assertThat(lines).hasSize(size);
        assertThat(lines.getFirst()).startsWith(first + " ");
        assertThat(lines.getLast()).startsWith(last + " ");
    }

    @Test
    @Spec({"A-101", "A-117", "GB-09"})
    void jobs_come_in_order_of_declaration_and_requirements_in_order_of_rank() {
        var late = Workflow.named("late");
        Job<?> last = late.action("last", () -> {});
        Job<?> b = late.action("b", () -> {});
        Job<?> a = late.action("a", () -> {});
        last.requires(a, b);

        assertThat(unicode(RunReport.idle(late.plan()))).isEqualTo("""
            1 ⚠   ⚐   <Job `b`> [not done]
            2 ⚠   ⚐   <Job `a`> [not done]
            3 ⚠   ⚐   <Job `last`> [not done] requires={1, 2}
            """);
    }

    @Test
    @Spec("A-102")
    void entries_and_exits_are_empty_where_there_are_none() {
        var ticking = Workflow.named("ticking");
        ticking.forever("tick", () -> {});
        var main = Workflow.named("main");
        main.add(Workflow.named("empty"));
        main.add(ticking);

        assertThat(unicode(RunReport.idle(main.plan()))).isEqualTo("""
            1 ⚠   ⚐   <Workflow `empty`> [not done] -> entries=
            1 --end-- < <Workflow `empty`> exits=
            2 ⚠   ⚐   <Workflow `ticking`> [not done] -> entries={3}
            3 ⚠   ⚐ ∞ > <Job `tick`> [not done]
            2 --end-- < <Workflow `ticking`> exits=
            """);
    }

    @Test
    @Spec("A-102")
    void an_empty_workflow_lists_nothing() {
        assertThat(Workflow.named("empty").list()).isEmpty();
    }

    private static final class Sweep implements JobBody<String> {
        @Override
        public String run(JobContext context) {
            return "swept";
        }

        @Override
        public String describe() {
            return "under the bed\nand behind the stove";
        }
    }

    /** Fails when asked about itself. */
    private static final class Broken implements JobBody<Integer> {
        @Override
        public Integer run(JobContext context) {
            return 1;
        }

        @Override
        public String describe() {
            throw new IllegalStateException("no words");
        }

        @Override
        public String kind() {
            throw new IllegalStateException("no kind");
        }
    }

    @Test
    @Spec({"A-099", "A-103"})
    void details_of_bodies_follow_their_lines_and_classes_give_their_names() {
        var house = Workflow.named("house");
        house.job("sweep", new Sweep());
        house.job("say", Print.of("hello", "world").pause(Duration.ofSeconds(1)));
        house.job("lambda", context -> 1);
        house.job("anonymous", new JobBody<Integer>() {
            @Override
            public Integer run(JobContext context) {
                return 1;
            }
        });
        house.job("broken", new Broken());
        RunReport report = RunReport.idle(house.plan());

        assertThat(Listing.of(report).charset(UTF_8).details(true).text()).isEqualTo("""
            1 ⚠   ⚐   <Sweep `sweep`> [not done]
            under the bed
            and behind the stove
            2 ⚠   ⚐   <Print `say`> [not done]
            [+ sleep 1s] msg= hello...
            3 ⚠   ⚐   <Job `lambda`> [not done]
            4 ⚠   ⚐   <Job `anonymous`> [not done]
            5 ⚠   ⚐   <(kind failed: java.lang.IllegalStateException: no kind) `broken`> [not done]
            (describe failed: java.lang.IllegalStateException: no words)
            """);
        assertThat(Listing.of(report).details(true).details(false).text()).doesNotContain("under the bed");
    }

    @Test
    @Spec({"A-099", "A-100"})
    void a_result_that_contains_itself_and_a_message_without_end_spoil_neither_listing_nor_debrief() {
        var odd = Workflow.named("odd");
        odd.action("round", () -> {});
        odd.action("endless", () -> {});
        var round = new ArrayList<Object>();
        round.add(List.of(round));
        RunReport report = Recorded.of(odd)
                .succeeded("round", 0, 1, round)
                .failed("endless", 0, 1, new IllegalStateException() {
                    @Override
                    public String getMessage() {
                        throw new StackOverflowError();
                    }
                })
                .report();

        assertThat(unicode(report))
                .contains("(its toString failed: java.lang.StackOverflowError)")
                .contains("(its getMessage failed: java.lang.StackOverflowError)");
        assertThat(report.debrief()).contains("(its stack trace failed: java.lang.StackOverflowError)");
    }

    @Test
    @Spec({"A-099", "A-100"})
    void labels_keep_their_line_breaks_but_results_are_one_line_and_can_not_break_the_listing() {
        var odd = Workflow.named("odd");
        odd.action("first", () -> {}).label("two\nlines");
        odd.action("text", () -> {});
        odd.action("long", () -> {});
        odd.action("evil", () -> {});
        odd.action("silent", () -> {});
        odd.action("nothing", () -> {});
        RunReport report = Recorded.of(odd)
                .succeeded("text", 0, 1, "a\r\nb\nc")
                .succeeded("long", 0, 1, "x".repeat(100_000))
                .succeeded("evil", 0, 1, new Object() {
                    @Override
                    public String toString() {
                        throw new IllegalStateException("no");
                    }
                })
                .failed("silent", 0, 1, new IllegalStateException())
                .succeeded("nothing", 0, 1, null)
                .report();

        assertThat(unicode(report)).isEqualTo("""
            1 ⚠   ⚐   <Job `two
            lines`> [not done]
            2 ⚠ ☉ ☓   <Job `text`> [[ -> a\\nb\\nc]]
            3 ⚠ ☉ ☓   <Job `long`> [[ -> %s...]]
            4 ⚠ ☉ ☓   <Job `evil`> [[ -> (its toString failed: java.lang.IllegalStateException)]]
            5 ⚠ ★ ☓   <Job `silent`> !! CRIT. EXC. => IllegalStateException:!!
            6 ⚠ ☉ ☓   <Job `nothing`> [[ -> null]]
            """.formatted("x".repeat(500)));
    }

    @Test
    @Spec("A-102")
    void a_run_made_on_the_fly_follows_the_job_that_made_it_and_leaves_the_other_numbers_alone() {
        var parts = Workflow.named("parts");
        Job<?> one = parts.action("one", () -> {});
        parts.action("two", () -> {}).requires(one);
        var main = Workflow.named("main");
        Job<?> fan = main.action("fan out", () -> {});
        main.action("after", () -> {}).requires(fan);
        Recorded run = Recorded.of(parts).succeeded("one", 1, 2, 1).running("two", 2);

        assertThat(unicode(Recorded.of(main)
                        .running("fan out", 0)
                        .inside("fan out", run)
                        .report()))
                .isEqualTo("""
                    1 ⚠ ☉ ↺   <Job `fan out`> [not done]
                    1 --run-- <Workflow `parts`> -> entries={3}
                    3 ⚠ ☉ ☓   > <Job `one`> [[ -> 1]]
                    4 ⚠ ☉ ↺   > <Job `two`> [not done] requires={3}
                    1 --end-- < <Workflow `parts`> exits={4}
                    2 ⚠   ⚐   <Job `after`> [not done] requires={1}
                    """);
    }

    @Test
    @Spec("A-104")
    void a_workflow_with_a_cycle_is_listed_only_by_the_safe_listing() {
        var ring = Workflow.named("ring");
        Job<?> a = ring.action("a", () -> {});
        Job<?> b = ring.action("b", () -> {}).requires(a);
        a.requires(b);

        assertThatThrownBy(ring::list).isInstanceOf(InvalidPlanException.class).hasMessageContaining("ring");
        assertThat(ring.listSafe().lines()).hasSize(2).allMatch(line -> line.contains("requires"));
    }
}
