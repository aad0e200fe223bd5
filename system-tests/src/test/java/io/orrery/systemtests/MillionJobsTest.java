package io.orrery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.State;
import io.orrery.outcome.RunReport;
import io.orrery.workflow.Workflow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A workflow of a million jobs fits into a heap of one gigabyte, and ends. */
@Timeout(120)
class MillionJobsTest {

    private static final int JOBS = 1_000_000;

    @Test
    void a_million_jobs_run_in_a_heap_of_one_gigabyte() throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "--class-path",
                        Project.classes("core") + ":"
                                + Path.of("target", "test-classes").toAbsolutePath(),
                        Program.class.getName()))
                .redirectErrorStream(true)
                .start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines(JOBS + " succeeded of " + JOBS);
        assertThat(process.waitFor()).isZero();
    }

    /** Run in a virtual machine of its own. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) {
            var workflow = Workflow.named("million");
            for (int i = 0; i < JOBS; i++) {
                workflow.action("job " + i, () -> {});
            }
            RunReport run = workflow.run().orThrow();
            System.out.println(run.stats().count(State.SUCCEEDED) + " succeeded of "
                    + run.stats().total());
        }
    }
}
