package io.orrery.plan;

import io.orrery.job.Condition.Ending;
import io.orrery.job.JobBody;
import io.orrery.job.Limit;
import io.orrery.job.NamedBody;
import io.orrery.job.RetryPolicy;
import io.orrery.job.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one plan as data, and collects what is not data in it. */
final class PlanWriter {

    private final List<String> problems = new ArrayList<>();
    private final Map<String, Limit> limits = new LinkedHashMap<>();

    Map<String, Object> write(Plan<?> plan) {
        Map<String, Object> body = plan(plan, "");
        if (!problems.isEmpty()) {
            throw new PlanDataException("Plan \"" + plan.name() + "\" can't be written as data", problems);
        }
        var data = new LinkedHashMap<String, Object>();
        data.put("orreryPlan", PlanData.VERSION);
        if (!limits.isEmpty()) {
            var slots = new LinkedHashMap<String, Object>();
            limits.forEach((name, limit) -> slots.put(name, limit.slots()));
            data.put("limits", slots);
        }
        data.putAll(body);
        return data;
    }

    private Map<String, Object> plan(Plan<?> plan, String prefix) {
        var data = new LinkedHashMap<String, Object>();
        data.put("name", plan.name());
        Settings settings = plan.settings();
        if (settings.window() != 0) {
            data.put("window", settings.window());
        }
        put(data, "timeout", settings.timeout());
        put(data, "shutdownTimeout", settings.shutdownTimeout());
        put(data, "cancelGrace", settings.cancelGrace());
        if (settings.threads() != Threads.FRESH) {
            data.put("threads", settings.threads().name().toLowerCase(Locale.ROOT));
        }
        if (settings.keepGoing()) {
            data.put("keepGoing", true);
        }
        data.put("jobs", plan.jobs().stream().map(job -> job(job, prefix)).toList());
        return data;
    }

    private Map<String, Object> job(PlannedJob job, String prefix) {
        String path = prefix + job.id();
        var data = new LinkedHashMap<String, Object>();
        data.put("id", job.id());
        options(job, path, data);
        if (job.options().retry().retries() > 0) {
            data.put("retry", retry(job.options().retry(), path));
        }
        List<Object> requires = job.requirements().stream()
                .map(link -> link.ending() == Ending.FINISHED
                        ? (Object) link.job().id()
                        : Map.of(link.ending().word(), link.job().id()))
                .toList();
        if (!requires.isEmpty()) {
            data.put("requires", requires);
        }
        job.nested().ifPresent(nested -> data.put("plan", plan(nested, path + "/")));
        job.body().ifPresent(body -> body(body, path, data));
        return data;
    }

    private void options(PlannedJob job, String path, Map<String, Object> data) {
        JobOptions options = job.options();
        if (!job.label().equals(job.id())) {
            data.put("label", job.label());
        }
        if (options.labels().graph() != null) {
            data.put("graphLabel", job.graphLabel());
        }
        if (!options.critical()) {
            data.put("critical", false);
        }
        if (options.forever()) {
            data.put("forever", true);
        }
        put(data, "timeout", options.timeout());
        if (!options.limits().isEmpty()) {
            options.limits().forEach(limit -> know(limit, path));
            data.put("limits", options.limits().stream().map(Limit::name).toList());
        }
    }

    private void know(Limit limit, String path) {
        Limit known = limits.putIfAbsent(limit.name(), limit);
        if (known != null && known != limit) {
            problems.add(path + ": limits are written by their names, but there are two limits named \"" + limit.name()
                    + "\" with " + known.slots() + " and " + limit.slots()
                    + " slots. Share one between the jobs, or give them different names.");
        }
    }

    private Map<String, Object> retry(RetryPolicy retry, String path) {
        if (retry.isSelective()) {
            problems.add(path + ": code is not data, but its retry policy has a predicate. Leave out on(), "
                    + "or let the body throw only what is worth a retry.");
        }
        var data = new LinkedHashMap<String, Object>();
        data.put("retries", retry.retries());
        put(data, "delay", retry.delay().isZero() ? null : retry.delay());
        if (retry.backoff() != 1) {
            data.put("backoff", retry.backoff());
        }
        put(data, "maxDelay", retry.maxDelay().orElse(null));
        if (retry.jitter() != 0) {
            data.put("jitter", retry.jitter());
        }
        return data;
    }

    private void body(JobBody<?> body, String path, Map<String, Object> data) {
        if (body instanceof NamedBody<?> named) {
            data.put("body", named.name());
            if (!named.arguments().isEmpty()) {
                data.put("arguments", named.arguments());
            }
        } else if (!body.equals(JobBody.nothing())) {
            problems.add(
                    path + ": code is not data, but its body has no name. Add it to a BodyCatalog and declare the job "
                            + "with catalog.body(name, arguments).");
        }
    }

    private static void put(Map<String, Object> data, String key, @Nullable Duration duration) {
        if (duration != null) {
            data.put(key, duration.toString());
        }
    }
}
