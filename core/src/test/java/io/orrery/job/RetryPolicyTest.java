package io.orrery.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.JobOutcome.Failed;
import io.orrery.job.JobOutcome.TimedOut;
import io.orrery.spec.Spec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@Spec("GB-29")
class RetryPolicyTest {

    private static final JobOutcome FAILURE = new Failed(new IOException("no route"));

    @Test
    void the_delay_grows_by_the_factor_up_to_the_cap() {
        var policy =
                RetryPolicy.retries(5).delay(Duration.ofSeconds(1)).backoff(2).maxDelay(Duration.ofSeconds(5));

        List<Long> delays = IntStream.rangeClosed(1, 5)
                .mapToObj(attempt -> policy.delayAfter(attempt, 0.5).toMillis())
                .toList();

        assertThat(delays).containsExactly(1_000L, 2_000L, 4_000L, 5_000L, 5_000L);
    }

    @Test
    void jitter_spreads_each_delay_evenly_in_both_directions() {
        var policy = RetryPolicy.retries(1).delay(Duration.ofSeconds(10)).jitter(0.2);

        assertThat(policy.delayAfter(1, 0)).isEqualTo(Duration.ofSeconds(8));
        assertThat(policy.delayAfter(1, 0.5)).isEqualTo(Duration.ofSeconds(10));
        assertThat(policy.delayAfter(1, 0.75)).isEqualTo(Duration.ofSeconds(11));
    }

    @Test
    void the_longest_delays_do_not_overflow() {
        var policy = RetryPolicy.retries(Integer.MAX_VALUE)
                .delay(Duration.ofSeconds(Long.MAX_VALUE))
                .backoff(10)
                .jitter(1);

        assertThat(policy.delayAfter(5_000, 0.99)).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
        assertThat(policy.maxDelay(Duration.ofSeconds(1)).delayAfter(5_000, 0.5))
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(policy.maxAttempts()).isEqualTo(Integer.MAX_VALUE);
        assertThat(RetryPolicy.retries(3).backoff(10).delayAfter(5_000, 0.99)).isZero();
    }

    @Test
    void as_many_attempts_follow_as_there_are_retries() {
        var policy = RetryPolicy.retries(2);

        assertThat(List.of(policy.retries(1, FAILURE), policy.retries(2, FAILURE), policy.retries(3, FAILURE)))
                .containsExactly(true, true, false);
        assertThat(policy.maxAttempts()).isEqualTo(3);
        assertThat(RetryPolicy.none().retries(1, FAILURE)).isFalse();
    }

    @Test
    void only_chosen_endings_are_retried() {
        var policy = RetryPolicy.retries(9).on(ending -> ending instanceof TimedOut);

        assertThat(policy.retries(1, FAILURE)).isFalse();
        assertThat(policy.retries(1, new TimedOut(Duration.ofSeconds(1), null))).isTrue();
        assertThat(policy.isSelective()).isTrue();
    }

    @Test
    void a_choice_that_throws_means_no_retry_and_is_kept_with_the_failure() {
        var broken = new IllegalStateException("broken predicate");
        var policy = RetryPolicy.retries(9).on(ending -> {
            throw broken;
        });
        var failure = new IOException("no route");

        assertThat(policy.retries(1, new Failed(failure))).isFalse();
        assertThat(failure).hasSuppressedException(broken);
        assertThat(policy.retries(1, new Failed(broken)))
                .as("may be the failure itself")
                .isFalse();
    }

    @Test
    void a_policy_tells_what_it_was_given_and_others_made_of_it_do_not_change_it() {
        var plain = RetryPolicy.retries(3);
        var full = plain.delay(Duration.ofSeconds(1))
                .backoff(2)
                .maxDelay(Duration.ofMinutes(1))
                .jitter(0.5);

        assertThat(List.of(plain.delay(), plain.backoff(), plain.maxDelay(), plain.jitter(), plain.isSelective()))
                .containsExactly(Duration.ZERO, 1.0, Optional.empty(), 0.0, false);
        assertThat(List.of(full.retries(), full.delay(), full.backoff(), full.maxDelay(), full.jitter()))
                .containsExactly(3, Duration.ofSeconds(1), 2.0, Optional.of(Duration.ofMinutes(1)), 0.5);
        assertThat(full).hasToString("up to 3 retries after 1s");
    }

    @Test
    @Spec("GB-39")
    void nonsense_is_refused_with_the_rule_the_value_and_the_remedy() {
        var policy = RetryPolicy.retries(1);

        assertThatThrownBy(() -> RetryPolicy.retries(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The number of retries must not be negative, but is -1. Use 0 for none.");
        assertThatThrownBy(() -> policy.delay(Duration.ZERO))
                .hasMessage("The delay must be positive, but is PT0S. Leave it out for none.");
        assertThatThrownBy(() -> policy.maxDelay(Duration.ofSeconds(-1)))
                .hasMessage("The maxDelay must be positive, but is PT-1S. Leave it out for none.");
        assertThatThrownBy(() -> policy.backoff(0.5)).hasMessageContaining("is 0.5");
        assertThatThrownBy(() -> policy.backoff(Double.POSITIVE_INFINITY)).hasMessageContaining("is Infinity");
        assertThatThrownBy(() -> policy.jitter(1.5)).hasMessageContaining("is 1.5");
    }
}
