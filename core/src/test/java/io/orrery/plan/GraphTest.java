package io.orrery.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Condition.Ending;
import io.orrery.job.JobBody;
import io.orrery.spec.Spec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GraphTest {

    @Test
    @Spec({"A-040", "GB-09"})
    void the_order_is_that_of_repeated_passes_over_the_declarations() {
        for (int seed = 0; seed < 3_000; seed++) {
            Graph graph = RandomGraphs.any(new Random(seed)).graph();

            assertThat(graph.topologicalOrder()).as("seed %s", seed).containsExactly(byPasses(graph));
        }
    }

    /** The rule of the Javadoc, word by word: quadratic, with marks of its own. */
    private static int[] byPasses(Graph graph) {
        var order = new ArrayList<Integer>();
        for (boolean more = true; more; ) {
            more = false;
            for (int job = 0; job < graph.size(); job++) {
                if (!order.contains(job) && order.containsAll(requirements(graph, job))) {
                    order.add(job);
                    more = true;
                }
            }
        }
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<Integer> requirements(Graph graph, int job) {
        var targets = new ArrayList<Integer>();
        for (int k = 0; k < graph.requirementCount(job); k++) {
            targets.add(Graph.target(graph.requirement(job, k)));
        }
        return targets;
    }

    @Test
    void successors_are_the_requirements_read_backwards() {
        for (int seed = 0; seed < 1_000; seed++) {
            Graph graph = RandomGraphs.any(new Random(seed)).graph();
            var forwards = new TreeSet<String>();
            var backwards = new TreeSet<String>();

            for (int job = 0; job < graph.size(); job++) {
                for (int k = 0; k < graph.requirementCount(job); k++) {
                    int link = graph.requirement(job, k);
                    forwards.add(Graph.target(link) + " " + Graph.ending(link) + " " + job);
                }
                for (int k = 0; k < graph.successorCount(job); k++) {
                    int link = graph.successor(job, k);
                    backwards.add(job + " " + Graph.ending(link) + " " + Graph.target(link));
                }
            }

            assertThat(backwards).as("seed %s", seed).isEqualTo(forwards);
        }
    }

    @Test
    void entries_are_the_jobs_that_require_nothing() {
        for (int seed = 0; seed < 1_000; seed++) {
            Graph graph = RandomGraphs.any(new Random(seed)).graph();
            long without = IntStream.range(0, graph.size())
                    .filter(job -> graph.requirementCount(job) == 0)
                    .count();

            assertThat(graph.entryCount()).as("seed %s", seed).isEqualTo((int) without);
        }
    }

    @Test
    @Tag("slow")
    @Spec({"A-041", "GB-27"})
    void a_million_jobs_in_the_worst_order_are_sorted_in_linear_time() {
        int size = 1_000_000;
        var builder = new PlanBuilder("backwards", Settings.DEFAULT);
        for (int job = 0; job < size; job++) {
            builder.add("", JobBody.nothing(), JobOptions.DEFAULT, null);
        }
        for (int job = 0; job + 1 < size; job++) {
            builder.require(job, job + 1, Ending.FINISHED); // repeated passes would take a million of them
        }

        int[] order = builder.graph().topologicalOrder();

        int[] backwards = new int[size];
        Arrays.setAll(backwards, i -> size - 1 - i);
        assertThat(order).isEqualTo(backwards);
    }

    @Test
    @Spec({"A-041", "GB-27"})
    void one_graph_can_be_sorted_by_several_threads_at_once() {
        Graph graph = RandomGraphs.withoutCycles(new Random(7)).graph();
        int[] expected = graph.topologicalOrder();

        List<CompletableFuture<int[]>> sorts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            sorts.add(CompletableFuture.supplyAsync(
                    graph::topologicalOrder, task -> Thread.ofVirtual().start(task)));
        }

        assertThat(sorts).allSatisfy(sort -> assertThat(sort.join()).isEqualTo(expected));
    }
}
