package io.orrery.workflowfile.process;

import io.orrery.time.TimeSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Gives a command what it is to read, in a thread of its own if there is anything: the command may be slow to read it. */
final class InputPump {

    private final OutputStream out;
    private final String text;

    InputPump(OutputStream out, String text) {
        this.out = out;
        this.text = text;
    }

    void start(String job) {
        if (text.isEmpty()) {
            pump();
        } else {
            TimeSource.system().start(Thread.ofPlatform().daemon().name("orrery-stdin " + job), this::pump);
        }
    }

    private void pump() {
        try (out) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // it does not want to read any more
        }
    }
}
