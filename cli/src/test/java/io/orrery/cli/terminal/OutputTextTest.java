package io.orrery.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutputTextTest {

    @Test
    void colours_stay_and_are_ended() {
        assertThat(OutputText.forTerminal("\u001b[31mred", true)).isEqualTo("\u001b[31mred\u001b[0m");
        assertThat(OutputText.forTerminal("\u001b[31mred", false)).isEqualTo("red");
    }

    @Test
    void what_would_move_the_cursor_or_change_the_terminal_goes() {
        assertThat(OutputText.forTerminal("a\u001b[2J\u001b[10;10Hb\u001b]0;title\u0007c\u001b(Bd\u001b7\u0007e", true))
                .isEqualTo("abcde");
        assertThat(OutputText.forTerminal("half\u001b[", true)).isEqualTo("half");
        assertThat(OutputText.forTerminal("half\u001b", true)).isEqualTo("half");
    }

    @Test
    void of_a_progress_bar_the_last_state_is_shown() {
        assertThat(OutputText.forTerminal("10%\r50%\r100%\r", true)).isEqualTo("100%");
    }

    @Test
    void tabs_stay_and_binary_output_is_harmless() {
        assertThat(OutputText.forTerminal("a\tb\u0000\u0001\u009bc", true)).isEqualTo("a\tbc");
    }
}
