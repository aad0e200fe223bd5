package io.orrery.workflowfile.body;

import io.orrery.workflowfile.process.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder for what an attempt of a job needs: its scripts, and the file for its outputs. For one attempt. */
final class ScriptFolder implements AutoCloseable {

    private static final List<String> BASH = List.of("bash", "-euo", "pipefail");
    private static final List<String> SH = List.of("sh", "-eu");
    private static final List<Path> PLACES_OF_BASH = List.of(Path.of("/bin/bash"), Path.of("/usr/bin/bash"));

    private final Path folder;
    private int scripts;

    ScriptFolder() throws JobFailure {
        try {
            folder = Files.createTempDirectory("orrery-");
        } catch (IOException e) {
            throw new JobFailure("A temporary folder can't be made: " + e + ". Make room for it.", e);
        }
    }

    /** The file that the job may write its outputs to. */
    Path outputFile() {
        return folder.resolve("output");
    }

    /** The program that a script is, a copy of which lies in here together with what it includes. */
    Command.Program program(CommandText.Script script, Values values, List<String> shell) throws JobFailure {
        try {
            Path inside = Files.createDirectory(folder.resolve("script-" + ++scripts));
            Path source = script.file();
            String name = source == null ? "script" : String.valueOf(source.getFileName());
            Path copy = inside.resolve(name);
            byte[] bytes = source == null
                    ? values.text(script.text(), "\"script\"").getBytes(StandardCharsets.UTF_8)
                    : Files.readAllBytes(source);
            Files.write(copy, bytes);
            for (Path included : script.includes()) {
                Files.copy(included, inside.resolve(included.getFileName()));
            }
            boolean hasInterpreter = bytes.length > 2 && bytes[0] == '#' && bytes[1] == '!';
            boolean isExecutable = copy.toFile().setExecutable(true);
            var words = new ArrayList<String>();
            if (!script.interpreter().isEmpty()) {
                words.addAll(script.interpreter());
            } else if (!hasInterpreter || !isExecutable) {
                words.addAll(shell(shell));
            }
            words.add(copy.toString());
            words.addAll(values.texts(script.args(), "\"args\""));
            return new Command.Program(words);
        } catch (IOException e) {
            throw new JobFailure(
                    "A script can't be copied: " + e + ". Check that it is there, and that there is room.", e);
        }
    }

    /** The words of a shell that reads a file: not those that say that the text is an argument. */
    private static List<String> shell(List<String> shell) {
        if (shell.isEmpty()) {
            return PLACES_OF_BASH.stream().anyMatch(Files::isExecutable) ? BASH : SH;
        }
        return shell.getLast().equals("-c") ? shell.subList(0, shell.size() - 1) : shell;
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // it is temporary
        }
    }
}
