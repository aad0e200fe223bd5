package io.orrery.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The command in a process of its own, with pipes as its streams. */
public final class OrreryProcess implements AutoCloseable {

    private static final boolean CAN_RESET_SIGNALS = canResetSignals();

    private final Process process;
    private final Text out;
    private final Text err;

    private OrreryProcess(Process process) {
        this.process = process;
        this.out = new Text(process.getInputStream());
        this.err = new Text(process.getErrorStream());
    }

    /** Starts it in a folder. */
    public static OrreryProcess start(Path folder, Object... args) {
        return start(folder, Map.of("LC_ALL", "C.UTF-8"), command(args));
    }

    /** Starts a command with some variables more. */
    public static OrreryProcess start(Path folder, Map<String, String> env, List<String> command) {
        try {
            var builder = new ProcessBuilder(command).directory(folder.toFile());
            builder.environment().putAll(env);
            return new OrreryProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The words by which the command is started as it is in this build. */
    public static List<String> command(Object... args) {
        var words = new ArrayList<String>();
        if (CAN_RESET_SIGNALS) {
            // A build in the background of a shell ignores SIGINT, and so would its children.
            words.addAll(List.of("env", "--default-signal=INT,HUP"));
        }
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.orrery.cli.Main"));
        Stream.of(args).map(String::valueOf).forEach(words::add);
        return words;
    }

    private static boolean canResetSignals() {
        try {
            return new ProcessBuilder("env", "--default-signal=INT", "true")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until it has written something to its standard output. */
    public void awaitOut(String text) {
        out.await(text);
    }

    /** Waits until it has written something to its standard error. */
    public void awaitErr(String text) {
        err.await(text);
    }

    /** Stops reading its standard output, as {@code head} does. */
    public void closeOut() {
        out.close();
    }

    /** Sends it a signal. */
    public void signal(String name) {
        try {
            int status = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException("kill failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for its end. */
    public Captured end() {
        try {
            process.waitFor();
            out.thread.join();
            err.thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError("It has not ended.\n" + out + "\n" + err, e);
        }
        return new Captured(process.exitValue(), out.toString(), err.toString());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        out.close();
        err.close();
    }

    /** What comes out of a stream. */
    private static final class Text {
        private final InputStream in;
        private final StringBuilder text = new StringBuilder(); // guarded by this
        private boolean ended; // guarded by this
        private final Thread thread;

        Text(InputStream in) {
            this.in = in;
            this.thread = Thread.ofPlatform().start(this::read);
        }

        private void read() {
            try (var characters = new InputStreamReader(in, UTF_8)) {
                char[] buffer = new char[8192];
                for (int count = characters.read(buffer); count >= 0; count = characters.read(buffer)) {
                    add(new String(buffer, 0, count));
                }
            } catch (IOException e) {
                // closed
            } finally {
                end();
            }
        }

        private synchronized void add(String more) {
            text.append(more);
            notifyAll();
        }

        private synchronized void end() {
            ended = true;
            notifyAll();
        }

        synchronized void await(String wanted) {
            try {
                while (text.indexOf(wanted) < 0) {
                    if (ended) {
                        throw new AssertionError("It ended without \"" + wanted + "\":\n" + text);
                    }
                    wait();
                }
            } catch (InterruptedException e) {
                throw new AssertionError("It has not written \"" + wanted + "\":\n" + text, e);
            }
        }

        void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public synchronized String toString() {
            return text.toString();
        }
    }
}
