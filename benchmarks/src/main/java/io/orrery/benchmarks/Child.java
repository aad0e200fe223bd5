package io.orrery.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts the processes in which things are measured, and reads what they tell. What they say beyond that is passed on. */
final class Child {

    private static final long MOST_MINUTES = 20;
    private static final int OUT_OF_MEMORY = 3; // by -XX:+ExitOnOutOfMemoryError

    private Child() {}

    /** Runs {@code main} in a virtual machine like this one, with these options for it. */
    static List<Line> java(Class<?> main, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--class-path",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        return lines(command, "", arguments.getLast());
    }

    /** Runs asynciojobs, with that Python. */
    static List<Line> asynciojobs(String interpreter, Workload workload, int warmups, int rounds) {
        return python(
                Contenders.ASYNCIOJOBS,
                List.of(interpreter, Integer.toString(warmups), Integer.toString(rounds)),
                graph(workload));
    }

    /** Runs aiojobs, with that Python. */
    static List<Line> aiojobs(String interpreter, Workload workload, int warmups, int rounds) {
        return python(
                Contenders.AIOJOBS,
                List.of(
                        interpreter,
                        Integer.toString(warmups),
                        Integer.toString(rounds),
                        Integer.toString(workload.jobs()),
                        Integer.toString(workload.window()),
                        workload.load() == Load.SLEEP ? "0.001" : "0"),
                "");
    }

    private static List<Line> python(String contender, List<String> interpreterAndArguments, String input) {
        try {
            Path program = Files.createTempFile("with_" + contender, ".py");
            try (var source = Child.class.getResourceAsStream("with_" + contender + ".py")) {
                Files.write(program, source.readAllBytes());
                List<String> command = new ArrayList<>(interpreterAndArguments);
                command.add(1, program.toString());
                return lines(command, input, contender);
            } finally {
                Files.delete(program);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String graph(Workload workload) {
        Dag dag = workload.order().apply(workload.shape().of(workload.jobs()));
        var text = new StringBuilder();
        for (int job = 0; job < dag.size(); job++) {
            for (int required : dag.requirements(job)) {
                text.append(required).append(' ');
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static List<Line> lines(List<String> command, String input, String contender) {
        List<Line> lines = new ArrayList<>();
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var watchdog = Thread.startVirtualThread(() -> killWhenLate(process));
            try (Writer toProcess = process.outputWriter(StandardCharsets.UTF_8)) {
                toProcess.write(input);
            }
            try (var output = process.inputReader(StandardCharsets.UTF_8)) {
                output.lines()
                        .forEach(text -> Line.parse(text).ifPresentOrElse(lines::add, () -> System.err.println(text)));
            }
            int status = process.waitFor();
            watchdog.interrupt();
            if (status != 0) {
                lines.add(new Line.Failed(contender, status == OUT_OF_MEMORY ? "OutOfMemoryError" : "exit " + status));
            }
        } catch (IOException e) {
            lines.add(new Line.Failed(contender, "could not be run"));
            System.err.println(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return lines;
    }

    private static void killWhenLate(Process process) {
        try {
            if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it has ended
        }
    }
}
