package io.orrery.workflowfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.JobOutcome;
import io.orrery.job.RetryPolicy;
import io.orrery.run.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetryModelTest {
    private static final JobOutcome TIMEOUT = new JobOutcome.TimedOut(Duration.ofSeconds(1), null);
    private static final JobOutcome ERROR = new JobOutcome.Failed(new IOException("no such program"));

    @TempDir
    private Path folder;

    @Test
    void retries_whatever_goes_wrong_unless_told_otherwise() {
        var policy = policy("{max: 1}");

        assertThat(policy.retries(1, exit(3))).isTrue();
        assertThat(policy.retries(1, TIMEOUT)).isTrue();
        assertThat(policy.retries(1, ERROR)).isTrue();
        assertThat(policy.retries(2, ERROR)).isFalse();
    }

    @Test
    void retries_only_what_is_named() {
        var policy = policy("{max: 1, on: [exit, timeout]}");

        assertThat(policy.retries(1, exit(3))).isTrue();
        assertThat(policy.retries(1, TIMEOUT)).isTrue();
        assertThat(policy.retries(1, ERROR)).isFalse();
        assertThat(policy("{max: 1, on: error}").retries(1, exit(3))).isFalse();
        assertThat(policy("{max: 1, on: error}").retries(1, ERROR)).isTrue();
    }

    @Test
    void exit_codes_narrow_exits_and_nothing_else() {
        var policy = policy("{max: 1, exitCodes: [3, 75]}");

        assertThat(policy.retries(1, exit(3))).isTrue();
        assertThat(policy.retries(1, exit(4))).isFalse();
        assertThat(policy.retries(1, TIMEOUT)).isTrue();
        assertThat(policy("{max: 1, exitCodes: 4}").retries(1, exit(4))).isTrue();
    }

    @Test
    void an_exit_is_found_behind_what_wraps_it() {
        var wrapped = new JobOutcome.Failed(
                new IllegalStateException(exit(3).failure().orElseThrow()));

        assertThat(policy("{max: 1, on: exit}").retries(1, wrapped)).isTrue();
    }

    private RetryPolicy policy(String retries) {
        return Yamls.valid(folder, "version: 1\njobs: {a: {run: x, retries: " + retries + "}}\n")
                .workflow()
                .plan()
                .job(0)
                .options()
                .retry();
    }

    private JobOutcome exit(int code) {
        var body = Yamls.valid(folder, "version: 1\njobs: {a: {run: exit " + code + "}}\n")
                .workflow()
                .plan()
                .job(0)
                .body()
                .orElseThrow();
        try {
            return new JobOutcome.Succeeded(Run.alone(body));
        } catch (Exception e) {
            return new JobOutcome.Failed(e);
        }
    }
}
