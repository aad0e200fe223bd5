package io.orrery.workflowfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.orrery.job.NamedBody;
import io.orrery.outcome.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The fields that no test of a whole shows. */
@Timeout(60)
class OtherFieldsTest {
    private final List<String> output = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @Test
    @Shows("job: user")
    void a_command_runs_as_the_user_that_is_named() {
        var file = Yamls.valid(folder, "version: 1\njobs: {a: {run: id -un, user: nobody}}\n");
        var body = (NamedBody<?>) file.workflow().plan().job(0).body().orElseThrow();

        assertThat(body.arguments()).containsEntry("user", "nobody");
        if (System.getProperty("user.name").equals("root")) {
            run("version: 1\njobs: {a: {run: id -un, user: nobody}}\n");
            assertThat(output).containsExactly("a: nobody");
        }
    }

    @Test
    void another_user_does_not_take_a_path_with_the_folders_of_administrators() {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");

        run("version: 1\njobs: {a: {run: id -un, user: nobody, env: {PATH: /usr/bin:/bin}}}\n");

        assertThat(output).containsExactly("a: nobody");
    }

    @Test
    @Shows("step: run exec script args interpreter includes")
    void steps_are_commands_of_all_kinds() throws IOException {
        Files.writeString(folder.resolve("lib.sh"), "word=library\n");
        run("""
            version: 1
            jobs:
              a:
                steps:
                  - run: echo one
                  - exec: [echo, two]
                  - script: |
                      . "$(dirname "$0")/lib.sh"
                      echo "$word $1"
                    args: [three]
                    includes: lib.sh
                    interpreter: sh
            """);

        assertThat(output).containsExactly("a: one", "a: two", "a: library three");
    }

    @Test
    @Shows("shutdown: script args interpreter includes")
    void a_shutdown_may_be_a_script() throws IOException {
        Files.writeString(folder.resolve("lib.sh"), "word=library\n");
        run("""
            version: 1
            jobs:
              a:
                run: echo one
                shutdown:
                  script: |
                    . "$(dirname "$0")/lib.sh"
                    echo "$word $1" > ended
                  args: [three]
                  includes: lib.sh
                  interpreter: sh
            """);

        assertThat(folder.resolve("ended")).content().isEqualTo("library three\n");
    }

    @Test
    @Shows("secret: file")
    void a_secret_may_come_from_a_file() throws IOException {
        Files.writeString(folder.resolve("token"), "hunter2-hunter2\n");
        run("""
            version: 1
            secrets: {TOKEN: {file: token}}
            jobs:
              a: {run: 'test "$TOKEN" = hunter2-hunter2; cat token', env: {TOKEN: "${{ secrets.TOKEN }}"}}
            """);

        assertThat(output).containsExactly("a: ***");
    }

    @Test
    @Shows("file: version")
    void a_version_that_is_not_known_is_refused() {
        assertThat(places("version: 2\njobs: {a: {run: x}}\n")).containsExactly("E114 1:10");
    }

    @Test
    @Shows("parameter: enum min max")
    void a_value_that_a_parameter_rules_out_is_refused() {
        var file = WorkflowFile.load(
                Yamls.write(folder, """
                    version: 1
                    params:
                      least: {type: int, default: 3, min: 1}
                      most: {type: int, default: 3, max: 20}
                      target: {enum: [staging, prod], default: staging}
                    jobs: {a: {exec: [echo, "${{ params.least }} ${{ params.most }} ${{ params.target }}"]}}
                    """),
                LoadOptions.defaults()
                        .parameter("least", "0")
                        .parameter("most", "21")
                        .parameter("target", "home"));

        assertThat(Corpus.places(file)).containsExactly("E142 3:3", "E142 4:3", "E142 5:3");
    }

    @Test
    @Shows("job: tags")
    void tags_are_texts() {
        assertThat(places("version: 1\njobs: {a: {run: x, tags: [a, b]}, b: {run: x, tags: c}}\n"))
                .isEmpty();
        assertThat(places("version: 1\njobs: {a: {run: x, tags: [[a]]}}\n")).containsExactly("E103 2:27");
    }

    @Test
    @Shows({"file: schedules", "schedule: cron fields every at calendar timezone paused", "calendar: every time"})
    void a_schedule_fires_when_it_says() {
        int next = LocalDate.now(ZoneId.of("UTC")).getYear() + 1;
        var fires = Yamls.valid(folder, schedules("""
            cron: {cron: "30 4 1 1 *", timezone: UTC, paused: true}
            fields: {fields: {month: 1, day: 1, hour: 4, minute: 30}, timezone: UTC}
            at: {at: "NEXT-01-01T04:30:00Z", timezone: UTC}
            calendar: {calendar: {every: 1 year, time: "04:30"}, timezone: Europe/Paris}
            every: {every: 365d, timezone: UTC}
            """.replace("NEXT", String.valueOf(next))))
                .nextFires();

        assertThat(fires).extracting(NextFires::schedule).containsExactly("cron", "fields", "at", "calendar", "every");
        assertThat(fires).extracting(NextFires::paused).containsExactly(true, false, false, false, false);
        assertThat(fires.subList(0, 2))
                .allSatisfy(schedule -> assertThat(schedule.moments())
                        .containsExactlyElementsOf(Stream.of(next, next + 1, next + 2)
                                .map(year -> year + "-01-01 04:30")
                                .toList()));
        assertThat(fires.get(2).moments()).containsExactly(next + "-01-01 04:30");
        assertThat(fires.get(3).zone()).isEqualTo("Europe/Paris");
        assertThat(fires.get(3).moments()).hasSize(3).allMatch(moment -> moment.endsWith(" 04:30"));
        assertThat(fires.get(4).moments()).hasSize(3);
    }

    @Test
    @Shows("schedule: allOf anyOf onShutdown start end")
    void a_schedule_may_be_made_of_others_and_has_bounds() {
        int next = LocalDate.now(ZoneId.of("UTC")).getYear() + 1;
        var fires = Yamls.valid(folder, schedules("""
            any: {anyOf: [{cron: "0 4 1 1 *"}, {cron: "0 4 2 1 *"}], timezone: UTC}
            all: {allOf: [{cron: "0 4 1 1 *"}, {cron: "0 4 * * *"}], timezone: UTC}
            bounded: {cron: "0 4 1 1 *", timezone: UTC, start: "FROM-01-01T00:00:00Z", end: "FROM-12-31T00:00:00Z"}
            last: {onShutdown: true}
            """.replace("FROM", String.valueOf(next + 1))))
                .nextFires();

        assertThat(fires.get(0).moments())
                .containsExactly(next + "-01-01 04:00", next + "-01-02 04:00", next + 1 + "-01-01 04:00");
        assertThat(fires.get(1).moments()).startsWith(next + "-01-01 04:00");
        assertThat(fires.get(2).moments()).containsExactly(next + 1 + "-01-01 04:00");
        assertThat(fires.get(3).moments()).isEmpty();
    }

    @Test
    @Shows({"schedule: jitter misfire overlap maxInstances params tags", "misfire: grace coalesce"})
    void what_a_schedule_says_beside_when_is_checked() {
        assertThat(places(schedules("""
            good: {every: 1h, jitter: 2m, misfire: {grace: 1h, coalesce: all}, overlap: buffer-one, maxInstances: 2, params: {who: x}, tags: [a]}
            """))).isEmpty();
        for (String bad : List.of(
                "jitter: 2",
                "misfire: {grace: 1}",
                "misfire: {coalesce: first}",
                "overlap: queue",
                "maxInstances: 0",
                "params: {nobody: x}",
                "tags: {a: b}")) {
            assertThat(places(schedules("bad: {every: 1h, " + bad + "}\n")))
                    .as(bad)
                    .singleElement()
                    .asString()
                    .matches("E(103|108|109|121) 6:\\d+");
        }
    }

    private static String schedules(String schedules) {
        return "version: 1\nname: x\nparams: {who: me}\njobs: {a: {exec: [echo, \"${{ params.who }}\"]}}\nschedules:\n"
                + schedules.indent(2);
    }

    private List<String> places(String text) {
        return Corpus.places(WorkflowFile.load(Yamls.write(folder, text)));
    }

    private void run(String text) {
        var report = Yamls.valid(folder, text)
                .workflow(line -> output.add(line.job() + ": " + line.text()))
                .run();
        assertThat(report.state()).as(report.why()).isEqualTo(RunState.SUCCEEDED);
    }
}
