package io.orrery.workflowfile;

import io.orrery.job.Threads;
import io.orrery.plan.Settings;
import io.orrery.workflowfile.expression.Expression;
import io.orrery.workflowfile.expression.Template;
import io.orrery.workflowfile.expression.Type;
import io.orrery.workflowfile.format.Vocabularies;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads a whole file from its tree of nodes. */
final class FileModelReader {

    private static final int VERSION = 1;
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CANCEL_GRACE = Duration.ofSeconds(10);

    private final Path path;
    private final Path folder;
    private final LoadOptions options;
    private final Problems problems;
    private final Loader loader;

    FileModelReader(Path path, LoadOptions options, Problems problems, Loader loader) {
        this.path = path;
        Path parent = path.toAbsolutePath().normalize().getParent();
        this.folder = parent == null ? path.toAbsolutePath() : parent;
        this.options = options;
        this.problems = problems;
        this.loader = loader;
    }

    FileModel read(Node root) {
        Fields fields = Fields.of(root, Vocabularies.FILE, "the workflow file", problems);
        var parameterReader = new ParameterReader(problems, options);
        Map<String, Parameter> parameters = parameterReader.read(fields);
        var secretReader = new SecretReader(problems, folder);
        Map<String, String> sources = secretReader.sources(fields.value("secrets"));
        var early = new Scope.File(
                new Scope.Parameters(parameters, options.given().late(), new TreeSet<>()),
                sources,
                new TreeSet<>(),
                Map.of());
        Map<String, Template> outside = templates(options.environment(), Map.of());
        String name = text(fields, "name", new Values(Scope.of(early, outside), problems));
        String declared = name == null || name.isBlank() ? Names.ofFile(path) : name;
        String known = options.name().isEmpty() ? declared : options.name();
        var names = new Scope.File(
                early.parameters(),
                sources,
                early.usedNodes(),
                Map.of("name", known, "scheduledAt", options.scheduledAt()));
        var outer = new Values(Scope.of(names, outside), problems);
        Map<String, String> dotenv = new LinkedHashMap<>(options.variables());
        dotenv.putAll(DotenvReader.read(fields.value("dotenv"), outer, folder));
        Map<String, Template> variables = new LinkedHashMap<>(templates(dotenv, sources));
        var inner = new Values(outer.scope().with(variables), problems);
        variables.putAll(EnvReader.read(fields.value("env"), inner, "\"env\" of the workflow file"));
        var values = new Values(outer.scope().with(variables), problems);
        version(fields, values);
        var file = new FileModel(
                about(fields, known, values, parameterReader.rules()),
                settings(fields, values),
                List.of(),
                List.of(),
                secrets(secretReader, dotenv),
                new ScheduleReader(values, parameters.keySet()).read(fields.value("schedules")));
        FileModel model = jobs(file, fields, values, variables);
        warnOfUnused(fields, values.scope());
        return model;
    }

    private Map<String, String> secrets(SecretReader reader, Map<String, String> dotenv) {
        if (options.isCheckOnly()) {
            return Map.of();
        }
        Map<String, String> environment = new LinkedHashMap<>(options.environment());
        environment.putAll(dotenv);
        return reader.values(environment);
    }

    /** Variables as templates; those that hold secrets stay open, so that they are shown nowhere. */
    private static Map<String, Template> templates(Map<String, String> variables, Map<String, String> secrets) {
        Map<String, Template> templates = HashMap.newHashMap(variables.size());
        variables.forEach((name, value) -> templates.put(name, Template.of(value)));
        secrets.forEach((secret, variable) -> templates.computeIfPresent(
                variable, (name, value) -> new Template(new Expression.Name(List.of("secrets", secret), Type.STRING))));
        return templates;
    }

    private FileModel.About about(Fields fields, String name, Values values, Map<String, ParameterRule> rules) {
        String description = text(fields, "description", values);
        Map<String, String> labels = new LinkedHashMap<>();
        Node node = fields.value("labels");
        if (node != null) {
            values.mapping(node, fields.what("labels")).forEach((key, value) -> labels.put(key, value.text()));
        }
        labels.putAll(options.labels());
        return new FileModel.About(
                name,
                description == null ? "" : description,
                List.copyOf(values.scope().file().parameters().declared().values()),
                rules,
                labels);
    }

    private void version(Fields fields, Values values) {
        Node node = fields.value("version");
        if (node == null) {
            if (fields.has("jobs")) {
                problems.add(
                        Code.NO_VERSION,
                        Span.of(fields.node()),
                        "The file does not say for which version of the format it was written. Add \"version: "
                                + VERSION + "\".");
            }
            return;
        }
        Long version = values.whole(node, fields.what("version"), 0, Long.MAX_VALUE);
        if (version != null && version != VERSION) {
            problems.add(
                    Code.UNKNOWN_VERSION,
                    node,
                    "This version of Orrery knows version %d of the format, but this file is of version %d. Use another version of Orrery."
                            .formatted(VERSION, version));
        }
    }

    private Settings settings(Fields fields, Values values) {
        Node window = fields.value("window");
        Long slots = window == null ? null : values.whole(window, fields.what("window"), 0, Limits.WINDOW);
        Duration shutdown = duration(fields, "shutdownTimeout", values);
        Duration grace = duration(fields, "cancelGrace", values);
        return new Settings(
                slots == null ? 0 : slots.intValue(),
                duration(fields, "timeout", values),
                shutdown == null ? SHUTDOWN_TIMEOUT : shutdown,
                grace == null ? CANCEL_GRACE : grace,
                Threads.FRESH,
                Settings.DEFAULT.keepGoing());
    }

    private FileModel jobs(FileModel model, Fields fields, Values values, Map<String, Template> env) {
        Map<String, Node> nodes = new NodesReader(values).read(fields.value("nodes"));
        var context = new FileContext(
                folder,
                defaults(fields.value("defaults"), values),
                nodes.keySet(),
                model.settings().cancelGrace(),
                loader);
        var around = new FileContext.Around(env, Directories.of(fields, values, folder, folder.toString()));
        Node jobs = fields.value("jobs");
        if (jobs == null) {
            if (fields.isMapping()) {
                problems.add(
                        Code.MISSING_FIELD,
                        Span.START,
                        "A workflow file needs the field \"jobs\": a mapping of ids and jobs. Add it.");
            }
            return model;
        }
        List<JobModel> main = new JobReader(values, context, around).jobs(jobs, "the workflow file", false);
        List<JobModel> last = last(fields, jobs, values, context, around);
        warnOfNodes(nodes, values.scope());
        return model.withJobs(main, last);
    }

    private List<JobModel> last(
            Fields fields, Node jobs, Values values, FileContext context, FileContext.Around around) {
        Node node = fields.value("finally");
        if (node == null) {
            return List.of();
        }
        if (loader.isPart()) {
            problems.add(
                    Code.WITHOUT_EFFECT,
                    fields.key("finally"),
                    "\"finally\" of a workflow file that is a part of another one is not run. Put it into the"
                            + " outermost.");
        }
        Map<String, Scope.JobNames> before = jobs instanceof MappingNode mapping
                ? JobScan.names(Entries.of(mapping, "the jobs of the workflow file", new Problems(problems.source())))
                : Map.of();
        var inside = new Values(values.scope().inside(before, /* isFinally= */ true), problems);
        return new JobReader(inside, context, around).jobs(node, "\"finally\"", /* isFinally= */ true);
    }

    private void warnOfNodes(Map<String, Node> nodes, Scope scope) {
        nodes.forEach((name, key) -> {
            if (!scope.file().usedNodes().contains(name)) {
                problems.add(
                        Code.UNUSED_NODE,
                        key,
                        "Nothing runs on the node \"%s\", nor through it. Write node: %1$s in a job, or drop it."
                                .formatted(name));
            }
        });
    }

    private FileContext.Defaults defaults(@Nullable Node node, Values values) {
        if (node == null) {
            return FileContext.Defaults.NONE;
        }
        Fields fields = Fields.of(node, Vocabularies.DEFAULTS, "\"defaults\"", problems);
        Node retries = fields.value("retries");
        Node shell = fields.value("shell");
        return new FileContext.Defaults(
                duration(fields, "timeout", values),
                retries == null ? RetryModel.NONE : RetryReader.read(retries, values, fields.what("retries")),
                shell == null ? List.of() : Commandlines.words(shell, values, fields.what("shell")));
    }

    private void warnOfUnused(Fields fields, Scope scope) {
        if (fields.value("params") instanceof MappingNode mapping) {
            mapping.getValue().stream().map(NodeTuple::getKeyNode).forEach(key -> {
                if (key instanceof ScalarNode scalar
                        && scope.file().parameters().declared().containsKey(scalar.getValue())
                        && !scope.isUsed(scalar.getValue())) {
                    problems.add(
                            Code.UNUSED_PARAMETER,
                            key,
                            "Nothing uses the parameter \"%1$s\". Write ${{ params.%1$s }} where it belongs, or drop it."
                                    .formatted(scalar.getValue()));
                }
            });
        }
    }

    private @Nullable Duration duration(Fields fields, String name, Values values) {
        Node node = fields.value(name);
        return node == null ? null : values.duration(node, fields.what(name));
    }

    private @Nullable String text(Fields fields, String name, Values values) {
        Node node = fields.value(name);
        return node == null ? null : values.text(node, fields.what(name));
    }
}
