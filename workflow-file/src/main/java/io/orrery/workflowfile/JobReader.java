package io.orrery.workflowfile;

import io.orrery.workflowfile.FileContext.Around;
import io.orrery.workflowfile.JobModel.Options;
import io.orrery.workflowfile.format.JobVocabularies;
import io.orrery.workflowfile.format.Vocabulary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads jobs, each of them once for each of its instances. */
final class JobReader {

    private static final Vocabulary VOCABULARY = JobVocabularies.JOB;

    private final Values values; // sees the environment around the jobs
    private final FileContext file;
    private final Around around;
    private final Problems problems;

    JobReader(Values values, FileContext file, Around around) {
        this.values = values;
        this.file = file;
        this.around = around;
        this.problems = values.problems();
    }

    /**
     * Reads a mapping of jobs.
     *
     * @param where what they are the jobs of, for messages
     * @param isFinally whether they are behind the end of the run
     */
    List<JobModel> jobs(Node node, String where, boolean isFinally) {
        if (!(node instanceof MappingNode mapping)) {
            problems.add(
                    Code.WRONG_TYPE,
                    node,
                    "The jobs of %s are a mapping of ids and jobs, but here is %s. Write ID: {run: ...} for each."
                            .formatted(where, Values.kind(node)));
            return List.of();
        }
        List<Entries.Entry> entries = Entries.of(mapping, "the jobs of " + where, problems);
        var inside = new JobReader(
                new Values(values.scope().inside(JobScan.names(entries), isFinally), problems), file, around);
        var jobs = new ArrayList<JobModel>(entries.size());
        for (Entries.Entry entry : entries) {
            if (Names.JOB.matcher(entry.name()).matches()) {
                inside.instances(entry, jobs);
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

    private void instances(Entries.Entry entry, List<JobModel> jobs) {
        Node node = entry.value();
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL)) {
            node = emptyMapping(node); // "sync:" with nothing behind it is a job that does nothing
        }
        Fields fields = Fields.of(node, VOCABULARY, "job \"" + entry.name() + "\"", problems);
        var rules = new JobRules(fields, problems);
        rules.check();
        List<String> nodes = new NodeChoice(values, file).read(fields);
        List<Map<String, Object>> combinations = new MatrixReader(values).read(fields);
        boolean isMany = fields.has("matrix") || nodes.size() > 1;
        Set<String> seen = new HashSet<>();
        for (String machine : nodes) {
            for (Map<String, Object> combination : combinations) {
                var parts = new ArrayList<Object>(combination.values());
                if (nodes.size() > 1) {
                    parts.addFirst(machine);
                }
                String id = isMany ? Names.instance(entry.name(), parts) : entry.name();
                if (!seen.add(id)) {
                    problems.add(
                            Code.BAD_VALUE,
                            fields.key(fields.has("matrix") ? "matrix" : "node"),
                            "Each instance is there once, but there are two %s of %s. Drop one of the values."
                                    .formatted(Names.quote(id), fields.where()));
                    continue;
                }
                boolean isRemote = !machine.equals(NodesReader.LOCAL);
                Scope scope = values.scope().ofJob(combination, isRemote);
                jobs.add(job(entry, fields, rules, scope, new Instance(id, isMany)));
            }
        }
    }

    private record Instance(String id, boolean isMany) {}

    private JobModel job(Entries.Entry entry, Fields fields, JobRules rules, Scope scope, Instance instance) {
        var outside = new Values(scope, problems);
        var own = EnvReader.read(fields.value("env"), outside, fields.what("env"));
        var inside = new Values(scope.with(own), problems);
        Boolean forever = bool(fields, "forever", inside);
        String description = text(fields, "description", inside);
        Node tags = fields.value("tags");
        if (tags != null) {
            RetryReader.items(tags).forEach(tag -> inside.text(tag, "each part of " + fields.what("tags")));
        }
        return new JobModel(
                instance.id,
                new JobModel.Origin(
                        entry.name(),
                        Span.of(entry.key()),
                        instance.isMany,
                        text(fields, "label", inside),
                        description == null ? "" : description,
                        scope.place().level()),
                new ActionReader(fields, inside, file, around).read(rules.actions(), own),
                NeedsReader.read(fields.value("requires"), inside, fields.what("requires")),
                options(fields, inside, forever != null && forever),
                scope.place().references());
    }

    private Options options(Fields fields, Values inside, boolean endless) {
        Boolean critical = bool(fields, "critical", inside);
        boolean isNested = fields.has("jobs") || fields.has("workflow");
        int window = isNested ? 0 : ActionReader.window(fields, inside);
        return new Options(
                critical == null || critical,
                endless,
                timeout(fields, inside, endless),
                retries(fields, inside),
                window,
                ConditionReader.read(fields, inside));
    }

    private static Node emptyMapping(Node at) {
        return new MappingNode(
                Tag.MAP, /* resolved= */ true, List.of(), FlowStyle.BLOCK, at.getStartMark(), at.getEndMark());
    }

    private @Nullable Duration timeout(Fields fields, Values inside, boolean forever) {
        Node node = fields.value("timeout");
        if (node != null) {
            return inside.duration(node, fields.what("timeout"));
        }
        return forever || !hasDefaults(fields) ? null : file.defaults().timeout();
    }

    private RetryModel retries(Fields fields, Values inside) {
        Node node = fields.value("retries");
        if (node != null) {
            return RetryReader.read(node, inside, fields.what("retries"));
        }
        return hasDefaults(fields) ? file.defaults().retries() : RetryModel.NONE;
    }

    private static boolean hasDefaults(Fields fields) {
        return JobRules.isCommand(fields) || fields.has("http") || fields.has("java");
    }

    private static @Nullable Boolean bool(Fields fields, String name, Values inside) {
        Node node = fields.value(name);
        return node == null ? null : inside.bool(node, fields.what(name));
    }

    private static @Nullable String text(Fields fields, String name, Values inside) {
        Node node = fields.value(name);
        return node == null ? null : inside.text(node, fields.what(name));
    }
}
