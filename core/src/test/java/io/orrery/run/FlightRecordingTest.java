package io.orrery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.outcome.RunReport;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import io.orrery.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Spec("GB-30")
class FlightRecordingTest {

    private final RunOptions options = RunOptions.defaults().time(ManualTime.skipping());

    @TempDir
    private Path directory;

    private List<RecordedEvent> recorded(Runnable run) throws IOException {
        Path file = directory.resolve("run.jfr");
        try (var recording = new Recording()) {
            recording.enable("io.orrery.Run");
            recording.enable("io.orrery.Job");
            recording.start();
            run.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("io.orrery."))
                .toList();
    }

    private static List<String> lines(List<RecordedEvent> events, String type, String... fields) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(type))
                .map(event -> String.join(
                        " ",
                        List.of(fields).stream()
                                .map(field -> String.valueOf(event.<Object>getValue(field)))
                                .toList()))
                .toList();
    }

    @Test
    void a_recording_shows_every_attempt_of_every_job_and_every_run() throws IOException {
        var inner = Workflow.named("inner");
        inner.action("flaky", context -> {
                    if (context.attempt() == 1) {
                        throw new IllegalStateException("again");
                    }
                })
                .retries(1);
        var outer = Workflow.named("outer");
        outer.add(inner);
        var reports = new RunReport[1];

        List<RecordedEvent> events =
                recorded(() -> reports[0] = outer.run(options).orThrow());

        assertThat(lines(events, "io.orrery.Job", "path", "attempt", "failure"))
                .containsExactlyInAnyOrder(
                        "inner/flaky 1 java.lang.IllegalStateException: again", "inner/flaky 2 null");
        assertThat(lines(events, "io.orrery.Run", "workflow", "path", "state"))
                .containsExactlyInAnyOrder("inner inner succeeded", "outer  succeeded");
        assertThat(events).hasSize(4).allMatch(event -> event.getString("runId").equals(reports[0].id()));
    }

    @Test
    void a_failure_that_can_not_tell_its_message_is_recorded_without_one() throws IOException {
        var flow = Workflow.named("flow");
        flow.action("bad", () -> {
            throw new IllegalStateException() {
                private static final long serialVersionUID = 1;

                @Override
                public String getMessage() {
                    throw new IllegalStateException("no message");
                }
            };
        });

        List<RecordedEvent> events = recorded(() -> flow.run(options));

        assertThat(lines(events, "io.orrery.Job", "failure"))
                .singleElement()
                .asString()
                .startsWith("io.orrery.run.FlightRecordingTest$");
        assertThat(lines(events, "io.orrery.Run", "state")).containsExactly("failed");
    }
}
