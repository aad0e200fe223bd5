package io.orrery.schedule.executor;

import io.orrery.time.Signal;
import io.orrery.time.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Hands on what a child process writes, line by line, and remembers the last lines. It reads in a platform thread: a read from a
 * pipe would hold the carrier of a virtual one.
 */
final class ChildOutput {

    private static final int LINES = 10;
    private static final int LONGEST = 8 * 1024;
    /** A process outside the tree may hold the pipe for as long as it likes. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final InputStream in;
    private final Consumer<String> lines;
    private final TimeSource time = TimeSource.system();
    private final Signal done = time.signal();
    private final Deque<String> last = new ArrayDeque<>(); // guarded by itself

    ChildOutput(InputStream in, Consumer<String> lines) {
        this.in = in;
        this.lines = lines;
    }

    void start(String name) {
        time.start(Thread.ofPlatform().daemon().name(name).inheritInheritableThreadLocals(false), this::pump);
    }

    private void pump() {
        var line = new ByteArrayOutputStream();
        // At the exit of a process, the JDK reads what is left in its pipe into memory, under this lock.
        synchronized (in) {
            try (in) {
                byte[] buffer = new byte[LONGEST];
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    for (int i = 0; i < count; i++) {
                        if (buffer[i] == '\n' || line.size() == LONGEST) {
                            tell(line);
                        }
                        if (buffer[i] != '\n') {
                            line.write(buffer[i]);
                        }
                    }
                }
            } catch (IOException e) {
                lines.accept("its output cannot be read any more: " + e.getMessage());
            } finally {
                if (line.size() > 0) {
                    tell(line);
                }
                done.set();
            }
        }
    }

    private void tell(ByteArrayOutputStream line) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        synchronized (last) {
            if (last.size() == LINES) {
                last.removeFirst();
            }
            last.addLast(text);
        }
        lines.accept(text);
    }

    /** Waits until all was read. */
    void await() throws InterruptedException {
        done.await(PATIENCE);
    }

    /** The last lines in one; empty if there were none. */
    String tail() {
        synchronized (last) {
            return String.join("\n", last);
        }
    }
}
