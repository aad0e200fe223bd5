package io.orrery.report;

import static io.orrery.job.Condition.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Job;
import io.orrery.spec.Spec;
import io.orrery.testing.Recorded;
import io.orrery.workflow.Workflow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Spec("GB-23")
class MermaidTest {

    @Test
    void nested_workflows_are_subgraphs_and_styles_are_classes() {
        var lab = Workflow.named("lab");
        Job<?> warm = lab.action("warm", () -> {});
        lab.action("measure", () -> {}).requires(warm).critical(false);
        var main = Workflow.named("main");
        Job<?> build = main.action("build", () -> {});
        Job<?> nested = main.add(lab).requires(build);
        main.action("undo", () -> {}).requires(failed(nested), build).critical(false);
        main.add(Workflow.named("empty")).requires(nested);
        main.forever("monitor", () -> {});

        assertThat(GraphText.of(main).mermaid()).isEqualTo("""
            flowchart LR
                j1("build")
                subgraph j2["lab"]
                    j3("warm")
                    j4("measure")
                    j3 --> j4
                end
                j1 --> j2
                j5("undo")
                j2 -->|failed| j5
                j1 --> j5
                subgraph j6["empty"]
                    j6e[" "]
                end
                j2 --> j6
                j7("monitor")
                classDef critical stroke:red,stroke-width:3px
                classDef anchor fill:none,stroke:none
                classDef forever stroke-dasharray:5 5
                class j1,j3,j2,j6,j7 critical
                class j6e anchor
                class j7 forever
            """);
    }

    @Test
    @Spec("GB-06")
    void of_a_run_each_job_shows_its_state_and_duration_and_the_legend_the_colours() {
        var main = Workflow.named("main");
        Job<?> a = main.action("a", () -> {}).critical(false);
        main.action("b", () -> {}).critical(false).graphLabel("b\nb").requires(a);
        var report = Recorded.of(main)
                .failed("a", 0, 1500, new Exception())
                .notRun("b", "cancelled")
                .report();

        assertThat(GraphText.of(report).legend(true).mermaid()).isEqualTo("""
            flowchart LR
                j1("a<br/>failed 1.5s")
                j2("b<br/>b<br/>not-run")
                j1 --> j2
                subgraph legend["legend"]
                    legend_job("job")
                    legend_nested["nested workflow"]
                    legend_forever("forever")
                    legend_critical("critical")
                    legend_state_failed("failed")
                    legend_state_not_run("not-run")
                end
                classDef state_failed fill:#ffcdd2,color:#000
                classDef state_not_run fill:#f5f5f5,color:#000
                classDef forever stroke-dasharray:5 5
                classDef critical stroke:red,stroke-width:3px
                class j1,legend_state_failed state_failed
                class j2,legend_state_not_run state_not_run
                class legend_forever forever
                class legend_critical critical
            """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "deploy[web1] (eu-1.2) | deploy[web1] (eu-1.2)",
                "say \"hi\" | say #34;hi#34;",
                "a #35; b | a #35;35#59; b",
                "<b>x</b> & y | #60;b#62;x#60;/b#62; #38; y",
                "%%{init: {}}%% | #37;#37;#123;init: #123;#125;#125;#37;#37;",
                "`code` *bold* _it_ ~x~ | #96;code#96; #42;bold#42; #95;it#95; #126;x#126;",
                "1. first | 1#46; first",
                "12) first | 12#41; first",
                "- item | #45; item",
                "+ item | #43; item",
                "end | end",
                "42 | 42",
                "ä 漢字 🚀 | ä 漢字 🚀",
                "back\\slash | back#92;slash"
            })
    void every_label_is_shown_exactly_as_it_is(String label, String escaped) {
        assertThat(Mermaid.escaped(label)).isEqualTo(escaped);
    }

    @Test
    void line_ends_become_breaks_and_control_characters_blanks() {
        assertThat(Mermaid.escaped("a\r\nb\rc\n")).isEqualTo("a<br/>b<br/>c<br/>");
        assertThat(Mermaid.escaped("nul \0 bell \7 tab \t.")).isEqualTo("nul   bell   tab  .");
        assertThat(Mermaid.escaped("")).isEmpty();
    }
}
