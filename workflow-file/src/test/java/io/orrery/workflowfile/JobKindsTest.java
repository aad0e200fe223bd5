package io.orrery.workflowfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.JobBody;
import io.orrery.job.JobOutcome;
import io.orrery.job.State;
import io.orrery.outcome.JobReport;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.workflowfile.process.JavaJobs;
import io.orrery.workflowfile.process.WithOutputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All kinds of jobs but requests, from the text to the report of a run of real processes. */
@Timeout(120)
class JobKindsTest {
    private final List<String> output = new CopyOnWriteArrayList<>();
    private LoadOptions options = LoadOptions.defaults();

    @TempDir
    private Path folder;

    @Test
    @Shows("job: script args interpreter includes")
    void a_script_is_a_file_or_a_text_and_finds_what_it_includes_beside_it() throws IOException {
        Files.writeString(folder.resolve("lib.sh"), "word=library\n");
        Files.writeString(folder.resolve("main.sh"), """
            #!/bin/sh
            . "$(dirname "$0")/lib.sh"
            echo "$word $1 $(basename "$PWD")"
            """);
        run("""
            version: 1
            jobs:
              file: {script: ./main.sh, args: [one], includes: [lib.sh]}
              text:
                requires: file
                script: |
                  set -o pipefail
                  echo "text $1"
                args: [two]
              other:
                requires: text
                script: "print this\\n"
                interpreter: [cat]
            """);

        assertThat(output)
                .containsExactly("file: library one " + folder.getFileName(), "text: text two", "other: print this");
    }

    @Test
    @Shows("job: steps stdin")
    void steps_go_one_by_one_and_stop_at_the_first_that_fails() {
        var report = run("""
            version: 1
            jobs:
              a:
                stdin: "first reads this"
                steps:
                  - run: cat; echo
                  - exec: [sh, -c, "cat; exit 3"]
                  - run: echo never
            """);

        assertThat(output).containsExactly("a: first reads this");
        assertThat(failure(report, "a")).hasMessage("exit 3");
    }

    @Test
    @Shows("file: dotenv")
    void variables_come_from_files_then_the_file_then_the_job() throws IOException {
        Files.writeString(
                folder.resolve("one.env"), "# a comment\nexport A=dot\nB='dot $x' # more\nC=\"two\\nlines\"\n");
        run("""
            version: 1
            dotenv: [one.env]
            env: {B: "file+${{ env.A }}"}
            jobs:
              a: {run: 'echo "$A $B $D"; echo "$C"', env: {D: "job+${{ env.B }}"}}
            """);

        assertThat(output).containsExactly("a: dot file+dot job+file+dot", "a: two", "a: lines");
    }

    @Test
    @Shows("job: shell")
    void a_shell_can_be_chosen() {
        run("version: 1\njobs: {a: {run: \"x y\", shell: [echo, said]}}\n");

        assertThat(output).containsExactly("a: said x y");
    }

    @Test
    @Shows({"job: outputs", "output: from path name match json trim"})
    void outputs_come_from_everywhere_and_go_to_later_jobs() throws IOException {
        var report = run("""
            version: 1
            jobs:
              a:
                run: |
                  echo "version: 1.4"; echo '{"n": [1, 2], "s": "x"}' >&2
                  echo "  from a file  " > f
                  printf 'one=1\\nstray=1\\nmany<<END\\na\\nb\\nEND\\n' >> "$ORRERY_OUTPUT"
                outputs:
                  version: {from: stdout, match: "version: ([0-9.]+)"}
                  second: {from: stderr, json: /n/1}
                  text: {from: file, path: f}
                  raw: {from: file, path: f, trim: false}
                  one: {from: output-file}
                  several: {from: output-file, name: many}
                  code: {from: exitCode}
              b:
                requires: a
                exec:
                  - echo
                  - ${{ jobs.a.outputs.version }}
                  - ${{ jobs.a.outputs.second }}
                  - ${{ jobs.a.outputs.text }}. ${{ jobs.a.outputs.one }}
                  - ${{ toJson(jobs.a.outputs.several) }}
                  - ${{ jobs.a.outputs.code }}
                  - ${{ jobs.a.state }}
                  - ${{ jobs.a.exitCode }}
            """);

        assertThat(report.state()).as(report.why()).isEqualTo(RunState.SUCCEEDED);
        assertThat(output).last().isEqualTo("b: 1.4 2 from a file. 1 \"a\\nb\" 0 succeeded 0");
        assertThat(outputs(report, "a"))
                .containsEntry("raw", "  from a file  \n")
                .containsEntry("second", 2L)
                .doesNotContainKey("stray");
    }

    private static Map<String, Object> outputs(RunReport report, String job) {
        var outcome =
                (JobOutcome.Succeeded) report.find(job).orElseThrow().outcome().orElseThrow();
        return ((WithOutputs) outcome.value()).outputs().values();
    }

    @Test
    void an_output_that_is_not_there_fails_its_job() {
        var report = run("""
            version: 1
            jobs:
              a: {run: echo x, critical: false, outputs: {v: {from: stdout, match: "y(.*)"}}}
              b: {run: echo x, critical: false, outputs: {v: {from: output-file}}}
              c: {run: echo x, critical: false, outputs: {v: {from: stdout, json: /a}}}
              d: {requires: a, exec: [echo, "${{ default(jobs.a.outputs.v, 'none') }}"]}
            """);

        assertThat(failure(report, "a"))
                .hasMessage("Output \"v\" can't be taken from stdout: nothing in it matches y(.*).");
        assertThat(failure(report, "b")).hasMessageContaining("no line \"v=...\"");
        assertThat(failure(report, "c")).hasMessageContaining("not JSON");
        assertThat(output).contains("d: none");
    }

    @Test
    @Shows("job: matrix")
    void a_matrix_makes_a_job_for_each_combination_and_its_window_limits_them() throws IOException {
        var report = run("""
            version: 1
            jobs:
              each:
                matrix: {size: [small, large], n: [1, 2]}
                window: 1
                run: 'mkdir lock; echo "$S"; rmdir lock'
                env: {S: "${{ matrix.size }} ${{ matrix.n + 0 }}"}
                outputs: {said: {from: stdout}}
              all:
                requires: each
                exec: [echo, "${{ toJson(jobs.each.outputs.said) }}", "${{ jobs.each.state }}"]
            """.replace(" + 0", ""));

        assertThat(report.jobs())
                .extracting(JobReport::id)
                .containsExactly("each[small,1]", "each[small,2]", "each[large,1]", "each[large,2]", "all");
        assertThat(output)
                .last()
                .isEqualTo("all: [\"small 1\",\"small 2\",\"large 1\",\"large 2\"]"
                        + " [\"succeeded\",\"succeeded\",\"succeeded\",\"succeeded\"]");
    }

    @Test
    @Shows("job: if")
    void a_condition_that_is_false_skips_a_job_whether_it_is_known_before_or_not() {
        options = options.parameter("target", "prod");
        var report = run("""
            version: 1
            params: {target: staging}
            jobs:
              early: {run: echo early, if: "${{ params.target == 'staging' }}"}
              look: {run: echo 3, outputs: {n: {from: stdout, json: ""}}}
              late: {requires: look, run: echo late, if: "${{ jobs.look.outputs.n > 5 }}"}
              yes: {requires: look, run: echo yes, if: "${{ jobs.look.outputs.n <= 5 && !false }}"}
              nested: {requires: look, if: "${{ jobs.look.outputs.n == 4 }}", jobs: {inner: {run: echo inner}}}
              after: {requires: [early, late, nested], run: echo after}
              strict: {requires: {late: succeeded}, run: echo strict}
            """);

        assertThat(report.state()).as(report.why()).isEqualTo(RunState.SUCCEEDED);
        assertThat(output).containsExactlyInAnyOrder("look: 3", "yes: yes", "after: after");
        assertThat(outcome(report, "early"))
                .isEqualTo(new JobOutcome.Skipped("if: ${{ params.target == 'staging' }} is false"));
        assertThat(List.of("late", "nested", "strict", "nested/inner"))
                .allSatisfy(job ->
                        assertThat(report.find(job).orElseThrow().state()).isIn(State.SKIPPED, State.NOT_RUN));
    }

    @Test
    @Shows({"job: shutdown", "shutdown: run exec"})
    void a_shutdown_runs_at_the_end_of_every_run_also_of_a_job_that_never_started() throws IOException {
        run("""
            version: 1
            jobs:
              bad: {run: exit 1, shutdown: {run: echo bad >> ended}}
              never: {requires: bad, run: echo never, shutdown: {exec: [sh, -c, "echo never >> ended"]}}
            """);

        assertThat(Files.readAllLines(folder.resolve("ended"))).containsExactlyInAnyOrder("bad", "never");
    }

    @Test
    @Shows("file: finally")
    void jobs_at_the_end_know_how_the_run_ended_and_what_came_of_its_jobs() {
        var file = load("""
            version: 1
            name: main
            jobs:
              good: {run: echo 7, outputs: {n: {from: stdout}}}
              bad: {requires: good, run: exit 2}
            finally:
              tell:
                exec: [echo, "${{ run.name }} ${{ run.state }}: ${{ run.why }}", "${{ jobs.good.outputs.n }}", "${{ jobs.bad.exitCode }}"]
              after: {requires: tell, run: echo after}
            """);
        var report = file.workflow().run();
        var last = file.last(report, line -> output.add(line.job() + ": " + line.text()))
                .orElseThrow()
                .run();

        assertThat(last.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(output).containsExactly("tell: main failed: critical job bad failed: exit 2 7 2", "after: after");
    }

    @Test
    @Shows("job: workflow params")
    void another_file_is_a_job_with_its_own_folder_parameters_and_window() throws IOException {
        Files.createDirectories(folder.resolve("sub"));
        Files.writeString(folder.resolve("sub/part.orrery.yaml"), """
            version: 1
            window: 1
            params: {reps: {type: int}}
            env: {WHO: part}
            jobs:
              a: {run: 'echo "$WHO $REPS $(basename "$PWD")"', env: {REPS: "${{ params.reps }}"}}
            """);
        var report = run("""
            version: 1
            env: {WHO: main}
            jobs:
              part: {workflow: sub/part.orrery.yaml, params: {reps: "${{ 3 }}"}}
              each: {matrix: {n: [1, 2]}, requires: part, workflow: sub/part.orrery.yaml, params: {reps: "${{ matrix.n }}"}}
            """);

        assertThat(report.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(output).startsWith("part/a: part 3 sub").contains("each[1]/a: part 1 sub", "each[2]/a: part 2 sub");
    }

    @Test
    @Shows("job: params")
    void another_file_can_be_given_what_is_only_known_while_the_run_goes_on() throws IOException {
        Files.writeString(folder.resolve("part.yaml"), """
            version: 1
            params: {text: none, n: {type: int, max: 9, default: 1}, flag: {type: bool}, inner: x}
            jobs:
              a: {exec: [echo, "${{ params.text }}", "${{ toJson(params.n) }}"], if: "${{ params.flag }}"}
              b: {requires: a, workflow: part-of-part.yaml, params: {text: "<${{ params.text }}>"}}
              last: {requires: b, exec: [echo, "${{ params.inner }}"]}
            """);
        Files.writeString(folder.resolve("part-of-part.yaml"), """
            version: 1
            params: {text: {type: string}}
            jobs: {a: {exec: [echo, "${{ params.text }}"]}}
            """);
        var report = run("""
            version: 1
            jobs:
              look: {run: echo 5, outputs: {n: {from: stdout}}}
              a: {run: echo outer}
              part:
                requires: [look, a]
                workflow: part.yaml
                params: {text: "it is ${{ jobs.look.outputs.n }}", n: "${{ jobs.look.outputs.n }}", flag: "${{ jobs.a.state == 'succeeded' }}"}
            """);

        assertThat(report.state()).as(report.why()).isEqualTo(RunState.SUCCEEDED);
        assertThat(output).contains("part/a: it is 5 5", "part/b/a: <it is 5>", "part/last: x");
    }

    @Test
    @Shows("job: params")
    void a_value_that_its_parameter_does_not_allow_fails_the_job_that_uses_it() throws IOException {
        Files.writeString(folder.resolve("part.yaml"), """
            version: 1
            params: {n: {type: int, max: 9}}
            jobs: {a: {exec: [echo, "${{ params.n }}"]}}
            """);
        for (String given : List.of("12", "many")) {
            var report = run("""
                version: 1
                jobs:
                  look: {run: echo %s, outputs: {n: {from: stdout}}}
                  part: {requires: look, workflow: part.yaml, params: {n: "${{ jobs.look.outputs.n }}"}}
                """.formatted(given));

            assertThat(failure(report, "part/a"))
                    .hasMessage("The expression in \"exec\" can't be evaluated: the value given for parameter \"n\", "
                            + (given.equals("12")
                                    ? "\"12\", is more than 9"
                                    : "\"many\", is not a whole number such as 3")
                            + ". Give it another one in \"params\" of the job that runs the file: ${{ params.n }}");
        }
    }

    @Test
    @Shows("job: java with")
    void a_job_in_java_is_found_by_its_name_and_gets_what_it_is_given() {
        options = options.java(new JavaJobs() {
            @Override
            public boolean knows(String name) {
                return name.equals("report");
            }

            @Override
            public JobBody<?> body(String name, Map<String, Object> with) {
                return context -> with;
            }
        });
        var report = run("""
            version: 1
            jobs:
              a: {run: echo 5, outputs: {n: {from: stdout, json: ""}}}
              b: {requires: a, java: report, with: {n: "${{ jobs.a.outputs.n }}", list: [1, "x${{ run.attempt }}"], on: true}}
            """);

        assertThat(outcome(report, "b"))
                .isEqualTo(new JobOutcome.Succeeded(Map.of("n", 5L, "list", List.of(1L, "x1"), "on", true)));
    }

    @Test
    void an_expression_without_a_value_fails_its_job_and_says_why() {
        var report = run("""
            version: 1
            jobs:
              a: {run: exit 1, critical: false, outputs: {v: {from: stdout}}}
              b: {requires: a, exec: [echo, "${{ jobs.a.outputs.v }}"], critical: false}
            """);

        assertThat(failure(report, "b"))
                .hasMessage("The expression in \"exec\" can't be evaluated: job \"a\" failed and has no outputs.v:"
                        + " ${{ jobs.a.outputs.v }}");
    }

    @Test
    void a_run_that_keeps_going_skips_what_requires_a_failed_job_and_does_all_else() {
        options = options.keepGoing();
        var report = run("""
            version: 1
            jobs:
              bad: {run: exit 1}
              next: {requires: bad, run: echo next}
              other: {run: echo other}
            """);

        assertThat(report.jobs())
                .extracting(JobReport::state)
                .containsExactly(State.FAILED, State.SKIPPED, State.SUCCEEDED);
    }

    private WorkflowFile load(String text) {
        var file = WorkflowFile.load(Yamls.write(folder, text), options);
        if (!file.isValid()) {
            throw new InvalidWorkflowFileException(file.path(), file.problems());
        }
        return file;
    }

    private RunReport run(String text) {
        return load(text)
                .workflow(line -> output.add(line.job() + ": " + line.text()))
                .run();
    }

    private static JobOutcome outcome(RunReport report, String path) {
        return report.find(path).flatMap(JobReport::outcome).orElseThrow();
    }

    private static Throwable failure(RunReport report, String path) {
        return outcome(report, path).failure().orElseThrow();
    }
}
