package io.orrery.schedule.seed;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.planted.SeedBehaviour;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Tests the tests: what Asyncz does where the specification asks for something better makes some of them fail. */
@Tag("slow")
class SeedBehaviourTest {
    static final List<SeedBehaviour> ALL = Stream.of(SeedTriggers.ALL, SeedScheduling.ALL)
            .flatMap(List::stream)
            .toList();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @FieldSource("ALL")
    void a_test_fails_on(SeedBehaviour behaviour) throws IOException, InterruptedException {
        assertThat(behaviour.found(folder)).isNotBlank();
    }
}
