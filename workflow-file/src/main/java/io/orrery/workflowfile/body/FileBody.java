package io.orrery.workflowfile.body;

import io.orrery.job.JobBody;
import io.orrery.job.JobContext;
import io.orrery.job.JobSkippedException;
import io.orrery.workflowfile.process.JavaOutput;
import io.orrery.workflowfile.process.Masker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A job of a workflow file: looks at its condition, finds the values of its expressions, does its work, takes its outputs. No
 * secret leaves it but in outputs for other jobs: what it logs and throws is masked. Safe for use by several runs at once.
 */
public final class FileBody implements JobBody<@Nullable Object> {

    /**
     * What makes a body.
     *
     * @param condition whether there is anything to do; null if there always is
     * @param work what to do
     * @param outputs what comes of it
     * @param shutdown what to do at the end of every run; null for nothing
     * @param description what it is for; empty if nothing is said
     */
    public record Parts(
            @Nullable Condition condition,
            Work work,
            List<OutputRule> outputs,
            Work.@Nullable Commands shutdown,
            String description) {}

    private final Parts parts;
    private final Environment environment;
    private final Handles handles;
    private final Masker masker;

    /** A job in an environment that can see these other jobs. */
    public FileBody(Parts parts, Environment environment, Handles handles) {
        this.parts = parts;
        this.environment = environment;
        this.handles = handles;
        this.masker = environment.secrets().masker();
    }

    @Override
    public @Nullable Object run(JobContext context) throws Exception {
        try {
            var values = new Values(new LiveNames(context, environment, handles));
            Condition condition = parts.condition();
            if (condition != null && !values.holds(condition)) {
                throw new JobSkippedException("if: " + condition.source() + " is false");
            }
            return work(context, values);
        } catch (Exception e) {
            throw MaskedFailure.of(e, masker);
        } catch (Error e) {
            throw MaskedFailure.of(e, masker);
        }
    }

    private @Nullable Object work(JobContext context, Values values) throws Exception {
        Consumer<String> log = message -> context.log(masker.mask(message));
        return switch (parts.work()) {
            case Work.Nothing nothing -> null;
            case Work.Commands commands ->
                new CommandsRun(commands, parts.outputs(), environment, values).run(context, log);
            case Work.Http http -> new HttpRun(http.call(), parts.outputs(), masker, values).run(log);
            case Work.Java java -> {
                Map<?, ?> with = (Map<?, ?>) values.whole(java.with(), "\"with\"");
                var given = new LinkedHashMap<String, Object>();
                with.forEach((name, value) -> given.put(String.valueOf(name), value));
                try (var _ = JavaOutput.of(context.path(), environment.sink(), masker)) {
                    JobBody<?> body = environment.java().body(java.name(), given);
                    yield MaskedResult.of(body.run(new MaskedContext(context, masker)), masker);
                }
            }
        };
    }

    @Override
    public void shutdown(JobContext context) throws Exception {
        Work.Commands shutdown = parts.shutdown();
        if (shutdown == null) {
            return;
        }
        try {
            var values = new Values(new LiveNames(context, environment, handles));
            new CommandsRun(shutdown, List.of(), environment, values)
                    .run(context, message -> context.log(masker.mask(message)));
        } catch (Exception e) {
            throw MaskedFailure.of(e, masker);
        }
    }

    @Override
    public String describe() {
        return masker.mask(parts.description().isEmpty() ? parts.work().describe() : parts.description());
    }
}
