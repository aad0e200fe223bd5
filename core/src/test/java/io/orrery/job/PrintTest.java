package io.orrery.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.outcome.RunReport;
import io.orrery.run.RunOptions;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import io.orrery.workflow.Workflow;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@Spec({"A-021", "GB-38"})
class PrintTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void it_prints_the_banner_and_the_messages_on_a_line_and_then_waits() {
        Workflow workflow = Workflow.named("prints");
        Job<Void> first = workflow.job(
                "first",
                Print.of("one", 2, null)
                        .banner("==")
                        .pause(Duration.ofSeconds(3))
                        .to(stream));
        workflow.job("second", Print.of().to(stream))
                .requires(first)
                .critical(false)
                .timeout(Duration.ofSeconds(1));

        RunReport report = workflow.run(RunOptions.defaults().time(ManualTime.skipping()));

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).containsExactly("== one 2 null", "");
        assertThat(report.summary().elapsed()).isEqualTo(Duration.ofSeconds(3));
        assertThat(report.result(first)).isNull();
    }

    @Test
    void its_details_name_the_wait_and_the_first_message() {
        assertThat(Print.of("hello").describe()).isEqualTo("msg= hello");
        assertThat(Print.of("hello", "world").pause(Duration.ofMillis(1500)).describe())
                .isEqualTo("[+ sleep 1.5s] msg= hello...");
        assertThat(Print.of().describe()).isEqualTo("msg= ");
        assertThat(Print.of(7).banner("not in details").describe()).isEqualTo("msg= 7");
    }

    @Test
    void a_pause_is_positive() {
        assertThatThrownBy(() -> Print.of().pause(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The pause must be positive, but is PT0S. Leave it out for none.");
    }
}
