package io.orrery.run;

import static io.orrery.run.Stage.takes;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.spec.Spec;
import io.orrery.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads of jobs, and what a flight recording shows of them. */
class ThreadsTest {
    private final Stage stage = new Stage();

    @Test
    @Spec("A-012")
    void each_attempt_has_a_fresh_virtual_thread_named_after_job_and_attempt() throws InterruptedException {
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        var outer = Workflow.named("outer");
        var inner = Workflow.named("inner");
        inner.action("x", ctx -> {
                    threads.add(Thread.currentThread());
                    if (ctx.attempt() == 1) {
                        throw new Exception("boom");
                    }
                })
                .retries(1);
        outer.add(inner);

        stage.run(outer);

        assertThat(threads).extracting(Thread::getName).containsExactly("inner/x", "inner/x#2");
        assertThat(threads).allMatch(Thread::isVirtual).doesNotHaveDuplicates();
    }

    @Test
    void an_interrupt_of_one_job_does_not_reach_another() throws InterruptedException {
        List<Boolean> interrupted = Collections.synchronizedList(new ArrayList<>());
        var w = Workflow.named("w");
        var a = w.action("a", () -> Thread.currentThread().interrupt());
        w.action("b", () -> interrupted.add(Thread.currentThread().isInterrupted()))
                .requires(a);

        stage.run(w);

        assertThat(interrupted).containsExactly(false);
    }

    @Test
    @Spec("GB-30")
    void a_flight_recording_has_an_event_for_each_run_and_each_attempt(@TempDir Path folder)
            throws IOException, InterruptedException {
        Path file = folder.resolve("run.jfr");
        var outer = Workflow.named("outer");
        var inner = Workflow.named("inner");
        inner.action("x", takes(0));
        outer.add(inner);
        outer.action("flop", () -> {
                    throw new IllegalStateException("boom");
                })
                .critical(false);

        String id;
        try (var recording = new Recording()) {
            recording.enable("io.orrery.Run");
            recording.enable("io.orrery.Job");
            recording.start();
            id = stage.run(outer).summary().identity().runId();
            recording.stop();
            recording.dump(file);
        }

        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        assertThat(events).allMatch(event -> event.getString("runId").equals(id));
        assertThat(events.stream().map(ThreadsTest::text))
                .containsExactlyInAnyOrder(
                        "run  outer succeeded",
                        "run inner inner succeeded",
                        "job inner/x #1 null",
                        "job flop #1 java.lang.IllegalStateException: boom");
        assertThat(Files.size(file)).isPositive();
    }

    private static String text(RecordedEvent event) {
        return event.getEventType().getName().equals("io.orrery.Run")
                ? "run " + event.getString("path") + " " + event.getString("workflow") + " " + event.getString("state")
                : "job " + event.getString("path") + " #" + event.getInt("attempt") + " " + event.getString("failure");
    }
}
