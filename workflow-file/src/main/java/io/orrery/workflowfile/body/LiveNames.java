package io.orrery.workflowfile.body;

import io.orrery.job.Facts;
import io.orrery.job.Job;
import io.orrery.job.JobContext;
import io.orrery.job.JobOutcome;
import io.orrery.workflowfile.expression.Evaluator;
import io.orrery.workflowfile.expression.Expression;
import io.orrery.workflowfile.expression.ExpressionException;
import io.orrery.workflowfile.process.WithOutputs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks up the names that have a value only while a run goes on. For one attempt of one job. */
final class LiveNames implements Evaluator.Lookup {

    private final JobContext context;
    private final Environment environment;
    private final Handles handles;

    LiveNames(JobContext context, Environment environment, Handles handles) {
        this.context = context;
        this.environment = environment;
        this.handles = handles;
    }

    @Override
    public Object value(Expression.Name name) throws ExpressionException {
        String second = name.path().get(1);
        Object value = switch (name.root()) {
            case "params" -> parameter(second);
            case "secrets" -> environment.secrets().values().get(second);
            case "run" -> run(second);
            case "jobs" -> jobs(second, name.path().subList(2, name.path().size()));
            default -> null;
        };
        if (value == null) {
            throw ExpressionException.noValue("\"" + name.text() + "\" has no value");
        }
        return value;
    }

    private @Nullable Object parameter(String name) throws ExpressionException {
        LateParameter parameter = environment.parameters().get(name);
        return parameter == null ? null : parameter.value(context);
    }

    private @Nullable Object run(String what) {
        return switch (what) {
            case "id" -> context.runId();
            case "attempt" -> (long) context.attempt();
            default -> environment.run().get(what);
        };
    }

    private Object jobs(String id, List<String> part) throws ExpressionException {
        Handles.Group group = handles.find(id);
        if (group == null) {
            throw ExpressionException.noValue("job \"" + id + "\" is no part of this run");
        }
        var values = new ArrayList<Object>();
        for (JobOutcome ended : group.ended()) {
            values.add(value(id, ended, part));
        }
        for (Job<?> job : group.jobs()) {
            values.add(value(id, outcome(id, job), part));
        }
        return group.isMany() ? values : values.getFirst();
    }

    private JobOutcome outcome(String id, Job<?> job) throws ExpressionException {
        try {
            return context.outcome(job)
                    .orElseThrow(() -> ExpressionException.noValue("job \"" + id + "\" has not ended"));
        } catch (IllegalArgumentException e) {
            throw ExpressionException.noValue("job \"" + id + "\" is no part of this run");
        }
    }

    private static Object value(String id, JobOutcome outcome, List<String> part) throws ExpressionException {
        Object result = outcome instanceof JobOutcome.Succeeded(Object succeeded)
                ? succeeded
                : outcome.failure().orElse(null);
        Object value = switch (part.getFirst()) {
            case "state" -> outcome.state().word();
            case "exitCode" -> exitCode(result);
            default ->
                result instanceof WithOutputs with ? with.outputs().values().get(part.getLast()) : null;
        };
        if (value == null) {
            throw ExpressionException.noValue(
                    "job \"" + id + "\" " + outcome.state().word() + " and has no " + String.join(".", part));
        }
        return value;
    }

    private static @Nullable Object exitCode(@Nullable Object result) {
        Object code = result instanceof Facts facts ? facts.facts().get("exitCode") : null;
        return code instanceof Number number ? number.longValue() : null;
    }
}
