package io.orrery.workflowfile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProblemTest {
    @Test
    void is_shown_with_its_place_the_line_and_a_caret_under_what_is_meant() {
        var problem = problem("    requires: biuld", 15, 5);

        assertThat(problem.text()).isEqualTo("""
            broken.orrery.yaml:42:15 error[E104]: Unknown job.
               42 |     requires: biuld
                  |               ^^^^^\
            """);
        assertThat(problem).hasToString("broken.orrery.yaml:42:15 error[E104]: Unknown job.");
    }

    @Test
    void has_one_line_if_there_is_no_source() {
        assertThat(problem("", 1, 1).text()).isEqualTo("broken.orrery.yaml:42:1 error[E104]: Unknown job.");
    }

    @Test
    void shows_of_a_very_long_line_only_what_is_near() {
        var text =
                problem("x".repeat(5000) + "HERE" + "y".repeat(5000), 5001, 4).text();

        assertThat(text.lines()).allMatch(line -> line.length() < 220);
        assertThat(text).contains("xxHEREyy");
        assertThat(text.lines().skip(2).findFirst().orElseThrow().indexOf("^^^^"))
                .isEqualTo(text.lines().skip(1).findFirst().orElseThrow().indexOf("HERE"));
    }

    @Test
    void keeps_tabs_and_escapes_from_the_terminal() {
        assertThat(problem("\ta:\u001B[31m", 2, 1).text()).contains("   42 |  a: [31m\n      |  ^");
    }

    @Test
    void counts_columns_in_characters_not_in_halves_of_them() {
        assertThat(problem("😀: x", 4, 1).text()).endsWith("\n   42 | 😀: x\n      |    ^");
    }

    @Test
    void quotes_what_it_mentions_in_a_readable_way() {
        assertThat(Names.quote("a\nb\tc\u0007")).isEqualTo("\"a\\nb\\tc?\"");
        assertThat(Names.quote("😀".repeat(100))).isEqualTo("\"" + "😀".repeat(60) + "...\"");
    }

    private static Problem problem(String source, int column, int length) {
        return new Problem(
                Code.UNKNOWN_JOB, new Problem.Place("broken.orrery.yaml", 42, column, length, source), "Unknown job.");
    }
}
