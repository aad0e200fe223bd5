package io.orrery.systemtests.crash;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A process that a test can kill, freeze and thaw, and whose lines it can wait for. */
final class Node implements AutoCloseable {

    private static final String END = "(it has ended)";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final String name;
    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private Node(String name, Process process) {
        this.name = name;
        this.process = process;
        Thread.ofPlatform().daemon().name("lines of " + name).start(this::read);
    }

    /** Starts a program, with a name and further arguments. */
    static Node start(Class<?> program, String name, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                program.getName(),
                name));
        command.addAll(List.of(arguments));
        return new Node(
                name,
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    private static String classPath() {
        var path = new StringBuilder(
                Path.of("target", "test-classes").toAbsolutePath().toString());
        for (String module : new String[] {"core", "schedule"}) {
            path.append(File.pathSeparator)
                    .append(Path.of("..", module, "target", "classes")
                            .toAbsolutePath()
                            .normalize());
        }
        return path.toString();
    }

    private void read() {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            in.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("its lines cannot be read: " + e);
        } finally {
            lines.add(END);
        }
    }

    /** The next line. */
    String line() throws InterruptedException {
        String line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError(name + " has said nothing for " + PATIENCE);
        }
        return line;
    }

    /** Waits for a line that starts so; gives back all up to it. */
    List<String> awaitLine(String start) throws InterruptedException {
        return await(line -> line.startsWith(start), start);
    }

    private List<String> await(Predicate<String> wanted, String what) throws InterruptedException {
        var all = new ArrayList<String>();
        while (true) {
            String line = line();
            all.add(line);
            if (wanted.test(line)) {
                return all;
            }
            if (line.equals(END)) {
                throw new AssertionError(name + " has ended without " + what + ": " + all);
            }
        }
    }

    /** All that it has said and that nobody has asked for, once it has ended. */
    List<String> rest() throws InterruptedException {
        return await(END::equals, END);
    }

    /** Tells it something. */
    void tell(String line) throws IOException {
        process.outputWriter().write(line + "\n");
        process.outputWriter().flush();
    }

    /** Ends its standard input. */
    void endInput() throws IOException {
        process.outputWriter().close();
    }

    /** What it has said up to now and nobody has asked for. */
    List<String> waiting() {
        var all = new ArrayList<String>();
        lines.drainTo(all);
        return all;
    }

    long pid() {
        return process.pid();
    }

    void kill() {
        close();
    }

    void freeze() throws Exception {
        signal("STOP");
    }

    void thaw() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).start().waitFor();
    }

    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
