package io.orrery.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each main as people run it: in real time, to the standard output. */
@Tag("real-time")
class ExamplesSmokeTest {

    private final PrintStream standardOutput = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(printed, /* autoFlush= */ true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void release() {
        System.setOut(standardOutput);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ParallelJobs       | a1 begins, a1 ends, all are done
        Requirements       | b1 ends, b2 begins, b2 ends
        JobsInSequence     | b1 ends, b2 begins, b2 ends
        EndlessMonitor     | bus: c1 ends, bus: c3 begins, bus: c3 ends
        RunTimeout         | counter at 0, the run timed out after 250ms
        NonCriticalFailure | begin ends, end begins, end ends, all jobs have ended
        CriticalFailure    | begin ends, critical job boom failed, IllegalStateException
        LimitedWindow      | nap 1 begins, nap 4 ends, nap 8 begins, all are done
        NestedWorkflow     | diamond, start ends, top begins, bottom ends, end begins
        ShutdownOfJobs     | connection opened, answer for first, connection closed, not understood
        """)
    void a_main_prints_its_trail(String example, String trail) throws Exception {
        Class.forName("io.orrery.examples." + example).getDeclaredMethod("main").invoke(null);

        assertThat(printed.toString(StandardCharsets.UTF_8)).containsSubsequence(List.of(trail.split(", ")));
    }
}
