package io.orrery.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.Threads;
import io.orrery.spec.Spec;
import io.orrery.time.TimeSource;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;

class ScopeOptionsTest {

    private final ScopeOptions options = JobScope.named("scope");

    @Test
    @Spec({"J-001", "J-002", "J-006"})
    void a_scope_has_the_defaults_of_its_options() {
        assertThat(options.name()).isEqualTo("scope");
        assertThat(options.limit()).hasValue(100);
        assertThat(options.pendingLimit()).hasValue(10_000);
        assertThat(options.waitTimeout()).contains(Duration.ofSeconds(60));
        assertThat(options.closeTimeout()).contains(Duration.ofMillis(100));
        assertThat(options.threads()).isEqualTo(Threads.FRESH);
        assertThat(options.tracesSpawns()).isFalse();
        assertThat(options.time()).isSameAs(TimeSource.system());
        assertThat(options.failureHandlers()).isEmpty();
    }

    @Test
    @Spec("J-002")
    void each_option_can_be_set_and_asked_for_and_changes_a_copy_only() {
        FailureHandler handler = problem -> {};
        ScopeOptions changed = options.limit(3)
                .pendingLimit(4)
                .waitTimeout(Duration.ofSeconds(5))
                .closeTimeout(Duration.ZERO)
                .threads(Threads.REUSED)
                .traceSpawns()
                .onFailure(handler);
        try (JobScope scope = changed.open()) {
            assertThat(scope.options()).isSameAs(changed);
        }

        assertThat(changed.limit()).hasValue(3);
        assertThat(changed.pendingLimit()).hasValue(4);
        assertThat(changed.waitTimeout()).contains(Duration.ofSeconds(5));
        assertThat(changed.closeTimeout()).contains(Duration.ZERO);
        assertThat(changed.threads()).isEqualTo(Threads.REUSED);
        assertThat(changed.tracesSpawns()).isTrue();
        assertThat(changed.failureHandlers()).containsExactly(handler);
        assertThat(options.limit()).hasValue(100);
        assertThat(options.failureHandlers()).isEmpty();
    }

    @Test
    @Spec("J-002")
    void limits_and_timeouts_can_be_left_out() {
        ScopeOptions unlimited = options.withoutLimit()
                .withoutPendingLimit()
                .withoutWaitTimeout()
                .withoutCloseTimeout();

        assertThat(unlimited.limit()).isEmpty();
        assertThat(unlimited.pendingLimit()).isEmpty();
        assertThat(unlimited.waitTimeout()).isEmpty();
        assertThat(unlimited.closeTimeout()).isEmpty();
    }

    @Test
    @Spec("J-003")
    @SuppressWarnings("NullAway") // what a caller without checks may do
    void a_handler_that_is_none_is_refused_at_once() {
        assertThatThrownBy(() -> options.onFailure(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("A failure handler must not be null. Leave it out to have failures logged.");
    }

    @Test
    @Spec({"J-004", "GT01"})
    void numbers_that_make_no_sense_are_refused_with_the_remedy() {
        assertThatThrownBy(() -> options.limit(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The limit must be at least 1, but is 0. Use withoutLimit() for none.");
        assertThatThrownBy(() -> options.limit(-1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> options.pendingLimit(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The pending limit must be at least 1, but is 0. Use withoutPendingLimit() for none.");
        assertThatThrownBy(() -> options.waitTimeout(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The wait timeout must not be negative, but is PT-1S. Use withoutWaitTimeout() for none.");
        assertThatThrownBy(() -> options.closeTimeout(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The close timeout must not be negative, but is PT-1S. Use withoutCloseTimeout() for none.");
        try (JobScope scope = options.open()) {
            assertThatThrownBy(() -> scope.timeout(Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The timeout of a job must be positive, but is PT0S. "
                            + "Spawn it without timeout() for none.");
        }
    }

    @Test
    @Spec({"J-002", "GT01"})
    @SuppressWarnings("NullAway") // what a caller without checks may do
    void nothing_is_not_the_same_as_no_limit() throws InterruptedException {
        assertRefused(
                () -> options.closeTimeout(null),
                "The close timeout must not be null. Use withoutCloseTimeout() for none.");
        assertRefused(
                () -> options.waitTimeout(null),
                "The wait timeout must not be null. Use withoutWaitTimeout() for none.");
        try (JobScope scope = options.open()) {
            assertRefused(
                    () -> scope.timeout(null),
                    "The timeout of a job must not be null. Spawn it without timeout() for none.");
            assertRefused(
                    () -> scope.deadline(null),
                    "The deadline of a job must not be null. Spawn it without deadline() for none.");
            assertRefused(() -> scope.shield("work", null), "There is no work to shield, but null.");
            assertRefused(() -> scope.shield(null, () -> 1), "Work that is shielded needs a name.");
            assertRefused(() -> scope.spawn("job", () -> 1).rename(null), "A job needs a name.");
        }
    }

    private static void assertRefused(ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(message);
    }
}
