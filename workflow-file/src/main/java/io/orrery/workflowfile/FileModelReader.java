package io.orrery.workflowfile;

import io.orrery.job.Threads;
import io.orrery.plan.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    private final LoadOptions options;
    private final Problems problems;

    FileModelReader(Path path, LoadOptions options, Problems problems) {
        this.path = path;
        this.options = options;
        this.problems = problems;
    }

    FileModel read(Node root) {
        Fields fields = Fields.of(root, Vocabulary.FILE, "the workflow file", problems);
        Map<String, Parameter> parameters = new ParameterReader(problems, options).read(fields);
        Scope outside = Scope.of(parameters, options.environment());
        Map<String, String> env =
                EnvReader.read(fields.value("env"), new Values(outside, problems), "\"env\" of the workflow file");
        var values = new Values(outside.with(env), problems);
        version(fields, values);
        String name = text(fields, "name", values);
        String description = text(fields, "description", values);
        FileModel.About about = new FileModel.About(
                name == null || name.isBlank() ? Names.ofFile(path) : name,
                description == null ? "" : description,
                List.copyOf(parameters.values()));
        Settings settings = settings(fields, values);
        List<JobModel> jobs = jobs(fields, values, env);
        warnOfUnused(fields, values.scope());
        return new FileModel(about, settings, jobs);
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
                Threads.FRESH);
    }

    private List<JobModel> jobs(Fields fields, Values values, Map<String, String> env) {
        Path parent = path.toAbsolutePath().normalize().getParent();
        Path folder = parent == null ? path.toAbsolutePath() : parent;
        JobReader.Defaults defaults = defaults(fields.value("defaults"), values);
        String workdir = Directories.of(fields, values, folder, folder.toString());
        Node jobs = fields.value("jobs");
        if (jobs == null) {
            if (fields.isMapping()) {
                problems.add(
                        Code.MISSING_FIELD,
                        Span.START,
                        "A workflow file needs the field \"jobs\": a mapping of ids and jobs. Add it.");
            }
            return List.of();
        }
        return new JobReader(values, env, workdir, folder, defaults).jobs(jobs, "the workflow file");
    }

    private JobReader.Defaults defaults(@Nullable Node node, Values values) {
        if (node == null) {
            return JobReader.Defaults.NONE;
        }
        Fields fields = Fields.of(node, Vocabulary.DEFAULTS, "\"defaults\"", problems);
        Node retries = fields.value("retries");
        Node shell = fields.value("shell");
        return new JobReader.Defaults(
                duration(fields, "timeout", values),
                retries == null ? RetryModel.NONE : RetryReader.read(retries, values, fields.what("retries")),
                shell == null ? List.of() : Commandlines.words(shell, values, fields.what("shell")));
    }

    private void warnOfUnused(Fields fields, Scope scope) {
        if (fields.value("params") instanceof MappingNode mapping) {
            mapping.getValue().stream().map(NodeTuple::getKeyNode).forEach(key -> {
                if (key instanceof ScalarNode scalar
                        && scope.parameterNames().contains(scalar.getValue())
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
