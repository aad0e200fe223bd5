package io.orrery.cli.command;

import static io.orrery.cli.Captured.orrery;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.cli.Workspace;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class NextCommandTest {
    @TempDir
    Path folder;

    @Test
    void a_crontab_is_shown_in_its_zone_across_a_change_of_clocks() {
        var next = orrery(
                folder,
                "next",
                "--cron",
                "30 2 * * *",
                "--tz",
                "Europe/Paris",
                "-n",
                "3",
                "--from",
                "2026-03-28T00:00:00");

        assertThat(next.exitCode()).as(next.err()).isEqualTo(ExitCode.OK);
        assertThat(next.out().lines().map(line -> line.replaceFirst("  .*", "")))
                .containsExactly(
                        "WHEN (Europe/Paris)",
                        "2026-03-28 02:30:00 +01:00",
                        "2026-03-30 02:30:00 +02:00",
                        "2026-03-31 02:30:00 +02:00");
    }

    @Test
    void fields_by_name_are_read_and_json_is_written() {
        var next = orrery(
                folder,
                "next",
                "--fields",
                "day_of_week=mon; hour=4",
                "--tz=UTC",
                "-n1",
                "--from=2026-01-01",
                "--json");

        assertThat(next.out())
                .isEqualTo("{\"schemaVersion\":1,\"timezone\":\"UTC\",\"fires\":[\"2026-01-05T04:00:00Z\"]}\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --cron=0 25 * * *             | maximum value 23, but is 25
        --cron=0 0 30 2 *             | never does
        --fields=hour                 | --fields takes name=value
        --fields=our=3                | our
        --cron=* * * * * --tz=Mars    | Mars
        --cron=* * * * * -n=0         | from 1 to 10000
        --cron=* * * * * --fields=x=1 | mutually exclusive
        -n=3                          | Missing required argument
        """)
    void what_can_not_be_meant_is_a_matter_of_usage(String options, String message) {
        var words = ("next " + options).split(" (?=-)");

        var next = orrery(folder, (Object[]) words);

        assertThat(next.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(next.err()).contains(message);
    }

    @Test
    void validate_prints_the_next_three_fires_of_each_schedule() {
        var file = new Workspace(folder).file("s.yaml", """
            version: 1
            jobs: {a: {run: x}}
            schedules:
              nightly: {cron: "0 4 * * *", timezone: UTC}
              paused: {every: 1h, paused: true}
              end: {onShutdown: true}
            """);

        assertThat(orrery(folder, "validate", file).out().lines().skip(1))
                .satisfiesExactly(
                        line -> assertThat(line).matches("  nightly \\(UTC\\): (\\d{4}-\\d\\d-\\d\\d 04:00(, )?){3}"),
                        line -> assertThat(line).matches("  paused \\(.*\\): .*, .*, .* - paused"),
                        line -> assertThat(line).matches("  end \\(.*\\): not by the clock"));
    }
}
