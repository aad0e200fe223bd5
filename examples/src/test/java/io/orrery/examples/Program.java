package io.orrery.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/** An example in a process of its own, and what it prints. */
final class Program implements AutoCloseable {
    private final Process process;
    private final List<String> lines = new ArrayList<>(); // taken from those that have come; used by the test's thread
    private final BlockingQueue<String> coming = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    Program(String example, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--class-path", System.getProperty("java.class.path")));
        command.add("io.orrery.examples." + example);
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try (var reader = process.inputReader()) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                coming.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            ended.countDown();
        }
    }

    /** Waits for a line, and returns it. */
    String await(Predicate<String> wanted) throws InterruptedException {
        while (true) {
            var line = coming.take();
            lines.add(line);
            if (wanted.test(line)) {
                return line;
            }
        }
    }

    /** Waits for its end, and returns its exit code. */
    int awaitEnd() throws InterruptedException {
        int code = process.waitFor();
        ended.await();
        coming.drainTo(lines);
        return code;
    }

    /** What follows a word in the lines that begin with it. */
    List<String> named(String word) {
        return lines.stream()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1))
                .toList();
    }

    List<String> lines() {
        return lines;
    }

    void terminate() {
        process.toHandle().destroy(); // which leaves the pipes open, so that its last words are heard
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
