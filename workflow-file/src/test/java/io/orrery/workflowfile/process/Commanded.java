package io.orrery.workflowfile.process;

import io.orrery.job.BodyCatalog;
import io.orrery.process.ProcessTable;
import io.orrery.workflowfile.process.OutputLine.Stream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;

/** Runs one command in a thread of its own, as the engine would, and watches what it says. */
final class Commanded {
    final TestContext context = new TestContext();
    final List<String> stdout = new CopyOnWriteArrayList<>();
    final List<String> stderr = new CopyOnWriteArrayList<>();
    private final Map<String, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();
    private final CompletableFuture<CommandResult> result = new CompletableFuture<>();
    private final Map<String, Object> arguments = new HashMap<>();
    private OutputSink sink = this::accept;
    private Thread thread;

    static Commanded run(String text) {
        return new Commanded(Map.of(Commands.TEXT, text));
    }

    static Commanded exec(String... words) {
        return new Commanded(Map.of(Commands.WORDS, List.of(words)));
    }

    private Commanded(Map<String, Object> arguments) {
        this.arguments.putAll(arguments);
    }

    Commanded with(String argument, Object value) {
        arguments.put(argument, value);
        return this;
    }

    Commanded grace(Duration grace) {
        return with(Commands.GRACE, grace.toString());
    }

    Commanded env(String name, String value) {
        return with(Commands.ENV, Map.of(name, value));
    }

    Commanded sink(OutputSink other) {
        sink = other;
        return this;
    }

    Commanded start() {
        var body = Commands.addTo(new BodyCatalog(), sink)
                .body(arguments.containsKey(Commands.TEXT) ? Commands.RUN : Commands.EXEC, arguments);
        thread = Thread.ofVirtual().unstarted(() -> {
            try {
                result.complete((CommandResult) body.run(context));
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        thread.start();
        return this;
    }

    private void accept(OutputLine line) {
        (line.stream() == Stream.STDOUT ? stdout : stderr).add(line.text());
        signal(line.text()).complete(null);
    }

    private CompletableFuture<Void> signal(String line) {
        return awaited.computeIfAbsent(line, key -> new CompletableFuture<>());
    }

    /** Waits until the command has written a line. */
    Commanded awaitLine(String line) {
        CompletableFuture.anyOf(signal(line), result).join();
        signal(line).getNow(null);
        if (!signal(line).isDone()) {
            throw new AssertionError("ended without " + line + ": " + stdout + stderr + result);
        }
        return this;
    }

    Commanded interrupt() {
        thread.interrupt();
        return this;
    }

    /** Waits for the end and returns the result. */
    CommandResult success() throws Exception {
        return start().end();
    }

    /** Waits for the end and returns what was thrown. */
    Throwable failure() throws InterruptedException {
        if (thread == null) {
            start();
        }
        try {
            throw new AssertionError("succeeded: " + result.get());
        } catch (ExecutionException e) {
            thread.join();
            return e.getCause();
        }
    }

    CommandResult end() throws Exception {
        try {
            return result.get();
        } finally {
            thread.join();
        }
    }

    /** The processes that carry the mark that the command wrote in a line {@code mark ...}. */
    List<ProcessTable.Entry> marked() {
        String line = stdout.stream()
                .filter(text -> text.startsWith("mark "))
                .findFirst()
                .orElseThrow();
        String mark = line.substring(line.length() - 36);
        return ProcessTable.look(mark, Set.of()).entries().stream()
                .filter(ProcessTable.Entry::marked)
                .toList();
    }
}
