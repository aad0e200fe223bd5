package io.orrery.workflowfile.process;

import io.orrery.time.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to run, where, and how patiently. Immutable.
 *
 * @param what what to run
 * @param env variables added to the environment of this process
 * @param workdir the folder
 * @param grace how long the engine waits for a job that it has told to stop
 * @param description what it is for; empty if nothing is said
 */
record Command(What what, Map<String, String> env, Path workdir, Duration grace, String description) {

    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration LONGEST_RESERVE = Duration.ofSeconds(1);

    /** What to run. */
    sealed interface What {}

    /** A text for a shell; {@code shell} is empty for the default one. */
    record ShellText(String text, List<String> shell) implements What {}

    /** A program and its arguments. */
    record Program(List<String> words) implements What {}

    static Command shell(Map<String, Object> arguments) {
        return of(new ShellText(text(arguments, Commands.TEXT), words(arguments, Commands.SHELL)), arguments);
    }

    static Command program(Map<String, Object> arguments) {
        return of(new Program(words(arguments, Commands.WORDS)), arguments);
    }

    private static Command of(What what, Map<String, Object> arguments) {
        String workdir = text(arguments, Commands.WORKDIR);
        String grace = text(arguments, Commands.GRACE);
        return new Command(
                what,
                variables(arguments),
                Path.of(workdir).toAbsolutePath(),
                grace.isEmpty() ? GRACE : Durations.parse(grace),
                text(arguments, Commands.DESCRIPTION));
    }

    /** How long the command may take between TERM and KILL, so that it is all over when the engine's patience ends. */
    Duration patience() {
        Duration reserve = grace.dividedBy(4);
        return grace.minus(reserve.compareTo(LONGEST_RESERVE) < 0 ? reserve : LONGEST_RESERVE);
    }

    String describe() {
        String text = switch (what) {
            case ShellText shell -> shell.text().strip();
            case Program program -> String.join(" ", program.words());
        };
        return description.isEmpty() ? text : description;
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
