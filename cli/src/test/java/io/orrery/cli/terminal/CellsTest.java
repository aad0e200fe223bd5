package io.orrery.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellsTest {

    @ParameterizedTest
    @CsvSource({"abc, 3", "日本, 4", "e\u0301, 1", "a😀b, 4", "'', 0"})
    void wide_characters_take_two_cells_and_combining_ones_none(String text, int cells) {
        assertThat(Cells.width(text)).isEqualTo(cells);
    }

    @ParameterizedTest
    @CsvSource({
        "abcdef, 6, abcdef",
        "abcdef, 5, abcd…",
        "日本語, 6, 日本語",
        "日本語, 5, 日本…",
        "日本語, 4, 日…",
        "ae\u0301bc, 3, ae\u0301…",
        "abc, 1, a",
        "abc, 0, ''",
    })
    void a_text_is_cut_between_cells(String text, int cells, String fitting) {
        assertThat(Cells.fit(text, cells, "…")).isEqualTo(fitting);
    }

    @Test
    void padding_counts_cells() {
        assertThat(Cells.pad("日", 4)).isEqualTo("日  ");
        assertThat(Cells.padLeft("日", 4)).isEqualTo("  日");
    }

    @Test
    void text_of_others_can_not_move_the_cursor_or_turn_the_line_round() {
        assertThat(Cells.harmless("a\tb\nc\u001b[2J\r\u202e\u2028d")).isEqualTo("a b c[2Jd");
    }
}
