package io.orrery.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about the command says what is true. */
class CommandPageTest {
    private static final Path PAGE = Path.of("../docs/command.md");

    /** With {@code -Dorrery.write-pages=true} the tables are written instead. */
    @Test
    void the_tables_of_options_are_those_of_the_model() throws IOException {
        var page = Files.readString(PAGE);
        int begin = page.indexOf(OptionTables.BEGIN) + OptionTables.BEGIN.length();
        int end = page.indexOf(OptionTables.END);
        if (Boolean.getBoolean("orrery.write-pages")) {
            Files.writeString(PAGE, page.substring(0, begin) + OptionTables.text() + page.substring(end));
        }

        assertThat(Files.readString(PAGE)).contains(OptionTables.BEGIN + OptionTables.text() + OptionTables.END);
    }

    @Test
    void every_option_is_described_and_stands_in_the_overview_at_the_top() throws IOException {
        var page = Files.readString(PAGE);
        var overview = page.substring(0, page.indexOf("Every command has"));
        for (var command : OptionTables.commands().entrySet()) {
            if (command.getKey().equals("help")) {
                continue;
            }
            assertThat(overview).contains("orrery " + command.getKey());
            var words = overview.substring(overview.indexOf("orrery " + command.getKey()))
                    .split("\n(?:orrery |```)", 2)[0];
            for (var option : command.getValue().getCommandSpec().options()) {
                assertThat(option.description()).as(option.longestName()).isNotEmpty();
                assertThat(option.usageHelp() || Stream.of(option.names()).anyMatch(words::contains))
                        .as(command.getKey() + " " + option.longestName())
                        .isTrue();
            }
        }
    }
}
