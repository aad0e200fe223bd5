package io.orrery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.spec.Spec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Facts about triggers, captured from the suites of others; see the comments in the file. */
@Timeout(60)
class ConformanceTest {
    private static final Path VECTORS = Path.of("src", "test", "resources", "cron-vectors.tsv");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    @Spec({"T-009", "T-014", "T-015", "T-016", "T-020", "T-021", "T-022", "T-023", "T-026", "T-027", "AP-001", "AP-002"
    })
    void every_vector_passes() throws IOException {
        var all = Conformance.of(Files.readAllLines(VECTORS), out);

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(all).hasToString("passed 364, failed 0, skipped 0");
    }

    @Test
    void a_vector_that_does_not_hold_is_told_with_its_line_and_others_are_skipped() {
        var all = Conformance.of(
                List.of(
                        "# comment",
                        "kind\tfields\ttz\tprevious\tnow\texpected\tagree\tdialect",
                        "cron\thour=5\tUTC\t-\t2026-01-01T00:00:00Z\t2026-01-01T05:00:00Z\tall\taz",
                        "cron\thour=5\tUTC\t-\t2026-01-01T00:00:00Z\t2026-01-01T06:00:00Z\tall\taz",
                        "cron\thour=5\tUTC\t-\t2026-01-01T00:00:00Z\t2026-01-01T05:00:00+00:00\tall\taz",
                        "cron\thour=5\tUTC\t-\t2026-01-01T00:00:00Z\tnone\tall\tof-others"),
                out);

        assertThat(all).hasToString("passed 2, failed 1, skipped 1");
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .startsWith("line 4: cron {hour=5}")
                .contains("expected 2026-01-01T06:00:00Z, but is 2026-01-01T05:00Z[UTC]");
    }

    @Test
    void the_dialect_decides_how_weekdays_count() {
        var all = Conformance.of(
                List.of(
                        "cron\tday_of_week=0\tUTC\t-\t2026-01-01T00:00:00Z\t2026-01-05T00:00:00Z\t\taz\t",
                        "cron\tday_of_week=0\tUTC\t-\t2026-01-01T00:00:00Z\t2026-01-04T00:00:00Z\t\taps4\t"),
                out);

        assertThat(all).hasToString("passed 2, failed 0, skipped 0");
    }
}
