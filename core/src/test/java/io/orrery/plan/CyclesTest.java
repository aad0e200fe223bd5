package io.orrery.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Condition.Ending;
import io.orrery.job.JobBody;
import io.orrery.spec.Spec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Spec({"A-049", "GB-17"})
class CyclesTest {

    @Test
    void each_group_of_jobs_that_reach_each_other_gives_one_path_that_is_a_cycle() {
        for (int seed = 0; seed < 3_000; seed++) {
            Graph graph = RandomGraphs.any(new Random(seed)).graph();

            List<int[]> found = Cycles.of(graph);

            Set<Set<Integer>> groups = groups(reach(graph));
            assertThat(found).as("seed %s", seed).hasSameSizeAs(groups);
            for (int[] cycle : found) {
                assertThat(isCycle(graph, cycle)).as("seed %s", seed).isTrue();
                Set<Integer> members =
                        new HashSet<>(Arrays.stream(cycle).boxed().toList());
                assertThat(members).as("seed %s: no job twice", seed).hasSize(cycle.length);
                assertThat(groups.removeIf(group -> group.containsAll(members)))
                        .as("seed %s: within one group, and the only one of it", seed)
                        .isTrue();
            }
        }
    }

    private static boolean[][] reach(Graph graph) {
        int size = graph.size();
        boolean[][] reach = new boolean[size][size];
        for (int job = 0; job < size; job++) {
            for (int k = 0; k < graph.requirementCount(job); k++) {
                reach[job][Graph.target(graph.requirement(job, k))] = true;
            }
        }
        for (int by = 0; by < size; by++) {
            for (int from = 0; from < size; from++) {
                for (int to = 0; to < size; to++) {
                    reach[from][to] |= reach[from][by] && reach[by][to];
                }
            }
        }
        return reach;
    }

    private static Set<Set<Integer>> groups(boolean[][] reach) {
        var groups = new HashSet<Set<Integer>>();
        for (int job = 0; job < reach.length; job++) {
            var group = new HashSet<Integer>();
            for (int other = 0; other < reach.length; other++) {
                if (reach[job][other] && reach[other][job]) {
                    group.add(other);
                }
            }
            if (!group.isEmpty()) {
                groups.add(group);
            }
        }
        return groups;
    }

    private static boolean isCycle(Graph graph, int[] cycle) {
        var requirements = new ArrayList<Integer>();
        for (int i = 0; i < cycle.length; i++) {
            requirements.clear();
            for (int k = 0; k < graph.requirementCount(cycle[i]); k++) {
                requirements.add(Graph.target(graph.requirement(cycle[i], k)));
            }
            if (!requirements.contains(cycle[(i + 1) % cycle.length])) {
                return false;
            }
        }
        return cycle.length > 1;
    }

    @Test
    @Tag("slow")
    void a_ring_of_a_hundred_thousand_jobs_is_found_whole() {
        int size = 100_000;
        var builder = new PlanBuilder("ring", Settings.DEFAULT);
        for (int job = 0; job < size; job++) {
            builder.add("job" + job, JobBody.nothing(), JobOptions.DEFAULT, null);
        }
        for (int job = 0; job < size; job++) {
            builder.require(job, (job + 1) % size, Ending.FINISHED);
        }

        int[] cycle = Cycles.of(builder.graph()).getFirst();

        int[] ring = new int[size];
        Arrays.setAll(ring, i -> i);
        assertThat(cycle).isEqualTo(ring);
        assertThat(new PlanProblem.Cycle(java.util.Collections.nCopies(20, "a")).message())
                .doesNotContain("more");
        assertThat(builder.problems().getFirst().message())
                .startsWith("Jobs must not require each other in a ring, but \"job0\" requires \"job1\" requires")
                .contains("\"job9\" requires \"... (99980 more) ...\" requires \"job99990\"")
                .endsWith("requires \"job99999\" requires \"job0\". Drop one of these requirements.");
    }
}
