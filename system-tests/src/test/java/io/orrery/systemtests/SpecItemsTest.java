package io.orrery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Each item of the specification is shown by a test that was executed and passed, or has a reason why not. Runs after
 * all other tests, and joins what they have shown in {@code target/spec-coverage.txt}.
 */
class SpecItemsTest {
    private static final Set<String> BEHAVIOUR = items("A-%03d", 1, 118);
    /** Background jobs. */
    private static final Set<String> SCOPES = items("J-%03d", 1, 36);
    /** Improvements on background jobs. */
    private static final Set<String> IMPROVED_SCOPES = items("GT%02d", 1, 5);
    /** Improvements on remote jobs: some hold for local processes already, none has to be shown yet. */
    private static final Set<String> OF_REMOTE_JOBS = items("GB-%02d", 50, 69);

    private static final Set<String> IMPROVEMENTS = items("GB-%02d", 1, 42);

    /** Running, failing, windows, forever jobs, nesting, shutdown: nothing of it is optional. */
    private static final Set<String> HEART = items("A-%03d", 53, 96);

    /** What triggers do, and how they are better than those of others. */
    private static final Set<String> TRIGGERS = union(List.of(items("T-%03d", 1, 29), items("GT%d", 10, 15)));

    /** Scheduling: schedulers, definitions, the loop, events, stores, executors, several processes, inspection, lifecycles. */
    private static final Set<String> SCHEDULING = union(List.of(
            items("T-%03d", 1, 29),
            items("S-%03d", 1, 17),
            items("K-%03d", 1, 17),
            items("L-%03d", 1, 11),
            items("E-%03d", 1, 4),
            items("D-%03d", 1, 12),
            items("X-%03d", 1, 9),
            items("M-%03d", 1, 6),
            items("I-%03d", 1, 5),
            items("G-%03d", 1, 7)));

    /** How scheduling is better than elsewhere: triggers, conflicts, misfires and isolation, events, stores, outcomes. */
    private static final Set<String> IMPROVED_SCHEDULING = union(List.of(
            items("GT%d", 10, 15),
            items("GT%d", 20, 22),
            items("GT%d", 30, 36),
            Set.of("GT40", "GT50", "GT51", "GT52", "GT53", "GT54", "GT55", "GT56", "GT57", "GT58", "GT59")));

    /** All of background jobs and of time-based scheduling; what is not there yet has not to be shown. */
    private static final Set<String> OF_TIME = union(List.of(
            TRIGGERS,
            items("J-%03d", 1, 36),
            items("S-%03d", 1, 17),
            items("K-%03d", 1, 17),
            items("L-%03d", 1, 11),
            items("E-%03d", 1, 4),
            items("D-%03d", 1, 12),
            items("X-%03d", 1, 9),
            items("M-%03d", 1, 6),
            items("I-%03d", 1, 6),
            items("G-%03d", 1, 12),
            items("AP-%03d", 1, 9),
            items("PR-%03d", 1, 17),
            items("GT%02d", 1, 63)));

    private static final Set<String> SHOWN = new TreeSet<>();
    private static final List<String> REASONED = new ArrayList<>();
    private static final List<String> REASONED_ON_TIME = new ArrayList<>();

    @BeforeAll
    static void read() throws IOException {
        var lines = new TreeSet<String>();
        for (var module : Project.modules()) {
            var file = Project.ROOT.resolve(module, "target", "spec-coverage.txt");
            if (Files.exists(file)) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        Files.write(Project.result("spec-coverage.txt"), lines);
        lines.forEach(line -> SHOWN.add(line.substring(0, line.indexOf(' '))));

        REASONED.addAll(MigrationPage.reasons("asynciojobs", "A"));
        REASONED_ON_TIME.addAll(MigrationPage.reasons("asyncz", "TSKLEDXMIG"));
    }

    @Test
    void every_item_of_behaviour_is_shown_or_has_a_reason() {
        var open = new TreeSet<>(BEHAVIOUR);
        open.removeAll(SHOWN);
        REASONED.forEach(open::remove);

        assertThat(open)
                .as("items that no executed test shows with @Spec and docs/from-asynciojobs.md gives no reason for")
                .isEmpty();
    }

    @Test
    void every_item_on_background_jobs_is_shown() {
        var open = new TreeSet<>(SCOPES);
        open.removeAll(SHOWN);

        assertThat(open).as("items that no executed test shows with @Spec").isEmpty();
    }

    @Test
    void every_improvement_is_shown() {
        var open = new TreeSet<>(IMPROVEMENTS);
        open.addAll(IMPROVED_SCOPES);
        open.removeAll(SHOWN);

        assertThat(open).as("items that no executed test shows with @Spec").isEmpty();
    }

    @Test
    void every_item_on_scheduling_is_shown_or_has_a_reason() {
        var open = new TreeSet<>(SCHEDULING);
        open.removeAll(SHOWN);
        REASONED_ON_TIME.forEach(open::remove);

        assertThat(open)
                .as("items that no executed test shows with @Spec and docs/from-asyncz.md gives no reason for")
                .isEmpty();
        assertThat(REASONED_ON_TIME)
                .hasSizeLessThanOrEqualTo(SCHEDULING.size() / 10)
                .doesNotHaveDuplicates()
                .isSubsetOf(SCHEDULING)
                .doesNotContainAnyElementsOf(SHOWN);
    }

    @Test
    void every_improvement_of_scheduling_is_shown() {
        var open = new TreeSet<>(IMPROVED_SCHEDULING);
        open.removeAll(SHOWN);

        assertThat(open).as("items that no executed test shows with @Spec").isEmpty();
    }

    @Test
    void everything_about_triggers_is_shown() {
        var open = new TreeSet<>(TRIGGERS);
        open.removeAll(SHOWN);

        assertThat(open).as("items that no executed test shows with @Spec").isEmpty();
    }

    @Test
    void reasons_are_few_and_none_is_for_the_heart_of_the_matter() {
        assertThat(REASONED)
                .hasSizeLessThanOrEqualTo(12)
                .doesNotHaveDuplicates()
                .isSubsetOf(BEHAVIOUR)
                .doesNotContainAnyElementsOf(HEART);
    }

    @Test
    void no_test_names_an_item_that_does_not_exist() {
        assertThat(SHOWN)
                .isSubsetOf(Stream.of(BEHAVIOUR, IMPROVEMENTS, OF_REMOTE_JOBS, SCOPES, IMPROVED_SCOPES, OF_TIME)
                        .flatMap(Set::stream)
                        .toList());
    }

    private static Set<String> items(String format, int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(format::formatted)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> union(List<Set<String>> sets) {
        return sets.stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
    }
}
