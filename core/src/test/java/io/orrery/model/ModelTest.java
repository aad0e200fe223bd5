package io.orrery.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelTest {
    @Test
    void the_model_knows_nothing_of_what_it_is_compared_with() throws IOException {
        try (var files = Files.list(Path.of("src/test/java/io/orrery/model"))) {
            for (Path file : files.toList()) {
                assertThat(Files.readAllLines(file))
                        .as(file.toString())
                        .noneMatch(line -> line.startsWith("import")
                                && line.contains("io.orrery.")
                                && !line.contains("io.orrery.model."));
            }
        }
    }

    @Test
    void the_same_choices_make_the_same_case() {
        var choices = Choices.random(42);
        var one = CaseGenerator.make(choices);

        assertThat(CaseGenerator.make(Choices.again(choices.taken()))).isEqualTo(one);
        assertThat(CaseGenerator.make(Choices.random(42))).isEqualTo(one);
    }

    @Test
    void a_list_of_choices_is_shrunk_to_what_matters() {
        var shrunk =
                Shrinker.shrink(List.of(5, 17, 3, 40, 8), list -> list.stream().anyMatch(i -> i > 20));

        assertThat(shrunk).containsExactly(21);
    }
}
