package io.orrery.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Condition.Ending;
import io.orrery.job.JobOutcome.Cancelled;
import io.orrery.job.JobOutcome.Failed;
import io.orrery.job.JobOutcome.NotRun;
import io.orrery.job.JobOutcome.Skipped;
import io.orrery.job.JobOutcome.Succeeded;
import io.orrery.job.JobOutcome.TimedOut;
import io.orrery.spec.Spec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@Spec("GB-29")
class ConditionTest {

    private static final List<JobOutcome> OUTCOMES = List.of(
            new Succeeded("value"),
            new Failed(new RuntimeException()),
            new TimedOut(Duration.ofSeconds(1), null),
            new Cancelled("because", null, null),
            new Skipped("because"),
            new NotRun("because"));

    @Test
    @Spec({"A-018", "A-022"})
    void each_ending_holds_for_the_outcomes_that_its_name_says() {
        assertThat(OUTCOMES).allMatch(Ending.FINISHED::holdsFor);
        assertThat(OUTCOMES).filteredOn(Ending.SUCCEEDED::holdsFor).containsExactly(OUTCOMES.get(0));
        assertThat(OUTCOMES).filteredOn(Ending.FAILED::holdsFor).containsExactly(OUTCOMES.get(1), OUTCOMES.get(2));
    }

    @Test
    @Spec("GB-06")
    void each_outcome_has_a_state_that_has_ended_and_the_others_have_not() {
        assertThat(OUTCOMES)
                .extracting(JobOutcome::state)
                .containsExactly(
                        State.SUCCEEDED, State.FAILED, State.TIMED_OUT, State.CANCELLED, State.SKIPPED, State.NOT_RUN)
                .allMatch(State::ended);
        assertThat(State.values()).filteredOn(State::ended).hasSameSizeAs(OUTCOMES);
        assertThat(State.values()).extracting(State::word).doesNotHaveDuplicates();
        assertThat(State.values()).extracting(State::ascii).doesNotHaveDuplicates();
    }
}
