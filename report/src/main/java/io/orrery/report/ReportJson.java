package io.orrery.report;

import io.orrery.outcome.JobReport;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.outcome.RunSummary;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run as data. Lists of jobs are made while they are written, so that a report of many takes little memory. */
final class ReportJson {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private ReportJson() {}

    static Map<String, @Nullable Object> document(RunReport report) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        RunSummary summary = report.summary();
        fields.put("schemaVersion", Json.SCHEMA_VERSION);
        fields.put("workflow", report.plan().name());
        if (!summary.identity().runId().isEmpty()) {
            fields.put("run", summary.identity().runId());
        }
        fields.put("state", report.state().state().word());
        fields.put("why", report.why());
        if (report.state() != RunState.IDLE) {
            fields.put("startedAt", TIMESTAMP.format(summary.identity().startedAt()));
            fields.put("durationMs", summary.elapsed().toMillis());
        }
        fields.put("jobs", jobs(report));
        fields.put(
                "criticalPath",
                report.criticalPath().stream().map(JobReport::id).toList());
        return fields;
    }

    private static Iterable<Map<String, @Nullable Object>> jobs(RunReport report) {
        return () -> report.jobs().stream().map(ReportJson::job).iterator();
    }

    private static Map<String, @Nullable Object> job(JobReport job) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("id", job.id());
        fields.put("label", job.label());
        fields.put("state", job.state().word());
        fields.put("critical", job.critical());
        fields.put("forever", job.forever());
        fields.put("requires", job.requirements().stream().map(JobReport::id).toList());
        time(fields, "startMs", job.start());
        time(fields, "endMs", job.end());
        if (job.attempts() > 0) {
            fields.put("attempts", job.attempts());
        }
        job.outcome().ifPresent(outcome -> OutcomeJson.add(fields, outcome));
        job.nested().ifPresent(nested -> fields.put("jobs", jobs(nested)));
        List<RunReport> spontaneous = job.spontaneousRuns();
        if (!spontaneous.isEmpty()) {
            fields.put("runs", spontaneous.stream().map(ReportJson::spontaneous).toList());
        }
        return fields;
    }

    /** A run that a job made on the fly. */
    private static Map<String, Object> spontaneous(RunReport run) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("workflow", run.plan().name());
        fields.put("state", run.state().state().word());
        fields.put("why", run.why());
        fields.put("jobs", jobs(run));
        return fields;
    }

    private static void time(Map<String, @Nullable Object> fields, String name, Optional<Duration> time) {
        time.ifPresent(known -> fields.put(name, known.toMillis()));
    }
}
