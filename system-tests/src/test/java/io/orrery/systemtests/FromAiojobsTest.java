package io.orrery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.spec.Spec;
import org.junit.jupiter.api.Test;

/** {@code docs/from-aiojobs.md} names what exists, and leaves nothing out. */
class FromAiojobsTest {

    /** What users of aiojobs know: its types, their methods and their options; and those of its module for the web. */
    private static final String PUBLIC_NAMES = """
        Scheduler Job create_scheduler limit pending_limit close_timeout wait_timeout exception_handler
        call_exception_handler spawn shield close wait_and_close closed active_count pending_count len active pending wait
        get_name set_name setup atomic get_scheduler get_scheduler_from_app get_scheduler_from_request\
        """;

    private final MigrationPage page = MigrationPage.from("aiojobs");

    @Test
    @Spec("J-001")
    void every_public_name_of_aiojobs_is_in_a_table() {
        assertThat(page.missing(PUBLIC_NAMES)).isEmpty();
    }

    @Test
    void every_name_of_ours_exists() {
        assertThat(page.unknownNames()).isEmpty();
    }

    @Test
    void all_63_tests_of_aiojobs_have_a_java_form_that_exists() {
        assertThat(page.unknownTests()).isEmpty();
        assertThat(page.upstreamTests()).hasSize(63).doesNotHaveDuplicates();
    }
}
