package io.orrery.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

    private static final String ID = "01M7WBTB3S3HJTTGJVXBNBRJDF";

    @TempDir
    Path current;

    @Test
    void it_is_made_when_it_is_needed_and_not_before() throws IOException {
        var folder = new RunFolder(current, Map.of(), ID);

        assertThat(folder.made()).isEmpty();
        assertThat(current).isEmptyDirectory();
        assertThat(folder.path())
                .isEqualTo(current.resolve(".orrery/runs/" + ID))
                .isDirectory();
    }

    @Test
    void the_environment_can_name_another_place() throws IOException {
        assertThat(new RunFolder(current, Map.of("ORRERY_DIR", "there"), ID).path())
                .isEqualTo(current.resolve("there/runs/" + ID));
    }

    @Test
    void the_last_hundred_are_kept_and_what_is_no_run_is_left_alone() throws IOException {
        Path runs = Files.createDirectories(current.resolve(".orrery/runs"));
        Files.createDirectories(runs.resolve("mine"));
        for (int i = 0; i < 120; i++) {
            Files.writeString(
                    Files.createDirectories(runs.resolve("01M7WBTB3S3HJTTGJVXBNBR%03d".formatted(i)))
                            .resolve("x.log"),
                    "");
        }

        new RunFolder(current, Map.of(), "01M7WBTB3S3HJTTGJVXBNBR999").path();

        assertThat(runs).isDirectoryContaining(path -> path.endsWith("mine"));
        assertThat(runs.resolve("01M7WBTB3S3HJTTGJVXBNBR020")).doesNotExist();
        assertThat(runs.resolve("01M7WBTB3S3HJTTGJVXBNBR021")).exists();
    }

    @Test
    void that_of_a_run_that_is_still_going_is_kept_however_old_it_is() throws IOException {
        Path runs = current.resolve(".orrery/runs");
        var going = new RunFolder(current, Map.of(), "01M7WBTB3S3HJTTGJVXBNBR000");
        Path kept = going.path();
        for (int i = 1; i <= 120; i++) {
            Files.createDirectories(runs.resolve("01M7WBTB3S3HJTTGJVXBNBR%03d".formatted(i)));
        }

        new RunFolder(current, Map.of(), "01M7WBTB3S3HJTTGJVXBNBR998").path();

        assertThat(kept).exists();
        going.close();
        assertThat(kept).isEmptyDirectory();
        new RunFolder(current, Map.of(), "01M7WBTB3S3HJTTGJVXBNBR999").path();
        assertThat(kept).doesNotExist();
    }

    @Test
    void what_was_left_by_a_run_that_was_killed_is_dropped() throws IOException {
        Path killed = Files.createDirectories(current.resolve(".orrery/runs/01M7WBTB3S3HJTTGJVXBNBR000"));
        Files.writeString(killed.resolve(".lock"), "");
        for (int i = 1; i <= 120; i++) {
            Files.createDirectories(killed.resolveSibling("01M7WBTB3S3HJTTGJVXBNBR%03d".formatted(i)));
        }

        new RunFolder(current, Map.of(), "01M7WBTB3S3HJTTGJVXBNBR999").path();

        assertThat(killed).doesNotExist();
    }

    @Test
    void where_it_can_not_be_made_there_is_a_temporary_one() throws IOException {
        Files.writeString(current.resolve(".orrery"), "in the way");

        var run = new RunFolder(current, Map.of(), ID);
        Path folder = run.path();

        assertThat(folder.getFileName().toString()).startsWith("orrery-" + ID);
        assertThat(run.problem().orElseThrow())
                .startsWith("The logs are in " + folder + ", since " + current.resolve(".orrery/runs/" + ID))
                .endsWith("Let ORRERY_DIR name a folder that you may write to.");
        Files.delete(folder);
    }
}
