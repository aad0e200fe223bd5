package io.orrery.workflowfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.plan.PlannedJob;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The file that shows the whole format, with all that it names. */
@Timeout(60)
class WholeExampleTest {
    private static final Path FILE = Path.of("src/test/resources/whole/nightly.orrery.yaml");

    @Test
    void it_is_valid_as_a_whole() {
        var file = WorkflowFile.load(FILE, LoadOptions.defaults().checkOnly());

        assertThat(file.problems()) // 2:30 in Paris is in the gap once a year
                .extracting(problem -> problem.code().id())
                .containsExactly("W110");
        assertThat(file.name()).isEqualTo("nightly-release");
        assertThat(file.labels()).containsEntry("tier", "prod").hasSize(2);
        var plan = file.workflow().plan();
        assertThat(plan.jobs())
                .extracting(PlannedJob::id)
                .containsExactly("build", "monitor", "deploy[web1]", "deploy[web2]", "ping", "loadtest", "report");
        assertThat(plan.find("ping").orElseThrow().requirements()).hasSize(2);
        assertThat(plan.settings().window()).isEqualTo(4);
    }

    @Test
    void its_jobs_on_other_machines_are_refused_when_it_is_to_be_run() {
        var file = WorkflowFile.load(FILE, LoadOptions.defaults());

        assertThat(file.problems())
                .extracting(problem -> problem.code().id())
                .contains("E106")
                .containsOnly("E106", "E144", "E153", "W110");
    }
}
