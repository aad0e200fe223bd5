package io.orrery.workflowfile.process;

import io.orrery.process.ProcessTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Starts the process of a command, marked so that all it starts can be found. */
final class Launcher {

    /** Where programs for administrators are, which PATH need not name. */
    private static final String SYSTEM_FOLDERS = ":/usr/sbin:/sbin";

    private static final List<String> BASH = List.of("bash", "-euo", "pipefail", "-c");
    private static final List<String> SH = List.of("sh", "-eu", "-c");

    private static final Pattern ERROR = Pattern.compile("error(?:=\\d+, |: \\d+ \\()([^)]+)");

    private static final String LOCALE = "LC_ALL";
    /** The user's LC_ALL, empty if there is none; only there if this process has another one. */
    private static final String USERS_LOCALE = "ORRERY_USERS_LC_ALL";

    private final Command command;
    private final ProcessBuilder builder = new ProcessBuilder();
    private final String mark;

    Launcher(Command command) {
        this.command = command;
        Map<String, String> env = builder.environment();
        restoreLocale(env);
        String around = env.get(ProcessTree.MARK);
        env.putAll(command.env());
        env.remove(ProcessTree.MARK);
        if (around != null) {
            env.put(ProcessTree.MARK, around);
        }
        mark = ProcessTree.mark(env);
    }

    /** Takes back what {@code ./orrery} does to the locale where the user's is one in which Java knows ASCII only. */
    static void restoreLocale(Map<String, String> env) {
        String users = env.remove(USERS_LOCALE);
        if (users != null && users.isEmpty()) {
            env.remove(LOCALE);
        } else if (users != null) {
            env.put(LOCALE, users);
        }
    }

    String mark() {
        return mark;
    }

    /**
     * Starts it.
     *
     * @param log told of what helps to find out why it can't be started
     */
    Process start(Consumer<String> log) throws CommandNotStarted {
        Path workdir = command.workdir();
        if (!Files.isDirectory(workdir)) {
            throw new CommandNotStarted("A command needs an existing folder, but \"" + workdir
                    + "\" is none. Create it, or change workdir.");
        }
        List<String> words = switch (command.what()) {
            case Command.ShellText shell -> shellWords(shell);
            case Command.Program program -> program.words();
        };
        if (words.isEmpty()) {
            throw new CommandNotStarted("A command needs a program, but this one has no words. Name a program.");
        }
        try {
            return builder.command(asUser(resolved(words, log)))
                    .directory(workdir.toFile())
                    .start();
        } catch (IOException e) {
            throw new CommandNotStarted(
                    "The program \"" + words.getFirst() + "\" can't be started: " + reason(e)
                            + ". Check its path, and whether it may be executed.",
                    e);
        }
    }

    /** The words that run others as the user of the command. The environment goes along. */
    private List<String> asUser(List<String> words) throws CommandNotStarted {
        String user = command.user();
        String current = System.getProperty("user.name", "");
        if (user.isEmpty() || user.equals(current)) {
            return words;
        }
        var all = new ArrayList<>(
                current.equals("root")
                        ? List.of("runuser", "--preserve-environment", "-u", user, "--")
                        : List.of("sudo", "--non-interactive", "--preserve-env", "--user=" + user, "--"));
        String searchPath = builder.environment().getOrDefault("PATH", "") + SYSTEM_FOLDERS;
        Path changer = Executables.find(all.getFirst(), searchPath, command.workdir());
        if (changer == null) {
            throw new CommandNotStarted(
                    "To run a command as the user \"" + user + "\" takes the program \"" + all.getFirst()
                            + "\", which is in none of the folders of PATH. Install it, or leave out \"user\".");
        }
        all.set(0, changer.toString());
        all.addAll(words);
        return all;
    }

    /** What the operating system says, without what the JDK says around it. */
    private static String reason(IOException e) {
        String message = String.valueOf(e.getMessage());
        Matcher error = ERROR.matcher(message);
        return error.find() ? error.group(1) : message;
    }

    private List<String> shellWords(Command.ShellText shell) {
        List<String> interpreter = shell.shell();
        if (interpreter.isEmpty()) {
            interpreter =
                    Executables.find(BASH.getFirst(), builder.environment().get("PATH"), command.workdir()) == null
                            ? SH
                            : BASH;
        }
        var words = new ArrayList<>(interpreter);
        words.add(shell.text());
        return words;
    }

    private List<String> resolved(List<String> words, Consumer<String> log) throws CommandNotStarted {
        String program = words.getFirst();
        if (!Executables.isName(program)) {
            return words;
        }
        String searchPath = builder.environment().get("PATH");
        Path found = Executables.find(program, searchPath, command.workdir());
        if (found == null) {
            log.accept("PATH is " + (searchPath == null ? "not set" : searchPath));
            throw new CommandNotStarted("Command not found: \"" + program
                    + "\" is in none of the folders of PATH. Check its name, or give its path.");
        }
        var resolved = new ArrayList<>(words);
        resolved.set(0, found.toString());
        return resolved;
    }
}
