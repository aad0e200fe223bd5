package io.orrery.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Job;
import io.orrery.spec.Spec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Edits and questions on random graphs, cycles among them, compared with what their definitions say word by word. */
class RandomWorkflowsTest {

    private static final int SEEDS = 1_500;

    /** Who requires whom, by label. */
    private record Model(TreeMap<String, Set<String>> required) {

        static Model of(Workflow workflow) {
            var required = new TreeMap<String, Set<String>>();
            for (Job<?> job : workflow.jobs()) {
                required.put(
                        job.label(),
                        job.requirements().stream()
                                .map(one -> ((Job<?>) one).label())
                                .collect(Collectors.toCollection(TreeSet::new)));
            }
            return new Model(required);
        }

        private boolean isRequiredBy(String required, String by) {
            return this.required.get(by).contains(required);
        }

        Set<String> behind(Set<String> starts) {
            return closure(starts, this::isRequiredBy);
        }

        Set<String> before(Set<String> ends) {
            return closure(ends, (from, next) -> isRequiredBy(next, from));
        }

        private Set<String> closure(Set<String> starts, java.util.function.BiPredicate<String, String> isNext) {
            var found = new TreeSet<String>();
            var from = new HashSet<>(starts);
            for (boolean more = true; more; ) {
                more = false;
                for (String job : required.keySet()) {
                    if (!found.contains(job) && from.stream().anyMatch(one -> isNext.test(one, job))) {
                        found.add(job);
                        from.add(job);
                        more = true;
                    }
                }
            }
            return found;
        }

        void keepOnly(Set<String> kept) {
            required.keySet().retainAll(kept);
            required.values().forEach(requirements -> requirements.retainAll(kept));
        }

        void bypass(String bypassed) {
            Set<String> own = required.remove(bypassed);
            own.remove(bypassed);
            required.forEach((job, requirements) -> {
                if (requirements.remove(bypassed)) {
                    requirements.addAll(own);
                    requirements.remove(job);
                }
            });
        }
    }

    private static Workflow random(Random random) {
        Workflow workflow = Workflow.named("random");
        List<Job<?>> jobs = new ArrayList<>();
        int size = 1 + random.nextInt(9);
        for (int i = 0; i < size; i++) {
            jobs.add(workflow.barrier("job" + i));
        }
        int links = random.nextInt(2 * size);
        for (int i = 0; i < links; i++) {
            jobs.get(random.nextInt(size)).requires(jobs.get(random.nextInt(size)));
        }
        return workflow;
    }

    private static List<Job<?>> some(Random random, Workflow workflow) {
        return workflow.jobs().stream().filter(job -> random.nextInt(3) == 0).toList();
    }

    private static Set<String> labels(Iterable<? extends Job<?>> jobs) {
        var labels = new TreeSet<String>();
        jobs.forEach(job -> labels.add(job.label()));
        return labels;
    }

    @Test
    @Spec({"A-042", "A-043", "A-044", "GB-22"})
    void closures_are_what_is_reached_step_by_step() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            Workflow workflow = random(random);
            Job<?>[] starts = some(random, workflow).toArray(Job<?>[]::new);

            Model model = Model.of(workflow);
            Set<String> labels = labels(List.of(starts));
            assertThat(labels(workflow.downstream(starts))).as("seed %s", seed).isEqualTo(model.behind(labels));
            assertThat(labels(workflow.upstream(starts))).as("seed %s", seed).isEqualTo(model.before(labels));
            for (Job<?> job : workflow.jobs()) {
                Set<String> one = Set.of(job.label());
                assertThat(workflow.entries().contains(job))
                        .isEqualTo(model.before(one).isEmpty());
                assertThat(workflow.exits().contains(job))
                        .isEqualTo(model.behind(one).isEmpty());
            }
        }
    }

    @Test
    @Spec({"A-051", "A-052", "GB-21"})
    void what_is_kept_between_is_both_behind_the_starts_and_before_the_ends() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            Workflow workflow = random(random);
            List<Job<?>> starts = some(random, workflow);
            List<Job<?>> ends = some(random, workflow);
            var bounds =
                    new Between(List.copyOf(starts), List.copyOf(ends), random.nextBoolean(), random.nextBoolean());
            Model model = Model.of(workflow);
            int before = links(workflow);

            List<Dropped> dropped = workflow.keepOnlyBetween(bounds);

            model.keepOnly(between(model, labels(starts), labels(ends), bounds));
            assertThat(Model.of(workflow)).as("seed %s", seed).isEqualTo(model);
            assertThat(dropped)
                    .as("seed %s", seed)
                    .allMatch(one -> workflow.jobs().contains(one.job())
                            && !workflow.jobs().contains(one.required()));
            assertThat(links(workflow) + dropped.size()).isLessThanOrEqualTo(before);
        }
    }

    private static Set<String> between(Model model, Set<String> starts, Set<String> ends, Between bounds) {
        var kept = new TreeSet<>(model.required().keySet());
        if (!starts.isEmpty()) {
            kept.retainAll(model.behind(starts));
        }
        if (!ends.isEmpty()) {
            kept.retainAll(model.before(ends));
        }
        if (bounds.keepStarts()) {
            kept.addAll(starts);
        }
        if (bounds.keepEnds()) {
            kept.addAll(ends);
        }
        return kept;
    }

    private static int links(Workflow workflow) {
        return workflow.jobs().stream()
                .mapToInt(job -> job.requirements().size())
                .sum();
    }

    @Test
    @Spec("A-050")
    void bypassing_one_after_the_other_keeps_who_comes_before_whom() {
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            Workflow workflow = random(random);
            Model model = Model.of(workflow);

            while (workflow.size() > 0) {
                Job<?> job = workflow.jobs().get(random.nextInt(workflow.size()));
                workflow.bypassAndRemove(job);
                model.bypass(job.label());

                assertThat(Model.of(workflow)).as("seed %s", seed).isEqualTo(model);
            }
        }
    }
}
