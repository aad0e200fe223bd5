package io.orrery.report;

import static io.orrery.job.Condition.failed;
import static io.orrery.job.Condition.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.Job;
import io.orrery.job.JobOutcome.Cancelled;
import io.orrery.outcome.RunReport;
import io.orrery.plan.InvalidPlanException;
import io.orrery.spec.Spec;
import io.orrery.testing.Recorded;
import io.orrery.workflow.Workflow;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DotTest {

    /** The text, which was also read. */
    private static String dot(Workflow workflow) {
        String text = GraphText.of(workflow).dot();
        DotSyntax.parse(text);
        return text;
    }

    private static Workflow named(String name, String... labels) {
        var workflow = Workflow.named(name);
        for (String label : labels) {
            workflow.action(label, () -> {});
        }
        return workflow;
    }

    @Test
    @Spec({"A-108", "A-109", "A-110", "A-112", "A-117"})
    void jobs_come_in_topological_order_each_followed_by_its_edges() {
        var flow = Workflow.named("flow");
        Job<?> late = flow.action("late", () -> {});
        Job<?> a = flow.action("a", () -> {});
        Job<?> b = flow.action("b", () -> {}).critical(false);
        late.requires(b, a);
        flow.forever("tick", () -> {}).requires(a);

        assertThat(dot(flow)).isEqualTo("""
            digraph "flow" {
              compound=true;
              graph [];
              1 [style="rounded",label="1: a",shape="box",color="red",penwidth="2"];
              2 [style="rounded",label="2: b",shape="box",penwidth="0.5"];
              3 [style="rounded,dashed",label="3: tick",shape="box",color="red",penwidth="2"];
              1 -> 3;
              4 [style="rounded",label="4: late",shape="box",color="red",penwidth="2"];
              2 -> 4;
              1 -> 4;
            }
            """);
    }

    @Test
    @Spec("A-108")
    void a_workflow_with_a_cycle_has_no_graph() {
        var ring = Workflow.named("ring");
        Job<?> a = ring.action("a", () -> {});
        a.requires(ring.action("b", () -> {}).requires(a));

        assertThatThrownBy(() -> GraphText.of(ring)).isInstanceOf(InvalidPlanException.class);
    }

    @Test
    @Spec({"A-108", "GB-23"})
    void an_empty_workflow_is_an_empty_graph() {
        assertThat(dot(Workflow.named("nothing")))
                .isEqualTo("digraph \"nothing\" {\n  compound=true;\n  graph [];\n}\n");
    }

    @Test
    @Spec({"A-110", "A-009"})
    void a_graph_label_is_shown_as_it_is_and_an_empty_label_shows_the_rank_alone() {
        var flow = Workflow.named("flow");
        flow.action("a", () -> {}).graphLabel("several\nlines");
        flow.action("b", () -> {}).label("");
        flow.action("c", () -> {}).label(() -> "computed");
        flow.add(named("")).label("");

        DotSyntax.Cluster graph = DotSyntax.parse(dot(flow));

        assertThat(graph.nodes.values())
                .extracting(attributes -> attributes.get("label"))
                .containsExactly("several\nlines", "2", "3: computed");
        assertThat(graph.clusters.getFirst().attributes).containsEntry("label", "4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quote \" quote",
                "trailing \\",
                "\\\"",
                "two characters \\n",
                "\\N \\G \\l",
                "<b>html</b>",
                "<>",
                "a\nb",
                "&amp; & &lt; &#65;",
                "umlaut ä, 漢字, 🚀",
                "; } -> {",
                "[label=\"x\"]",
                "// # /* */",
                "'",
                "\\\\\\"
            })
    @Spec({"A-111", "GB-23"})
    void every_label_is_shown_exactly_as_it_is(String label) {
        var flow = Workflow.named(label);
        flow.action("job", () -> {}).label(label);
        flow.add(named("nested", "inner")).label(label);

        DotSyntax.Cluster graph = DotSyntax.parse(GraphText.of(flow).dot());

        assertThat(graph.name).isEqualTo(label);
        assertThat(graph.nodes.get("1")).containsEntry("label", "1: " + label);
        assertThat(graph.clusters.getFirst().attributes).containsEntry("label", "2: " + label);
    }

    @Test
    @Spec({"A-111", "GB-23"})
    void other_line_ends_become_line_feeds_and_control_characters_blanks() {
        assertThat(Dot.quoted("a\r\nb\rc\r")).isEqualTo("\"a\\nb\\nc\\n\"");
        assertThat(Dot.quoted("nul \0 bell \7 tab \t.")).isEqualTo("\"nul   bell   tab  .\"");
    }

    @Test
    @Spec({"A-113", "GB-24"})
    void a_nested_workflow_is_a_cluster_with_square_corners_and_edges_are_cut_off_at_it() {
        var sub = Workflow.named("sub");
        Job<?> s1 = sub.action("s1", () -> {});
        sub.action("s2", () -> {}).requires(s1);
        var main = Workflow.named("main");
        Job<?> begin = main.action("begin", () -> {});
        Job<?> middle = main.add(sub).requires(begin).critical(false);
        Job<?> other = main.add(named("other", "o1")).requires(middle).forever(true);
        main.action("end", () -> {}).requires(middle);
        assertThat(other.isForever()).isTrue();

        assertThat(dot(main)).isEqualTo("""
            digraph "main" {
              compound=true;
              graph [];
              1 [style="rounded",label="1: begin",shape="box",color="red",penwidth="2"];
              subgraph cluster_2 {
                graph [style="",label="2: sub",shape="box",penwidth="0.5"];
                3 [style="rounded",label="3: s1",shape="box",color="red",penwidth="2"];
                4 [style="rounded",label="4: s2",shape="box",color="red",penwidth="2"];
                3 -> 4;
              }
              1 -> 3 [lhead=cluster_2];
              subgraph cluster_5 {
                graph [style="dashed",label="5: other",shape="box",color="red",penwidth="2"];
                6 [style="rounded",label="6: o1",shape="box",color="red",penwidth="2"];
              }
              4 -> 6 [lhead=cluster_5 ltail=cluster_2];
              7 [style="rounded",label="7: end",shape="box",color="red",penwidth="2"];
              4 -> 7 [ltail=cluster_2];
            }
            """);
    }

    @Test
    @Spec({"A-113", "GB-23"})
    void edges_end_at_the_middle_job_however_deep_it_is_nested() {
        var depth3 = named("depth3", "c1", "c2", "c3", "c4");
        var depth2 = named("depth2", "b1");
        depth2.add(depth3);
        depth2.action("b2", () -> {});
        var depth1 = named("depth1");
        depth1.add(depth2);
        var main = Workflow.named("main");
        Job<?> begin = main.action("begin", () -> {});
        Job<?> nest = main.add(depth1).requires(begin);
        main.action("end", () -> {}).requires(nest);

        DotSyntax.Cluster graph = DotSyntax.parse(dot(main));

        assertThat(graph.edges).containsExactly("01 -> 07 {lhead=cluster_02}", "07 -> 11 {ltail=cluster_02}");
        assertThat(graph.find("cluster_05").nodes).containsOnlyKeys("06", "07", "08", "09");
        assertThat(graph.find("cluster_03").clusters).hasSize(1);
    }

    @Test
    @Spec("A-113")
    void edges_between_nested_workflows_inside_a_nested_workflow_stay_in_its_cluster() {
        var outer = Workflow.named("outer");
        Job<?> first = outer.add(named("first", "a", "b", "c"));
        outer.add(named("second", "d", "e")).requires(first);
        var main = Workflow.named("main");
        main.add(outer);

        DotSyntax.Cluster graph = DotSyntax.parse(dot(main));

        assertThat(graph.edges).isEmpty();
        assertThat(graph.find("cluster_1").edges).containsExactly("4 -> 7 {lhead=cluster_6, ltail=cluster_2}");
    }

    @Test
    @Spec({"A-113", "GB-23"})
    void an_exit_is_a_finite_job_if_there_is_one() {
        var mixed = Workflow.named("mixed");
        mixed.action("finite", () -> {});
        mixed.forever("f1", () -> {});
        mixed.forever("f2", () -> {});
        var endless = Workflow.named("endless");
        endless.forever("f3", () -> {});
        endless.forever("f4", () -> {});
        var main = Workflow.named("main");
        Job<?> a = main.add(mixed);
        Job<?> b = main.add(endless);
        main.action("end", () -> {}).requires(a, b);

        assertThat(DotSyntax.parse(dot(main)).edges)
                .containsExactly("2 -> 8 {ltail=cluster_1}", "6 -> 8 {ltail=cluster_5}");
    }

    @Test
    @Spec({"A-113", "GB-23"})
    void an_empty_nested_workflow_has_an_invisible_node_for_edges_at_any_depth() {
        var shell = Workflow.named("shell");
        shell.add(Workflow.named("kernel"));
        var main = Workflow.named("main");
        Job<?> a = main.add(Workflow.named("a"));
        Job<?> b = main.add(shell).requires(a);
        main.action("end", () -> {}).requires(b);

        assertThat(dot(main)).isEqualTo("""
            digraph "main" {
              compound=true;
              graph [];
              subgraph cluster_1 {
                graph [style="",label="1: a",shape="box",color="red",penwidth="2"];
                anchor_1 [style="invis",label="",shape="point"];
              }
              subgraph cluster_2 {
                graph [style="",label="2: shell",shape="box",color="red",penwidth="2"];
                subgraph cluster_3 {
                  graph [style="",label="3: kernel",shape="box",color="red",penwidth="2"];
                  anchor_3 [style="invis",label="",shape="point"];
                }
              }
              anchor_1 -> anchor_3 [lhead=cluster_2 ltail=cluster_1];
              4 [style="rounded",label="4: end",shape="box",color="red",penwidth="2"];
              anchor_3 -> 4 [ltail=cluster_2];
            }
            """);
    }

    @Test
    void an_edge_says_which_ending_it_asks_for_unless_any_will_do() {
        var flow = Workflow.named("flow");
        Job<?> a = flow.action("a", () -> {});
        flow.action("b", () -> {}).requires(succeeded(a));
        flow.add(named("c", "c1")).requires(failed(a));
        flow.action("d", () -> {}).requires(a);

        DotSyntax.Cluster graph = DotSyntax.parse(dot(flow));

        assertThat(graph.edges)
                .containsExactly("1 -> 2 {label=succeeded}", "1 -> 4 {lhead=cluster_3, label=failed}", "1 -> 5");
    }

    private static RunReport oneThatIsGoingOn() {
        var sub = named("sub", "inner");
        var main = Workflow.named("main");
        Job<?> a = main.action("a", () -> {});
        main.add(sub).requires(a);
        main.forever("tick", () -> {});
        return Recorded.of(main)
                .succeeded("a", 0, 1500, 1)
                .running("sub", 1500)
                .inside(
                        "sub",
                        Recorded.of(main.plan().nested(1).orElseThrow()).failed("inner", 1500, 1700, new Exception()))
                .ended("tick", 0, 1700, new Cancelled("run finished", null, null))
                .report();
    }

    @Test
    @Spec({"GB-23", "GB-06"})
    void of_a_run_each_job_shows_its_state_and_duration_and_the_legend_the_colours() {
        String text = GraphText.of(oneThatIsGoingOn()).legend(true).dot();

        DotSyntax.parse(text);
        assertThat(text).isEqualTo("""
            digraph "main" {
              compound=true;
              graph [];
              1 [style="rounded,filled",label="1: a\\nsucceeded 1.5s",shape="box",color="red",penwidth="2",fillcolor="#c8e6c9"];
              subgraph cluster_2 {
                graph [style="filled",label="2: sub\\nrunning",shape="box",color="red",penwidth="2",fillcolor="#bbdefb"];
                3 [style="rounded,filled",label="3: inner\\nfailed 200ms",shape="box",color="red",penwidth="2",fillcolor="#ffcdd2"];
              }
              1 -> 3 [lhead=cluster_2];
              4 [style="rounded,dashed,filled",label="4: tick\\ncancelled 1.7s",shape="box",color="red",penwidth="2",fillcolor="#e0e0e0"];
              subgraph cluster_legend {
                graph [style="",label="legend",penwidth="0.5"];
                legend_job [style="rounded",label="job",shape="box",penwidth="0.5"];
                legend_nested [style="",label="nested workflow",shape="box",penwidth="0.5"];
                legend_forever [style="rounded,dashed",label="forever",shape="box",penwidth="0.5"];
                legend_critical [style="rounded",label="critical",shape="box",color="red",penwidth="2"];
                legend_state_0 [style="rounded,filled",label="running",shape="box",penwidth="0.5",fillcolor="#bbdefb"];
                legend_state_1 [style="rounded,filled",label="succeeded",shape="box",penwidth="0.5",fillcolor="#c8e6c9"];
                legend_state_2 [style="rounded,filled",label="failed",shape="box",penwidth="0.5",fillcolor="#ffcdd2"];
                legend_state_3 [style="rounded,filled",label="cancelled",shape="box",penwidth="0.5",fillcolor="#e0e0e0"];
              }
            }
            """);
    }

    @Test
    void a_nested_workflow_that_has_not_been_run_yet_is_drawn_idle() {
        var main = Workflow.named("main");
        main.add(named("sub", "inner"));

        DotSyntax.Cluster graph =
                DotSyntax.parse(GraphText.of(Recorded.of(main).report()).dot());

        assertThat(graph.find("cluster_1").attributes).containsEntry("label", "1: sub\nidle");
        assertThat(List.copyOf(graph.find("cluster_1").nodes.values()))
                .singleElement()
                .satisfies(inner ->
                        assertThat(inner).containsEntry("label", "2: inner").containsEntry("fillcolor", "#ffffff"));
    }
}
