package io.orrery.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Job;
import io.orrery.job.JobBody;
import io.orrery.job.JobContext;
import io.orrery.outcome.Listing;
import io.orrery.outcome.RunReport;
import io.orrery.run.RunOptions;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import io.orrery.workflow.Sequence;
import io.orrery.workflow.Workflow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tests of exports and graphs that asynciojobs has, in their Java form. */
@Spec("A-115") // the text is the graph object: it needs nothing beyond the JDK
class UpstreamGraphTest {

    private static DotSyntax.Cluster draw(Workflow workflow) {
        return DotSyntax.parse(GraphText.of(workflow).dot());
    }

    private static Workflow diamond(String name) {
        var diamond = Workflow.named(name);
        Job<?> top = diamond.action(name + "-top", () -> {});
        Job<?> left = diamond.action(name + "-left", () -> {}).requires(top);
        Job<?> right = diamond.action(name + "-right", () -> {}).requires(top);
        diamond.action(name + "-bottom", () -> {}).requires(left, right);
        return diamond;
    }

    private static Workflow wide(String name, int entries, int exits) {
        var wide = Workflow.named(name);
        for (int i = 1; i <= Math.max(entries, exits); i++) {
            Job<?> in = wide.action(name + "-in" + Math.min(i, entries), () -> {});
            wide.action(name + "-out" + i, () -> {}).requires(in);
        }
        return wide;
    }

    @Test
    @Spec("A-113")
    void test_png_easy1_a_sequence_with_a_diamond_inside() {
        var main = Workflow.named("easy1");
        Job<?> begin = main.action("begin", () -> {});
        Job<?> sub = main.add(diamond("sub"));
        Job<?> end = main.action("end", () -> {});
        main.sequence(begin, sub, end);

        DotSyntax.Cluster graph = draw(main);

        assertThat(graph.edges).containsExactly("1 -> 3 {lhead=cluster_2}", "6 -> 7 {ltail=cluster_2}");
        assertThat(graph.find("cluster_2").edges).containsExactly("3 -> 4", "3 -> 5", "4 -> 6", "5 -> 6");
    }

    @Test
    @Spec("A-113")
    void test_png_easy2_several_entries_and_exits() {
        var main = Workflow.named("easy2");
        Job<?> begin = main.action("begin", () -> {});
        Job<?> sub = main.add(wide("sub", 3, 3));
        Job<?> end = main.action("end", () -> {});
        main.sequence(begin, sub, end);

        DotSyntax.Cluster graph = draw(main);

        // three entries 3, 5, 7 and three exits 4, 6, 8: the middle ones
        assertThat(graph.edges).containsExactly("1 -> 5 {lhead=cluster_2}", "6 -> 9 {ltail=cluster_2}");
    }

    @Test
    @Spec("A-113")
    void test_png_simple_one_nested_workflow_after_the_other() {
        var main = Workflow.named("simple");
        Job<?> first = main.add(diamond("first"));
        main.add(diamond("second")).requires(first);

        DotSyntax.Cluster graph = draw(main);

        assertThat(graph.edges).containsExactly("05 -> 07 {lhead=cluster_06, ltail=cluster_01}");
    }

    @Test
    @Spec("A-109")
    void test_png_styles1_the_four_styles_of_jobs() {
        var main = Workflow.named("styles1");
        main.action("plain", () -> {}).critical(false);
        main.action("critical", () -> {});
        main.forever("forever", () -> {}).critical(false);
        main.forever("both", () -> {});

        assertThat(draw(main).nodes.values())
                .extracting(style ->
                        style.get("style") + " " + style.getOrDefault("color", "-") + " " + style.get("penwidth"))
                .containsExactly("rounded - 0.5", "rounded red 2", "rounded,dashed - 0.5", "rounded,dashed red 2");
    }

    @Test
    @Spec({"A-109", "A-113"})
    void test_png_styles2_the_four_styles_of_nested_workflows() {
        var main = Workflow.named("styles2");
        main.add(diamond("plain")).critical(false);
        main.add(diamond("critical"));
        main.add(diamond("forever")).critical(false).forever(true);
        main.add(diamond("both")).forever(true);

        assertThat(draw(main).clusters)
                .extracting(cluster -> cluster.attributes)
                .extracting(style ->
                        style.get("style") + " " + style.getOrDefault("color", "-") + " " + style.get("penwidth"))
                .containsExactly(" - 0.5", " red 2", "dashed - 0.5", "dashed red 2");
    }

    @Test
    @Spec({"A-117", "GB-09"})
    void test_order1_jobs_and_clusters_in_the_order_of_their_declaration() {
        var main = Workflow.named("order1");
        for (int i = 0; i < 10; i++) {
            main.action("job " + i, () -> {});
            var sub = Workflow.named("sub " + i);
            sub.action("first of " + i, () -> {});
            sub.action("second of " + i, () -> {});
            main.add(sub);
        }

        DotSyntax.Cluster graph = draw(main);

        assertThat(List.copyOf(graph.nodes.keySet()))
                .containsExactly("01", "05", "09", "13", "17", "21", "25", "29", "33", "37");
        assertThat(graph.clusters)
                .extracting(cluster -> cluster.name)
                .containsExactly(
                        "cluster_02",
                        "cluster_06",
                        "cluster_10",
                        "cluster_14",
                        "cluster_18",
                        "cluster_22",
                        "cluster_26",
                        "cluster_30",
                        "cluster_34",
                        "cluster_38");
        assertThat(graph.find("cluster_38").nodes.values())
                .extracting(attributes -> attributes.get("label"))
                .containsExactly("39: first of 9", "40: second of 9");
    }

    @Test
    @Spec({"A-102", "A-037", "A-108"})
    void test_graph1_a_sequence_is_listed_run_and_drawn() {
        var flow = Workflow.named("graph1");
        Sequence sequence = flow.sequence(
                flow.action("sleep 1", ctx -> ctx.sleep(Duration.ofMillis(400))),
                flow.action("sleep 2", ctx -> ctx.sleep(Duration.ofMillis(500))).label("labelled"),
                flow.action("sleep 3", ctx -> ctx.sleep(Duration.ofMillis(600))));
        assertThat(sequence.jobs()).hasSize(3);
        assertThat(flow.size()).isEqualTo(3);

        RunReport report = flow.run(RunOptions.defaults().time(ManualTime.skipping()));

        assertThat(report.succeeded()).isTrue();
        assertThat(report.summary().elapsed()).isEqualTo(Duration.ofMillis(1500));
        assertThat(Listing.of(report).charset(StandardCharsets.UTF_8).text()).isEqualTo("""
            1 ⚠ ☉ ☓   <Job `sleep 1`> [[ -> null]]
            2 ⚠ ☉ ☓   <Job `labelled`> [[ -> null]] requires={1}
            3 ⚠ ☉ ☓   <Job `sleep 3`> [[ -> null]] requires={2}
            """);
        assertThat(draw(flow).edges).containsExactly("1 -> 2", "2 -> 3");
    }

    private record Labelled(String text) implements JobBody<String> {
        @Override
        public String run(JobContext context) {
            return text;
        }

        @Override
        public String describe() {
            return "details of " + text;
        }
    }

    @Test
    @Spec({"A-009", "A-103", "A-110"})
    void test_graph2_bodies_with_details_and_labels_for_graphs() {
        var flow = Workflow.named("graph2");
        Job<?> one = flow.job("one", new Labelled("one")).graphLabel("one\nin the graph");
        flow.job("two", new Labelled("two")).label("second").requires(one);

        String listed = Listing.of(RunReport.idle(flow.plan()))
                .charset(StandardCharsets.UTF_8)
                .details(true)
                .text();

        assertThat(listed).isEqualTo("""
            1 ⚠   ⚐   <Labelled `one`> [not done]
            details of one
            2 ⚠   ⚐   <Labelled `second`> [not done] requires={1}
            details of two
            """);
        assertThat(draw(flow).nodes.values())
                .extracting(attributes -> attributes.get("label"))
                .containsExactly("one\nin the graph", "2: second");
    }
}
