package io.orrery.schedule.executor;

import io.orrery.process.ProcessTable;
import io.orrery.process.ProcessTree;
import io.orrery.process.Signals;
import io.orrery.time.Signal;
import io.orrery.time.TimeSource;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One attempt in a process of its own: starts it, waits for its end, and ends it with all that it has started. */
final class ChildRun {

    private static final System.Logger LOG = System.getLogger("io.orrery.schedule.job");
    /** Between being told to stop and being killed; less than what the attempt is given. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ProcessOptions options;
    private final Attempt attempt;

    ChildRun(ProcessOptions options, Attempt attempt) {
        this.options = options;
        this.attempt = attempt;
    }

    /** What the job returned there: a plain value, an encoded one, or null. */
    @Nullable
    Object run() throws Exception {
        if (Thread.interrupted()) {
            throw new InterruptedException("told to stop before the process was started");
        }
        Path folder = Files.createTempDirectory("orrery-job-");
        try {
            ChildRequest.of(options, attempt.lease()).write(folder.resolve(ChildMain.REQUEST));
            return run(folder);
        } finally {
            for (String name : new String[] {ChildMain.REQUEST, ChildMain.FRESH_REPLY, ChildMain.REPLY, ""}) {
                Files.deleteIfExists(folder.resolve(name));
            }
        }
    }

    private @Nullable Object run(Path folder) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command(folder)).redirectErrorStream(true);
        String mark = ProcessTree.mark(builder.environment());
        Set<Long> strangers = ProcessTable.pids();
        Process process = builder.start();
        var tree = new ProcessTree(process.toHandle(), mark, strangers);
        try (var _ = process.getOutputStream()) { // when it ends the process does: nobody would be there for the reply
            return value(process, folder, ended(process, tree));
        }
    }

    /** Waits for its end, and ends what is left; gives back what it wrote. */
    private ChildOutput ended(Process process, ProcessTree tree) throws InterruptedException {
        var output = new ChildOutput(process.getInputStream(), this::log);
        Signal exited = TimeSource.system().signal();
        boolean ended = false;
        try {
            var _ = process.onExit().thenRun(exited::set);
            output.start(attempt.path() + "/output");
            exited.await();
            log("ended what its process left behind: ", tree.endLeftovers(exited, PATIENCE));
            ended = true;
            output.await();
            return output;
        } finally {
            if (!ended) {
                log("these processes could not be ended: ", tree.end(exited, PATIENCE));
            }
        }
    }

    private void log(String what, List<String> processes) {
        if (!processes.isEmpty()) {
            log(what + String.join(", ", processes));
        }
    }

    private void log(String line) {
        LOG.log(System.Logger.Level.INFO, () -> attempt.runId() + ": " + line);
    }

    private List<String> command(Path folder) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options.jvm());
        command.add("-Djava.util.logging.SimpleFormatter.format=%4$s: %5$s%6$s%n");
        command.add("-XX:+ExitOnOutOfMemoryError"); // what is left of the heap might not do for a reply
        command.add("-cp");
        command.add(classPath());
        command.add(ChildMain.class.getName());
        command.add(folder.toString());
        return command;
    }

    private String classPath() {
        if (!options.classPath().isEmpty()) {
            return options.classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
        return Stream.of("java.class.path", "jdk.module.path")
                .map(key -> System.getProperty(key, ""))
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private @Nullable Object value(Process process, Path folder, ChildOutput output) throws ProcessJobException {
        Path file = folder.resolve(ChildMain.REPLY);
        int exit = process.exitValue();
        if (exit == 0 && Files.exists(file)) {
            try (var in = new DataInputStream(Files.newInputStream(file))) {
                switch (ChildReply.read(in)) {
                    case ChildReply.Value value -> {
                        return value.value();
                    }
                    case ChildReply.Thrown thrown -> throw thrown.exception();
                }
            } catch (IOException e) {
                throw new ProcessJobException(null, "The reply of process " + process.pid() + " cannot be read.", e);
            }
        }
        String tail = output.tail();
        throw new ProcessJobException(
                null,
                "Process " + process.pid() + " of " + attempt.runId() + " ended before its job had: "
                        + Signals.describe(exit)
                        + (tail.isEmpty() ? ". It wrote nothing." : ". The last that it wrote: " + tail),
                null);
    }
}
