package io.orrery.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class SpecCoverageTest {
    @Test
    void what_was_executed_and_passed_is_shown_and_nothing_else() {
        var coverage = new SpecCoverage(Optional.empty());
        var onlyThatListener = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build();

        LauncherFactory.create(onlyThatListener)
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(Sample.class))
                                .build(),
                        coverage);

        assertThat(coverage.shown())
                .containsExactly(
                        "X-001 " + Sample.class.getName() + "#passes",
                        "X-001 " + Sample.class.getName() + "#passes_for",
                        "X-002 " + Sample.class.getName() + "#passes",
                        "X-003 " + Sample.class.getName() + "#passes_for");
    }

    /** Executed by the test above, not by the build. */
    @Spec("X-001")
    static final class Sample {
        @Test
        @Spec("X-002")
        void passes() {}

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        @Spec("X-003")
        void passes_for(int number) {}

        @Test
        @Spec("X-004")
        void fails() {
            fail();
        }

        @Test
        @Spec("X-005")
        void gives_up() {
            Assumptions.abort();
        }
    }
}
