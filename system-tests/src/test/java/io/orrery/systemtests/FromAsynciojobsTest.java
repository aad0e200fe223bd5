package io.orrery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.spec.Spec;
import org.junit.jupiter.api.Test;

/** {@code docs/from-asynciojobs.md} names what exists, and leaves nothing out. */
class FromAsynciojobsTest {

    /** What users of asynciojobs know: its types, their methods and their options. */
    private static final String PUBLIC_NAMES = """
        AbstractJob Job PrintJob PureScheduler Scheduler Sequence Watch __version__ SchedulerJob orchestrate rain_check engine
        forever critical label required scheduler co_run co_shutdown coshutdown text_label graph_label details
        standalone_run is_idle is_scheduled is_running is_done raised_exception result is_critical requires remove
        sleep banner jobs append add update iterate_jobs scan_schedulers len jobs_window timeout shutdown_timeout watch
        verbose run shutdown topological_order entry_jobs exit_jobs discard_forever compute_backlinks predecessors
        successors predecessors_upstream successors_downstream stats repr sanitize check_cycles bypass_and_remove
        keep_only keep_only_between keep_starts keep_ends failed_time_out failed_critical why list list_safe debrief
        dot_format graph export_as_dotfile export_as_graphic export_as_pngfile export_as_svgfile reset seconds elapsed
        print_elapsed print_wall_clock repr_short repr_main repr_result repr_requires Window DotStyle BestSet\
        """;

    private final MigrationPage page = MigrationPage.from("asynciojobs");

    @Test
    @Spec({"A-001", "A-118"})
    void every_public_name_of_asynciojobs_is_in_a_table() {
        assertThat(page.missing(PUBLIC_NAMES)).isEmpty();
    }

    @Test
    void every_name_of_ours_exists() {
        assertThat(page.unknownNames()).isEmpty();
    }

    @Test
    void all_63_tests_of_asynciojobs_have_a_java_form_that_exists() {
        assertThat(page.unknownTests()).isEmpty();
        assertThat(page.upstreamTests()).hasSize(63).doesNotHaveDuplicates();
    }
}
