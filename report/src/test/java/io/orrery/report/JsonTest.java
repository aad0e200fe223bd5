package io.orrery.report;

import static io.orrery.job.Condition.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Facts;
import io.orrery.job.Job;
import io.orrery.job.JobOutcome.Cancelled;
import io.orrery.job.JobOutcome.TimedOut;
import io.orrery.job.Print;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.spec.Spec;
import io.orrery.testing.Recorded;
import io.orrery.workflow.Workflow;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    private static final class ExitStatus extends Exception implements Facts {
        private static final long serialVersionUID = 1;

        ExitStatus() {
            super("exit 255");
        }

        @Override
        public Map<String, Object> facts() {
            return Map.of("exitCode", 255, "other", "is not in the schema");
        }
    }

    private static Facts facts(Map<String, Object> facts) {
        return () -> facts;
    }

    /** A run that failed, with a job of each kind in it. */
    private static RunReport nightly() {
        var lab = Workflow.named("lab");
        Job<?> warm = lab.action("warm", () -> {});
        lab.action("measure", () -> {}).requires(warm).critical(false);
        var nightly = Workflow.named("nightly");
        Job<?> build = nightly.action("build", () -> {});
        Job<?> nested = nightly.add(lab).requires(build);
        Job<?> deploy = nightly.action("deploy", () -> {}).label("to the web").requires(build, nested);
        nightly.action("report", () -> {}).requires(deploy);
        nightly.forever("monitor", () -> {});
        Recorded inner = Recorded.of(nightly.plan().nested(1).orElseThrow())
                .succeeded("warm", 1120, 1130, 1)
                .ended("measure", 1130, 1200, new TimedOut(Duration.ofMillis(70), null));
        return Recorded.of(nightly)
                .succeeded("build", 3, 1120, facts(Map.of("exitCode", 0, "outputs", Map.of("version", "2.4.1"))))
                .succeeded("lab", 1120, 1200, "done")
                .inside("lab", inner)
                .failed("deploy", 1201, 4300, new ExitStatus())
                .attempts("deploy", 3)
                .notRun("report", "deploy failed")
                .ended("monitor", 3, 4305, new Cancelled("deploy failed", null, null))
                .verdict(RunState.FAILED, "critical job deploy failed: exit 255", 4310)
                .report();
    }

    @Test
    @Spec({"GB-30", "GB-06"})
    void a_run_is_one_document_with_a_line_for_each_job() {
        assertThat(Json.of(nightly())).isEqualTo("""
            {"schemaVersion": 1, "workflow": "nightly", "run": "01JTEST", "state": "failed", \
            "why": "critical job deploy failed: exit 255", \
            "startedAt": "2026-11-20T02:30:00.000Z", "durationMs": 4310, "jobs": [
              {"id": "build", "label": "build", "state": "succeeded", "critical": true, "forever": false, \
            "requires": [], "startMs": 3, "endMs": 1120, "attempts": 1, "exitCode": 0, \
            "outputs": {"version": "2.4.1"}},
              {"id": "lab", "label": "lab", "state": "succeeded", "critical": true, "forever": false, \
            "requires": ["build"], "startMs": 1120, "endMs": 1200, "attempts": 1, "jobs": [
                {"id": "warm", "label": "warm", "state": "succeeded", "critical": true, "forever": false, \
            "requires": [], "startMs": 1120, "endMs": 1130, "attempts": 1},
                {"id": "measure", "label": "measure", "state": "timed-out", "critical": false, \
            "forever": false, "requires": ["warm"], "startMs": 1130, "endMs": 1200, "attempts": 1, \
            "because": "took longer than 70ms"}]},
              {"id": "deploy", "label": "to the web", "state": "failed", "critical": true, "forever": false, \
            "requires": ["build", "lab"], "startMs": 1201, "endMs": 4300, "attempts": 3, "exitCode": 255, \
            "failure": {"type": "ExitStatus", "message": "exit 255"}},
              {"id": "report", "label": "report", "state": "not-run", "critical": true, "forever": false, \
            "requires": ["deploy"], "because": "deploy failed"},
              {"id": "monitor", "label": "monitor", "state": "cancelled", "critical": true, "forever": true, \
            "requires": [], "startMs": 3, "endMs": 4305, "attempts": 1, "because": "deploy failed"}], \
            "criticalPath": ["build", "lab", "deploy"]}\
            """);
    }

    @Test
    void a_run_that_a_job_made_on_the_fly_is_told_with_the_job() {
        var parts = Workflow.named("parts");
        parts.action("one", () -> {});
        var main = Workflow.named("main");
        main.action("fan", () -> {});
        Recorded run = Recorded.of(parts).running("one", 5).verdict(RunState.RUNNING, "", 1);

        assertThat(Json.of(
                        Recorded.of(main).running("fan", 1).inside("fan", run).report()))
                .endsWith("""
                      {"id": "fan", "label": "fan", "state": "running", "critical": true, "forever": false, \
                    "requires": [], "startMs": 1, "attempts": 1, "runs": [
                        {"workflow": "parts", "state": "running", "why": "", "jobs": [
                          {"id": "one", "label": "one", "state": "running", "critical": true, "forever": false, \
                    "requires": [], "startMs": 5, "attempts": 1}]}]}], "criticalPath": []}\
                    """);
    }

    @Test
    void before_a_run_there_are_neither_id_nor_times() {
        var two = Workflow.named("two");
        two.add(Workflow.named("empty"));

        assertThat(Json.of(RunReport.idle(two.plan()))).isEqualTo("""
            {"schemaVersion": 1, "workflow": "two", "state": "idle", "why": "", "jobs": [
              {"id": "empty", "label": "empty", "state": "idle", "critical": true, "forever": false, \
            "requires": [], "jobs": []}], "criticalPath": []}\
            """);
    }

    @Test
    void a_failure_without_a_message_has_a_type_only_and_facts_that_fail_do_no_harm() {
        var two = Workflow.named("two");
        two.action("a", () -> {});
        two.action("b", () -> {});
        Facts broken = () -> {
            throw new IllegalStateException("no facts");
        };

        assertThat(Json.of(Recorded.of(two)
                        .failed("a", 0, 1, new IllegalStateException() {
                            private static final long serialVersionUID = 1;
                        })
                        .succeeded("b", 0, 1, broken)
                        .report()))
                .contains("\"failure\": {\"type\": \"JsonTest$1\"}}")
                .contains("\"outputs\": {\"error\": \"facts failed: java.lang.IllegalStateException\"}}");
    }

    @Test
    void a_plan_tells_what_its_jobs_require_and_have_been_given() {
        var sub = Workflow.named("sub").timeout(Duration.ofSeconds(5));
        sub.job("say", Print.of("x"));
        var main = Workflow.named("main").window(4);
        Job<?> a = main.action("a", () -> {}).timeout(Duration.ofMinutes(1)).retries(2);
        main.add(sub).requires(succeeded(a)).critical(false);
        main.forever("tick", () -> {}).requires(a);

        assertThat(Json.of(main)).isEqualTo("""
            {"schemaVersion": 1, "workflow": "main", "window": 4, "jobs": [
              {"id": "a", "label": "a", "kind": "Job", "critical": true, "forever": false, "requires": [], \
            "timeoutMs": 60000, "maxAttempts": 3},
              {"id": "sub", "label": "sub", "kind": "Workflow", "critical": false, "forever": false, \
            "requires": ["a"], "conditions": {"a": "succeeded"}, "runTimeoutMs": 5000, "jobs": [
                {"id": "say", "label": "say", "kind": "Print", "critical": true, "forever": false, \
            "requires": []}]},
              {"id": "tick", "label": "tick", "kind": "Job", "critical": true, "forever": true, \
            "requires": ["a"]}]}\
            """);
    }

    @Test
    void texts_are_escaped_so_that_any_encoding_of_unicode_can_write_them() {
        assertThat(JsonText.line("quote \" backslash \\ slash / \b\f\n\r\t \0 \37 \177 \u2028 \u2029 ä 漢 🚀"))
                .isEqualTo("\"quote \\\" backslash \\\\ slash / \\b\\f\\n\\r\\t \\u0000 \\u001f \\u007f \\u2028 \\u2029"
                        + " ä 漢 🚀\"");
        String halves = JsonText.line("\ud83d x \ude80 \ud83d");
        assertThat(halves).isEqualTo("\"\\ud83d x \\ude80 \\ud83d\"");
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(halves)).isTrue();
    }

    @Test
    void values_are_written_by_their_kind_and_anything_else_as_its_text() {
        var values = new ArrayList<Object>();
        values.add(null);
        values.addAll(List.of(true, 1, 2L, (short) 3, (byte) 4, 0.5, 1.5f, 1e300, Double.NaN, Float.POSITIVE_INFINITY));
        values.addAll(List.of(new BigDecimal("1E+3"), BigInteger.TEN, 'c', Duration.ofSeconds(1), List.of(List.of())));
        values.add(new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no");
            }
        });
        var map = new LinkedHashMap<Object, Object>();
        map.put("values", values);
        map.put(1, Map.of());

        assertThat(JsonText.line(map))
                .isEqualTo("{\"values\": [null, true, 1, 2, 3, 4, 0.5, 1.5, 1.0E300, null, null, 1E+3, 10, \"c\","
                        + " \"PT1S\", [[]], \"(its toString failed: java.lang.IllegalStateException)\"], \"1\":"
                        + " {}}");
    }

    @Test
    void data_that_contains_itself_ends_somewhere() {
        var list = new ArrayList<Object>();
        list.add(list);
        var map = new LinkedHashMap<String, Object>();
        map.put("self", map);

        assertThat(JsonText.line(list)).contains("[\"(nested too deeply)\"]");
        assertThat(JsonText.line(map)).contains("{\"self\": \"(nested too deeply)\"}");
    }
}
