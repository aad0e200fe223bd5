package io.orrery.workflowfile.process;

import io.orrery.time.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a command of arguments that are data. */
final class CommandData {

    private static final Duration GRACE = Duration.ofSeconds(10);

    private CommandData() {}

    static CommandBody shell(Map<String, Object> arguments, OutputSink sink) {
        return body(
                new Command.ShellText(text(arguments, Commands.TEXT), words(arguments, Commands.SHELL)),
                arguments,
                sink);
    }

    static CommandBody program(Map<String, Object> arguments, OutputSink sink) {
        return body(new Command.Program(words(arguments, Commands.WORDS)), arguments, sink);
    }

    private static CommandBody body(Command.What what, Map<String, Object> arguments, OutputSink sink) {
        String workdir = text(arguments, Commands.WORKDIR);
        String grace = text(arguments, Commands.GRACE);
        var command = new Command(
                what,
                variables(arguments),
                Path.of(workdir).toAbsolutePath(),
                text(arguments, Commands.STDIN),
                text(arguments, Commands.USER),
                grace.isEmpty() ? GRACE : Durations.parse(grace));
        String description = text(arguments, Commands.DESCRIPTION);
        return new CommandBody(command, CommandIo.to(sink), description.isEmpty() ? describe(what) : description);
    }

    private static String describe(Command.What what) {
        return switch (what) {
            case Command.ShellText shell -> shell.text().strip();
            case Command.Program program -> String.join(" ", program.words());
        };
    }

    private static String text(Map<String, Object> arguments, String name) {
        Object value = arguments.get(name);
        if (value == null || value instanceof String) {
            return value == null ? "" : (String) value;
        }
        throw wrong(name, "text", value);
    }

    private static List<String> words(Map<String, Object> arguments, String name) {
        Object value = arguments.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw wrong(name, "a list of texts", value);
        }
        var words = new ArrayList<String>(list.size());
        list.forEach(word -> words.add(String.valueOf(word)));
        return List.copyOf(words);
    }

    private static Map<String, String> variables(Map<String, Object> arguments) {
        Object value = arguments.get(Commands.ENV);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(Commands.ENV, "a map of names and texts", value);
        }
        Map<String, String> variables = new LinkedHashMap<>();
        map.forEach((name, text) -> variables.put(String.valueOf(name), String.valueOf(text)));
        return Map.copyOf(variables);
    }

    private static IllegalArgumentException wrong(String name, String wanted, Object value) {
        return new IllegalArgumentException(
                "The argument \"" + name + "\" of a command is " + wanted + ", but is " + value + ". Give it as such.");
    }
}
