package io.orrery.report;

import io.orrery.job.Condition.Ending;
import io.orrery.plan.JobOptions;
import io.orrery.plan.Plan;
import io.orrery.plan.PlannedJob;
import io.orrery.plan.PlannedJob.Link;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plan as data for whoever draws or examines it; what can be read back as a plan is {@code PlanData}'s business. */
final class PlanJson {

    private PlanJson() {}

    static Map<String, @Nullable Object> document(Plan<?> plan) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("schemaVersion", Json.SCHEMA_VERSION);
        fields.put("workflow", plan.name());
        addContents(fields, plan);
        return fields;
    }

    private static void addContents(Map<String, @Nullable Object> fields, Plan<?> plan) {
        if (plan.settings().window() > 0) {
            fields.put("window", plan.settings().window());
        }
        time(fields, "runTimeoutMs", plan.settings().timeout());
        fields.put("jobs", jobs(plan));
    }

    private static Iterable<Map<String, @Nullable Object>> jobs(Plan<?> plan) {
        return () -> plan.jobs().stream().map(PlanJson::job).iterator();
    }

    private static Map<String, @Nullable Object> job(PlannedJob job) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        JobOptions options = job.options();
        fields.put("id", job.id());
        fields.put("label", job.label());
        fields.put("kind", job.kind());
        fields.put("critical", options.critical());
        fields.put("forever", options.forever());
        fields.put(
                "requires",
                job.requirements().stream().map(link -> link.job().id()).toList());
        var conditions = new LinkedHashMap<String, String>();
        for (Link link : job.requirements()) {
            if (link.ending() != Ending.FINISHED) {
                conditions.put(link.job().id(), link.ending().word());
            }
        }
        if (!conditions.isEmpty()) {
            fields.put("conditions", conditions);
        }
        time(fields, "timeoutMs", options.timeout());
        if (options.retry().maxAttempts() > 1) {
            fields.put("maxAttempts", options.retry().maxAttempts());
        }
        job.nested().ifPresent(nested -> addContents(fields, nested));
        return fields;
    }

    private static void time(Map<String, @Nullable Object> fields, String name, @Nullable Duration time) {
        if (time != null) {
            fields.put(name, time.toMillis());
        }
    }
}
