package io.orrery.workflowfile;

import io.orrery.workflowfile.JobModel.Action;
import io.orrery.workflowfile.JobModel.Options;
import io.orrery.workflowfile.JobModel.Surroundings;
import io.orrery.workflowfile.JobModel.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads jobs, and the jobs nested in them. */
final class JobReader {

    private static final List<String> ACTIONS = List.of("run", "exec", "jobs");

    /** What holds for commands unless they say otherwise. */
    record Defaults(@Nullable Duration timeout, RetryModel retries, List<String> shell) {
        static final Defaults NONE = new Defaults(null, RetryModel.NONE, List.of());
    }

    private final Values values; // sees the environment around the jobs
    private final Map<String, String> env; // of the file and the nested workflows around the jobs
    private final String workdir;
    private final Path folder;
    private final Defaults defaults;

    JobReader(Values values, Map<String, String> env, String workdir, Path folder, Defaults defaults) {
        this.values = values;
        this.env = env;
        this.workdir = workdir;
        this.folder = folder;
        this.defaults = defaults;
    }

    /**
     * Reads a mapping of jobs.
     *
     * @param where what they are the jobs of, for messages
     */
    List<JobModel> jobs(Node node, String where) {
        Problems problems = values.problems();
        if (!(node instanceof MappingNode mapping)) {
            problems.add(
                    Code.WRONG_TYPE,
                    node,
                    "The jobs of %s are a mapping of ids and jobs, but here is %s. Write ID: {run: ...} for each."
                            .formatted(where, Values.kind(node)));
            return List.of();
        }
        var jobs = new ArrayList<JobModel>();
        for (Entries.Entry entry : Entries.of(mapping, "the jobs of " + where, problems)) {
            if (Names.JOB.matcher(entry.name()).matches()) {
                jobs.add(job(entry));
            } else {
                problems.add(
                        Code.BAD_NAME,
                        entry.key(),
                        "The id of a job has letters, digits, - and _, at most 100, but this is "
                                + Names.quote(entry.name()) + ". Put other text into \"label\".");
            }
        }
        if (mapping.getValue().isEmpty()) {
            problems.add(
                    Code.NO_JOBS,
                    node,
                    "There are no jobs in %s, so a run of it does nothing. Add some.".formatted(where));
        }
        return jobs;
    }

    private JobModel job(Entries.Entry entry) {
        String where = "job \"" + entry.name() + "\"";
        Node node = entry.value();
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL)) {
            node = emptyMapping(node); // "sync:" with nothing behind it is a job that does nothing
        }
        Fields fields = Fields.of(node, Vocabulary.JOB, where, values.problems());
        Map<String, String> own = EnvReader.read(fields.value("env"), values, fields.what("env"));
        Values inside = new Values(values.scope().with(own), values.problems());
        Boolean critical = bool(fields, "critical", inside);
        Boolean forever = bool(fields, "forever", inside);
        boolean endless = forever != null && forever;
        return new JobModel(
                entry.name(),
                Span.of(entry.key()),
                new Texts(text(fields, "label", inside), text(fields, "description", inside)),
                action(fields, inside, own),
                NeedsReader.read(fields.value("requires"), inside, fields.what("requires")),
                new Options(
                        critical == null || critical,
                        endless,
                        timeout(fields, inside, endless),
                        retries(fields, inside)));
    }

    private static Node emptyMapping(Node at) {
        return new MappingNode(
                Tag.MAP, /* resolved= */ true, List.of(), FlowStyle.BLOCK, at.getStartMark(), at.getEndMark());
    }

    private Action action(Fields fields, Values inside, Map<String, String> own) {
        List<String> actions = ACTIONS.stream().filter(fields::has).toList();
        if (actions.size() > 1) {
            values.problems()
                    .add(
                            Code.TWO_ACTIONS,
                            fields.key(actions.get(1)),
                            "A job has one action, but %s has \"%s\". Make several jobs of it."
                                    .formatted(fields.where(), String.join("\" and \"", actions)));
        }
        refuseUseless(fields, actions);
        Map<String, String> all = own.isEmpty() ? env : new HashMap<>(env);
        if (!own.isEmpty()) {
            all.putAll(own);
        }
        String dir = Directories.of(fields, inside, folder, workdir);
        Action action = new JobModel.Barrier();
        for (String name : actions.reversed()) { // all of them are looked at, though only one can be meant
            action = action(name, fields, inside, new JobModel.Surroundings(all, dir));
        }
        return action;
    }

    private Action action(String name, Fields fields, Values inside, Surroundings where) {
        Node node = fields.present(name);
        return switch (name) {
            case "run" ->
                new JobModel.Run(Commandlines.shellText(node, inside, fields.what(name)), defaults.shell, where);
            case "exec" -> new JobModel.Exec(Commandlines.words(node, inside, fields.what(name)), where);
            default -> {
                Long window = whole(fields, "window", inside);
                var nested = new JobReader(inside, where.env(), where.workdir(), folder, defaults);
                yield new JobModel.Nested(nested.jobs(node, fields.where()), window == null ? 0 : window.intValue());
            }
        };
    }

    /** Refuses fields that would do nothing, unless a field was refused that may have been meant to give them a meaning. */
    private void refuseUseless(Fields fields, List<String> actions) {
        if (!fields.isComplete()) {
            return;
        }
        if (fields.has("window") && !actions.contains("jobs")) {
            useless(fields, "window", "it limits the nested jobs of a job, and there are none");
        }
        for (String name : actions.isEmpty() ? List.of("timeout", "retries", "env", "workdir") : List.<String>of()) {
            if (fields.has(name)) {
                useless(fields, name, "a job without \"run\", \"exec\" or \"jobs\" does nothing but wait for others");
            }
        }
    }

    private void useless(Fields fields, String name, String why) {
        values.problems()
                .add(
                        Code.USELESS_FIELD,
                        fields.key(name),
                        "%s has no effect: %s. Drop it.".formatted(fields.what(name), why));
    }

    private @Nullable Duration timeout(Fields fields, Values inside, boolean forever) {
        Node node = fields.value("timeout");
        if (node != null) {
            return inside.duration(node, fields.what("timeout"));
        }
        return forever || !isCommand(fields) ? null : defaults.timeout;
    }

    private RetryModel retries(Fields fields, Values inside) {
        Node node = fields.value("retries");
        if (node != null) {
            return RetryReader.read(node, inside, fields.what("retries"));
        }
        return isCommand(fields) ? defaults.retries : RetryModel.NONE;
    }

    private static boolean isCommand(Fields fields) {
        return fields.has("run") || fields.has("exec");
    }

    private static @Nullable Boolean bool(Fields fields, String name, Values inside) {
        Node node = fields.value(name);
        return node == null ? null : inside.bool(node, fields.what(name));
    }

    private static @Nullable String text(Fields fields, String name, Values inside) {
        Node node = fields.value(name);
        return node == null ? null : inside.text(node, fields.what(name));
    }

    private static @Nullable Long whole(Fields fields, String name, Values inside) {
        Node node = fields.value(name);
        return node == null ? null : inside.whole(node, fields.what(name), 0, Limits.WINDOW);
    }
}
