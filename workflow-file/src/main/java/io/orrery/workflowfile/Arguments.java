package io.orrery.workflowfile;

import io.orrery.workflowfile.body.CommandText;
import io.orrery.workflowfile.body.Condition;
import io.orrery.workflowfile.body.OutputRule;
import io.orrery.workflowfile.body.Surroundings;
import io.orrery.workflowfile.body.Work;
import io.orrery.workflowfile.expression.Template;
import io.orrery.workflowfile.process.Commands;
import io.orrery.workflowfile.process.Masker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a job does as data, for plans that are written out. What is known is a text; what is found when the job runs is a
 * mapping with the key {@code expression}, so that nobody takes it for what it stands for. Without secrets.
 */
final class Arguments {

    private static final String EXPRESSION = "expression";

    private final Masker masker;

    Arguments(Masker masker) {
        this.masker = masker;
    }

    Map<String, Object> of(JobModel job, JobModel.Does does) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        switch (does.work()) {
            case Work.Nothing nothing -> {}
            case Work.Commands commands -> commands(commands, arguments);
            case Work.Http(Work.HttpCall call) -> {
                arguments.put("method", call.method());
                arguments.put("url", data(call.url()));
            }
            case Work.Java java -> {
                arguments.put("java", java.name());
                arguments.put("with", data(java.with()));
            }
        }
        if (!job.origin().description().isEmpty()) {
            arguments.put(Commands.DESCRIPTION, masker.mask(job.origin().description()));
        }
        Condition condition = job.options().condition();
        if (condition != null) {
            arguments.put("if", condition.source());
        }
        if (!does.outputs().isEmpty()) {
            arguments.put(
                    "outputs", does.outputs().stream().map(OutputRule::name).toList());
        }
        if (does.shutdown() != null) {
            arguments.put("shutdown", masker.mask(does.shutdown().describe()));
        }
        return arguments;
    }

    private void commands(Work.Commands work, Map<String, Object> arguments) {
        if (work.commands().size() == 1) {
            command(work.commands().getFirst(), arguments);
        } else {
            var steps = new ArrayList<Object>();
            for (CommandText command : work.commands()) {
                Map<String, Object> step = new LinkedHashMap<>();
                command(command, step);
                steps.add(step);
            }
            arguments.put("steps", steps);
        }
        Surroundings where = work.where();
        if (!where.env().isEmpty()) {
            arguments.put(Commands.ENV, data(where.env()));
        }
        arguments.put(Commands.WORKDIR, where.workdir());
        arguments.put(Commands.GRACE, where.grace().toString());
        if (!where.stdin().equals(Template.EMPTY)) {
            arguments.put(Commands.STDIN, data(where.stdin()));
        }
        if (!where.user().isEmpty()) {
            arguments.put(Commands.USER, where.user());
        }
    }

    private void command(CommandText command, Map<String, Object> arguments) {
        switch (command) {
            case CommandText.ShellText shell -> {
                arguments.put(Commands.TEXT, data(shell.text()));
                if (!shell.shell().isEmpty()) {
                    arguments.put(Commands.SHELL, shell.shell());
                }
            }
            case CommandText.Program program -> arguments.put(Commands.WORDS, data(program.words()));
            case CommandText.Script script -> {
                arguments.put(
                        "script",
                        script.file() == null
                                ? data(script.text())
                                : script.file().toString());
                if (!script.args().isEmpty()) {
                    arguments.put("args", data(script.args()));
                }
            }
        }
    }

    private Object data(Object value) {
        return switch (value) {
            case Template template when template.isKnown() -> masker.mask(template.text());
            case Template template -> Map.of(EXPRESSION, masker.mask(template.text()));
            case String text -> masker.mask(text);
            case List<?> list -> list.stream().map(this::data).toList();
            case Map<?, ?> map -> {
                Map<String, Object> data = new LinkedHashMap<>();
                map.forEach((name, inner) -> data.put(String.valueOf(name), data(inner)));
                yield data;
            }
            default -> value;
        };
    }
}
