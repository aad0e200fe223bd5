package io.orrery.workflowfile.body;

import io.orrery.job.JobContext;
import io.orrery.workflowfile.process.Capture;
import io.orrery.workflowfile.process.Command;
import io.orrery.workflowfile.process.CommandIo;
import io.orrery.workflowfile.process.CommandNotStarted;
import io.orrery.workflowfile.process.CommandResult;
import io.orrery.workflowfile.process.CommandRun;
import io.orrery.workflowfile.process.ExitStatus;
import io.orrery.workflowfile.process.Masker;
import io.orrery.workflowfile.process.Outputs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the commands of a job, one after the other, and takes its outputs. For one attempt. */
final class CommandsRun {

    private static final String OUTPUT_VARIABLE = "ORRERY_OUTPUT";

    private final Work.Commands work;
    private final List<OutputRule> rules;
    private final Environment environment;
    private final Values values;
    private final @Nullable Capture stdout;
    private final @Nullable Capture stderr;

    CommandsRun(Work.Commands work, List<OutputRule> rules, Environment environment, Values values) {
        this.work = work;
        this.rules = rules;
        this.environment = environment;
        this.values = values;
        this.stdout = needs(OutputRule.Source.STDOUT) ? new Capture() : null;
        this.stderr = needs(OutputRule.Source.STDERR) ? new Capture() : null;
    }

    private boolean needs(OutputRule.Source source) {
        return rules.stream().anyMatch(rule -> rule.from() == source);
    }

    CommandResult run(JobContext context, Consumer<String> log)
            throws JobFailure, OutputMissing, ExitStatus, CommandNotStarted, InterruptedException {
        boolean needsFolder = needs(OutputRule.Source.OUTPUT_FILE)
                || work.commands().stream().anyMatch(command -> command instanceof CommandText.Script);
        if (!needsFolder) {
            return run(context, log, null);
        }
        try (var folder = new ScriptFolder()) {
            return run(context, log, folder);
        }
    }

    private CommandResult run(JobContext context, Consumer<String> log, @Nullable ScriptFolder folder)
            throws JobFailure, OutputMissing, ExitStatus, CommandNotStarted, InterruptedException {
        Surroundings where = work.where();
        Map<String, String> env = new HashMap<>(values.texts(where.env(), "\"env\""));
        if (folder != null && needs(OutputRule.Source.OUTPUT_FILE)) {
            env.put(OUTPUT_VARIABLE, folder.outputFile().toString());
        }
        Masker masker = environment.secrets().masker();
        var io = new CommandIo(environment.sink(), masker, stdout, stderr);
        String stdin = values.text(where.stdin(), "\"stdin\"");
        CommandResult result = new CommandResult(0, List.of(), List.of(), Outputs.NONE);
        for (CommandText text : work.commands()) {
            var command =
                    new Command(what(text, folder), env, Path.of(where.workdir()), stdin, where.user(), where.grace());
            result = CommandRun.run(command, io, context.path(), log);
            stdin = ""; // only the first one reads it
        }
        Outputs outputs = rules.isEmpty() ? Outputs.NONE : new Outputs(outputs(result, folder, log), masker);
        return new CommandResult(result.exitCode(), result.stdout(), result.stderr(), outputs);
    }

    private Command.What what(CommandText text, @Nullable ScriptFolder folder) throws JobFailure {
        return switch (text) {
            case CommandText.ShellText shell ->
                new Command.ShellText(values.text(shell.text(), "\"run\""), shell.shell());
            case CommandText.Program program -> new Command.Program(values.texts(program.words(), "\"exec\""));
            case CommandText.Script script -> {
                if (folder == null) {
                    throw new IllegalStateException("a script needs a folder");
                }
                yield folder.program(script, values, work.where().shell());
            }
        };
    }

    private Map<String, Object> outputs(CommandResult result, @Nullable ScriptFolder folder, Consumer<String> log)
            throws JobFailure, OutputMissing {
        Map<String, String> written = folder == null ? Map.of() : OutputFile.read(folder.outputFile());
        Map<String, Object> outputs = new LinkedHashMap<>();
        for (OutputRule rule : rules) {
            outputs.put(
                    rule.name(),
                    switch (rule.from()) {
                        case STDOUT -> rule.value(text(stdout, rule));
                        case STDERR -> rule.value(text(stderr, rule));
                        case FILE -> rule.value(file(rule));
                        case OUTPUT_FILE -> {
                            String value = written.get(rule.key());
                            if (value == null) {
                                throw rule.missing(
                                        "the job wrote no line \"" + rule.key() + "=...\" to $ORRERY_OUTPUT");
                            }
                            yield rule.value(value);
                        }
                        case EXIT_CODE -> (long) result.exitCode();
                        case BODY, HEADER -> throw new IllegalStateException("not of a command");
                    });
        }
        for (String name : written.keySet()) {
            if (rules.stream().noneMatch(rule -> rule.key().equals(name))) {
                log.accept("Output \"" + name + "\" is not declared, and so ignored");
            }
        }
        return outputs;
    }

    private static String text(@Nullable Capture capture, OutputRule rule) throws OutputMissing {
        if (capture == null || capture.isCut()) {
            throw rule.missing("there is more than " + Capture.LIMIT / 1024 / 1024 + " MiB of it");
        }
        return capture.text();
    }

    private String file(OutputRule rule) throws OutputMissing {
        Path file = Path.of(work.where().workdir()).resolve(rule.key());
        try {
            if (Files.size(file) > Capture.LIMIT) {
                throw rule.missing("the file has more than " + Capture.LIMIT / 1024 / 1024 + " MiB");
            }
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw rule.missing("the file " + file + " can't be read");
        }
    }
}
