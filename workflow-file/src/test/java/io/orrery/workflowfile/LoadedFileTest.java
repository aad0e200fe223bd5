package io.orrery.workflowfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.BodyCatalog;
import io.orrery.job.Condition.Ending;
import io.orrery.job.NamedBody;
import io.orrery.plan.Plan;
import io.orrery.plan.PlanData;
import io.orrery.plan.PlannedJob;
import io.orrery.run.Run;
import io.orrery.spec.Spec;
import io.orrery.workflowfile.process.Commands;
import io.orrery.workflowfile.process.OutputSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a file without mistakes. */
@Spec("GB-63")
class LoadedFileTest {
    private static final String WHOLE = """
        version: 1
        name: nightly
        description: Build and check.
        labels: {team: lab}
        x-anything: [at, {all: true}]
        params:
          branch: main
          reps: {type: int, default: 3, min: 1, max: 20, description: Repetitions}
          fast: true
        env: {LEVEL: file, BRANCH: "${{ params.branch }}"}
        defaults: {timeout: 15m, retries: 1, shell: [sh, -c]}
        window: 4
        timeout: 2h
        shutdownTimeout: 30s
        cancelGrace: 5s
        workdir: sub
        jobs:
          build:
            run: make dist
            label: Build it
            description: Makes everything.
            env: {LEVEL: job}
            workdir: src/..
          monitor: {exec: [tail, -F, log], forever: true, critical: false}
          test:
            requires: build
            exec: ["./test", "${{ params.reps }}", "on ${{ env.BRANCH }}"]
            timeout: 90s
            retries: {max: 2, delay: 10s, backoff: 2, maxDelay: 1m, jitter: 0.1}
          lab:
            requires: [build, test]
            critical: "${{ params.fast }}"
            window: 2
            env: {LEVEL: lab}
            jobs:
              one: {run: echo one}
              two: {run: echo two, requires: {one: failed}}
          sync:
          done: {requires: {lab: succeeded, sync: finished, test: failed}}
        """;

    @TempDir
    private Path folder;

    @Test
    @Shows({"file: name description labels params jobs", "parameter: type default description"})
    void says_what_it_is() {
        var file = Yamls.valid(folder, WHOLE);

        assertThat(file.problems()).isEmpty();
        assertThat(file.name()).isEqualTo("nightly");
        assertThat(file.description()).isEqualTo("Build and check.");
        assertThat(file.labels()).containsExactly(Map.entry("team", "lab"));
        assertThat(file.path()).isEqualTo(folder.resolve("test.yaml"));
        assertThat(file.parameters())
                .containsExactly(
                        new Parameter("branch", Parameter.Type.STRING, "main", List.of(), ""),
                        new Parameter("reps", Parameter.Type.INT, 3L, List.of(), "Repetitions"),
                        new Parameter("fast", Parameter.Type.BOOL, true, List.of(), ""));
    }

    @Test
    @Shows("file: window timeout shutdownTimeout cancelGrace")
    void holds_for_the_workflow_as_a_whole() {
        var settings = plan(WHOLE).settings();

        assertThat(settings.window()).isEqualTo(4);
        assertThat(settings.timeout()).isEqualTo(Duration.ofHours(2));
        assertThat(settings.shutdownTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.cancelGrace()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void has_defaults_where_it_says_nothing() {
        var file = Yamls.valid(folder, "version: 1\njobs: {a: {run: x}}\n");
        var plan = file.workflow().plan();
        var options = plan.job(0).options();

        assertThat(file.name()).isEqualTo("test");
        assertThat(plan.settings().shutdownTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(plan.settings().cancelGrace()).isEqualTo(Duration.ofSeconds(10));
        assertThat(plan.settings().timeout()).isNull();
        assertThat(plan.settings().window()).isZero();
        assertThat(options.critical()).isTrue();
        assertThat(options.forever()).isFalse();
        assertThat(options.timeout()).isNull();
        assertThat(options.retry().maxAttempts()).isEqualTo(1);
    }

    @Test
    @Shows("job: requires")
    void keeps_jobs_in_their_order_and_links_them_forwards_and_backwards() {
        var plan = plan(WHOLE);

        assertThat(plan.jobs())
                .extracting(PlannedJob::id)
                .containsExactly("build", "monitor", "test", "lab", "sync", "done");
        assertThat(plan.job(5).requirements())
                .containsExactly(
                        new PlannedJob.Link(plan.job(3), Ending.SUCCEEDED),
                        new PlannedJob.Link(plan.job(4), Ending.FINISHED),
                        new PlannedJob.Link(plan.job(2), Ending.FAILED));
        assertThat(plan("""
            version: 1
            jobs:
              late: {requires: early}
              early:
            """).job(0).requirements()).hasSize(1);
    }

    @Test
    @Shows({"job: label description forever critical timeout retries", "retries: max delay backoff maxDelay jitter"})
    void gives_each_job_its_options() {
        var plan = plan(WHOLE);
        var test = plan.job(2).options();

        assertThat(plan.job(0).label()).isEqualTo("Build it");
        assertThat(plan.job(0).details()).isEqualTo("Makes everything.");
        assertThat(plan.job(2).details()).isEqualTo("./test 3 on main");
        assertThat(plan.job(1).options().forever()).isTrue();
        assertThat(plan.job(1).options().critical()).isFalse();
        assertThat(test.timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(test.retry().maxAttempts()).isEqualTo(3);
        assertThat(test.retry().delayAfter(1, 0.5)).isEqualTo(Duration.ofSeconds(10));
        assertThat(test.retry().delayAfter(2, 0.5)).isEqualTo(Duration.ofSeconds(20));
        assertThat(test.retry().delayAfter(9, 0.5)).isEqualTo(Duration.ofMinutes(1));
        assertThat(test.retry().delayAfter(1, 0)).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    @Shows({"file: defaults", "defaults: timeout retries"})
    void applies_defaults_to_commands_but_not_the_timeout_to_endless_ones() {
        var plan = plan(WHOLE);

        assertThat(plan.job(0).options().timeout()).isEqualTo(Duration.ofMinutes(15));
        assertThat(plan.job(0).options().retry().maxAttempts()).isEqualTo(2);
        assertThat(plan.job(0).options().retry().delayAfter(1, 0.5)).isEqualTo(Duration.ofSeconds(1));
        assertThat(plan.job(1).options().timeout()).isNull();
        assertThat(plan.job(3).options().timeout()).isNull();
        assertThat(plan.job(4).options().timeout()).isNull();
        assertThat(plan.find("lab/one").orElseThrow().options().timeout()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    @Shows("job: jobs window")
    void nests_workflows_with_a_window_of_their_own_and_the_grace_of_the_file() {
        var lab = plan(WHOLE).job(3).nested().orElseThrow();

        assertThat(lab.settings().window()).isEqualTo(2);
        assertThat(lab.settings().timeout()).isNull();
        assertThat(lab.settings().cancelGrace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(lab.job(1).requirements()).containsExactly(new PlannedJob.Link(lab.job(0), Ending.FAILED));
    }

    @Test
    @Shows({"file: env workdir", "defaults: shell", "job: run exec env workdir"})
    void declares_commands_by_name_with_arguments_that_are_data() {
        var plan = plan(WHOLE);

        assertThat(body(plan, "build").name()).isEqualTo("run");
        assertThat(body(plan, "build").arguments())
                .containsEntry("command", "make dist")
                .containsEntry("shell", List.of("sh", "-c"))
                .containsEntry("env", Map.of("LEVEL", "job", "BRANCH", "main"))
                .containsEntry("workdir", folder.toString())
                .containsEntry("grace", "PT5S")
                .containsEntry("description", "Makes everything.");
        assertThat(body(plan, "test").name()).isEqualTo("exec");
        assertThat(body(plan, "test").arguments())
                .containsEntry("argv", List.of("./test", "3", "on main"))
                .containsEntry("workdir", folder.resolve("sub").toString());
        assertThat(body(plan, "lab/two").arguments()).containsEntry("env", Map.of("LEVEL", "lab", "BRANCH", "main"));
    }

    @Test
    void makes_a_plan_that_can_be_written_out_and_read_back() {
        var data = PlanData.write(plan(WHOLE));

        var read = PlanData.read(data, Commands.addTo(new BodyCatalog(), OutputSink.NOWHERE));

        assertThat(PlanData.write(read)).isEqualTo(data);
    }

    @Test
    void makes_a_new_workflow_each_time_that_may_be_changed() {
        var file = Yamls.valid(folder, WHOLE);

        var changed = file.workflow().window(1).timeout(Duration.ofSeconds(1)).plan();

        assertThat(changed.settings().window()).isEqualTo(1);
        assertThat(file.workflow().plan().settings().window()).isEqualTo(4);
    }

    @Test
    void can_be_checked_and_drawn_without_values_for_its_parameters_but_not_run() {
        var path = Yamls.write(folder, """
            version: 1
            params:
              target: {type: string}
              patience: {type: string, description: How long to wait}
              reps: {type: int}
            jobs:
              a: {exec: [deploy, "to ${{ params.target }}"], timeout: "${{ params.patience }}", retries: "${{ params.reps }}"}
              b: {requires: a, run: x, label: "${{ params.target }}"}
            """);

        assertThat(Corpus.places(WorkflowFile.load(path))).containsExactly("E143 3:3", "E143 4:3", "E143 5:3");

        var file = WorkflowFile.load(path, LoadOptions.defaults().checkOnly());
        var body = file.workflow().plan().job(0).body().orElseThrow();

        assertThat(file.problems()).isEmpty();
        assertThat(file.parameters()).extracting(Parameter::value).containsOnlyNulls();
        assertThat(body.describe()).isEqualTo("deploy to ${{ params.target }}");
        assertThatThrownBy(() -> Run.alone(body)).hasMessageContaining("loaded for checking");
    }

    @Test
    void takes_values_for_its_parameters_as_text() {
        var path = Yamls.write(folder, """
            version: 1
            params:
              reps: {type: int, min: 1, max: 20}
              rate: 0.5
              dry: false
              target: {enum: [staging, prod], default: staging}
            jobs:
              a: {exec: ["${{ params.reps }}", "${{ params.rate }}", "${{ params.dry }}", "${{ params.target }}"]}
            """);

        var file = WorkflowFile.load(
                path,
                LoadOptions.defaults()
                        .parameters(Map.of("reps", "4", "rate", "1e-3", "dry", "true"))
                        .parameter("reps", "5")
                        .parameter("target", "prod"));

        assertThat(file.problems()).isEmpty();
        assertThat(file.parameters()).extracting(Parameter::value).containsExactly(5L, 0.001, true, "prod");
        assertThat(body(file.workflow().plan(), "a").arguments())
                .containsEntry("argv", List.of("5", "0.001", "true", "prod"));
    }

    private Plan<?> plan(String text) {
        return Yamls.valid(folder, text).workflow().plan();
    }

    private static NamedBody<?> body(Plan<?> plan, String path) {
        return (NamedBody<?>) plan.find(path).orElseThrow().body().orElseThrow();
    }
}
