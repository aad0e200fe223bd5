package io.orrery.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.spec.Spec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Half a minute of crashes, or as many seconds as {@code orrery.crash.seconds} says; see {@code config/crash-proof}. */
@Tag("smoke")
@Timeout(3_600)
final class CrashProofTest {

    @Test
    @Spec({"D-001", "GT34", "GT52", "GT57", "GT59"})
    void nothing_is_lost_or_submitted_twice_while_nodes_and_the_database_crash() throws Exception {
        var time = Duration.ofSeconds(Long.getLong("orrery.crash.seconds", 30));
        long seed = Long.getLong("orrery.crash.seed", 1);
        try (var proof = new CrashProof(time, seed)) {
            CrashHistory history = proof.run();

            List<String> lines = new ArrayList<>(List.of(time.toSeconds() + " s, seed " + seed));
            lines.addAll(history.summary());
            history.violations().stream().limit(1_000).forEach(lines::add);
            Files.write(Path.of("target/crash-proof.txt"), lines);
            assertThat(history.violations()).isEmpty();
            assertThat(history.runs()).hasSizeGreaterThan((int) time.toSeconds() * 24);
        }
    }
}
