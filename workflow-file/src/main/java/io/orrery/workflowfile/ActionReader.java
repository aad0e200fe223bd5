package io.orrery.workflowfile;

import io.orrery.workflowfile.FileContext.Around;
import io.orrery.workflowfile.JobModel.Action;
import io.orrery.workflowfile.JobModel.Does;
import io.orrery.workflowfile.body.CommandText;
import io.orrery.workflowfile.body.OutputRule;
import io.orrery.workflowfile.body.Surroundings;
import io.orrery.workflowfile.body.Work;
import io.orrery.workflowfile.expression.Template;
import io.orrery.workflowfile.format.JobVocabularies;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads what a job does. */
final class ActionReader {

    private static final List<String> STEP_KINDS = List.of("run", "exec", "script", "push", "pull");

    private final Fields fields;
    private final Values values; // sees the environment of the job
    private final FileContext file;
    private final Around around;
    private final Problems problems;

    ActionReader(Fields fields, Values values, FileContext file, Around around) {
        this.fields = fields;
        this.values = values;
        this.file = file;
        this.around = around;
        this.problems = values.problems();
    }

    /**
     * Reads the first of some actions; the others are looked at, though only one can be meant.
     *
     * @param own the variables of the job
     */
    Action read(List<String> actions, Map<String, Template> own) {
        Map<String, Template> env = own.isEmpty() ? around.env() : new HashMap<>(around.env());
        if (!own.isEmpty()) {
            env.putAll(own);
        }
        String workdir = Directories.of(fields, values, file.folder(), around.workdir());
        Surroundings where = surroundings(env, workdir);
        if (actions.isEmpty()) {
            return does("barrier", new Work.Nothing(), where);
        }
        for (String name : actions.subList(1, actions.size())) {
            var _ = action(name, where);
        }
        return action(actions.getFirst(), where);
    }

    private Action action(String name, Surroundings where) {
        Node node = fields.present(name);
        return switch (name) {
            case "run", "exec", "script" -> {
                var command = new CommandReader(values, file.folder(), where.shell()).read(name, fields);
                yield does(name, new Work.Commands(List.of(command), where), where);
            }
            case "steps" -> does(name, new Work.Commands(steps(node, where), where), where);
            case "push", "pull" -> {
                transfer(node, fields.what(name));
                yield does(name, new Work.Nothing(), where);
            }
            case "http" -> does(name, new Work.Http(HttpReader.read(node, values, fields.what(name))), where);
            case "java" -> does(name, java(node), where);
            case "workflow" -> otherFile(node, where);
            default -> {
                var nested = new JobReader(values, file, new Around(where.env(), where.workdir()));
                yield new JobModel.Nested(
                        nested.jobs(node, fields.where(), /* isFinally= */ false), window(fields, values));
            }
        };
    }

    static int window(Fields fields, Values values) {
        Node node = fields.value("window");
        Long window = node == null ? null : values.whole(node, fields.what("window"), 0, Limits.WINDOW);
        return window == null ? 0 : window.intValue();
    }

    private Surroundings surroundings(Map<String, Template> env, String workdir) {
        Node stdin = fields.value("stdin");
        Template input = stdin == null ? null : values.template(stdin, fields.what("stdin"));
        Node user = fields.value("user");
        String name = user == null ? null : values.text(user, fields.what("user"));
        if (user != null && name != null && !name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*\\$?")) {
            problems.add(
                    Code.BAD_NAME,
                    user,
                    "%s is the name of a user, but here is %s. Write one."
                            .formatted(fields.what("user"), Names.quote(name)));
            name = null;
        }
        Node shell = fields.value("shell");
        List<String> words =
                shell == null ? file.defaults().shell() : Commandlines.words(shell, values, fields.what("shell"));
        return new Surroundings(
                env, workdir, input == null ? Template.EMPTY : input, name == null ? "" : name, words, file.grace());
    }

    private Does does(String kind, Work work, Surroundings where) {
        List<OutputRule> outputs =
                new OutputReader(values, kind.equals("http")).read(fields.value("outputs"), fields.what("outputs"));
        return new Does(kind, work, outputs, shutdown(where));
    }

    private Work.@Nullable Commands shutdown(Surroundings where) {
        Node node = fields.value("shutdown");
        if (node == null) {
            return null;
        }
        Fields inner = Fields.of(node, JobVocabularies.SHUTDOWN, fields.what("shutdown"), problems);
        var without = new Surroundings(
                where.env(), where.workdir(), Template.EMPTY, where.user(), where.shell(), where.grace());
        CommandText command = command(inner, CommandReader.KINDS, without, "command");
        return command == null ? null : new Work.Commands(List.of(command), without);
    }

    /** The one command in a mapping; null if there is none, or none for this machine. */
    private @Nullable CommandText command(Fields inner, List<String> kinds, Surroundings where, String what) {
        List<String> present = kinds.stream().filter(inner::has).toList();
        if (present.isEmpty() && inner.isMapping() && inner.isComplete()) {
            problems.add(
                    Code.MISSING_FIELD,
                    inner.node(),
                    "%s needs a %s: one of %s. Add it."
                            .formatted(
                                    Character.toUpperCase(inner.where().charAt(0))
                                            + inner.where().substring(1),
                                    what,
                                    String.join(", ", kinds)));
        }
        if (present.size() > 1) {
            problems.add(
                    Code.TWO_ACTIONS,
                    inner.key(present.get(1)),
                    "It is one %s, but %s has \"%s\". Make several of it."
                            .formatted(what, inner.where(), String.join("\" and \"", present)));
        }
        CommandReader.refuseUseless(inner, problems);
        CommandText command = null;
        for (String kind : present.reversed()) {
            if (CommandReader.KINDS.contains(kind)) {
                command = new CommandReader(values, file.folder(), where.shell()).read(kind, inner);
            } else {
                transfer(inner.present(kind), inner.what(kind));
            }
        }
        return command;
    }

    private List<CommandText> steps(Node node, Surroundings where) {
        var steps = new ArrayList<CommandText>();
        if (!(node instanceof SequenceNode list) || list.getValue().isEmpty()) {
            problems.add(
                    Code.WRONG_TYPE,
                    node,
                    "%s is a list of commands, but here is %s. Write - run: ... for each."
                            .formatted(
                                    fields.what("steps"),
                                    node instanceof SequenceNode ? "an empty one" : Values.kind(node)));
            return steps;
        }
        for (Node item : list.getValue()) {
            Fields inner = Fields.of(
                    item,
                    JobVocabularies.STEP,
                    "step " + (list.getValue().indexOf(item) + 1) + " of " + fields.where(),
                    problems);
            CommandText step = command(inner, STEP_KINDS, where, "step");
            if (step != null) {
                steps.add(step);
            }
        }
        return steps;
    }

    private void transfer(Node node, String what) {
        Fields inner = Fields.of(node, JobVocabularies.TRANSFER, what, problems);
        for (String name : JobVocabularies.TRANSFER.needed()) {
            Node path = inner.needed(name, "a path", problems);
            Template text = path == null ? null : values.template(path, inner.what(name));
            if (path != null && text != null && text.text().isBlank()) {
                problems.add(Code.BAD_VALUE, path, inner.what(name) + " is a path, but it is empty. Write one.");
            }
        }
        Node recursive = inner.value("recursive");
        if (recursive != null) {
            var _ = values.bool(recursive, inner.what("recursive"));
        }
        NodeChoice.refuse(node, what, file, problems);
    }

    private Work java(Node node) {
        String name = values.text(node, fields.what("java"));
        if (name != null && !file.loader().mayKnowJava(name)) {
            problems.add(
                    Code.UNKNOWN_JAVA,
                    node,
                    "There is no Java job %s. Register it, or name the jars of its class by --class-path."
                            .formatted(Names.quote(name)));
        }
        Node with = fields.value("with");
        Object given = with == null ? Map.of() : values.any(with, fields.what("with"));
        if (with != null && !(with instanceof MappingNode)) {
            problems.add(
                    Code.WRONG_TYPE,
                    with,
                    "%s is a mapping of names and values, but here is %s. Write {name: value}."
                            .formatted(fields.what("with"), Values.kind(with)));
            given = Map.of();
        }
        Map<String, Object> named = new HashMap<>();
        ((Map<?, ?>) given).forEach((key, value) -> named.put(String.valueOf(key), value));
        return new Work.Java(name == null ? "" : name, named);
    }

    private Action otherFile(Node node, Surroundings where) {
        Map<String, String> given = new HashMap<>();
        Map<String, Template> late = new HashMap<>();
        Node params = fields.value("params");
        if (params instanceof MappingNode mapping) {
            for (Entries.Entry entry : Entries.of(mapping, fields.what("params"), problems)) {
                String what = Names.quote(entry.name()) + " of " + fields.what("params");
                Template value = values.template(entry.value(), what);
                if (value != null && value.isKnown()) {
                    given.put(entry.name(), value.text());
                } else if (value != null && values.isLate(value)) {
                    late.put(entry.name(), value);
                }
            }
        } else if (params != null) {
            problems.add(
                    Code.WRONG_TYPE,
                    params,
                    "%s is a mapping of names and values, but here is %s. Write {reps: 3}."
                            .formatted(fields.what("params"), Values.kind(params)));
        }
        String name = values.text(node, fields.what("workflow"));
        var all = new LoadOptions.Given(given, late.keySet());
        FileModel model = name == null ? null : file.loader().part(node, name, fields.what("workflow"), all, values);
        return model == null
                ? does("barrier", new Work.Nothing(), where)
                : new JobModel.OtherFile(
                        fields.has("window")
                                ? model.withSettings(model.settings().withWindow(window(fields, values)))
                                : model,
                        late);
    }
}
