package io.orrery.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.planted.Plant;
import io.orrery.planted.SeedBehaviour;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Tests the tests of the codec: what Asyncz does with what it keeps makes some of them fail. */
@Tag("slow")
class SeedPayloadsTest {
    static final List<SeedBehaviour> ALL = List.of(new SeedBehaviour(
            "GT50",
            new Plant(
                    "what is kept says which class to make",
                    Path.of("src/main/java/io/orrery/json/NoClassNames.java"),
                    "JavaType base, String name) {\n        return Validity.DENIED;",
                    "JavaType base, String name) {\n        return Validity.ALLOWED;"),
            List.of("io.orrery.json.JsonPayloadsTest#a_text_never_says_which_class_to_make")));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @FieldSource("ALL")
    void a_test_fails_on(SeedBehaviour behaviour) throws IOException, InterruptedException {
        assertThat(behaviour.found(folder)).isNotBlank();
    }
}
