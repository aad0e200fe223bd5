package io.orrery.schedule.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.SchedulePolicy;
import io.orrery.spec.Spec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Limits on what runs at once, and queues, as a scheduler shows them. */
@Spec("GT58")
class FlowTest extends SchedulerFixture {

    private static Schedule slow(String id) {
        return Schedule.named(id).body(context -> {
            context.sleep(MINUTE);
            return id;
        });
    }

    @Test
    void what_waits_for_a_place_says_for_which_and_who_has_it_and_runs_when_it_is_free() throws InterruptedException {
        started();
        scheduler.add(slow("a").mutex("tenant 7"));
        time.awaitIdle();
        scheduler.add(slow("b").mutex("tenant 7"));
        time.awaitIdle();

        assertThat(scheduler.why("b"))
                .contains("its fires b@2026-01-01T00:00:00Z wait for a place of the limit \"tenant 7\", of which"
                        + " a@2026-01-01T00:00:00Z has one");
        advance(121);

        assertThat(trail.fires())
                .containsSubsequence(
                        "0ms a submitted", "1m a executed: a", "1m b submitted for 0ms", "2m b executed: b");
    }

    @Test
    void a_job_may_be_limited_for_all_schedules_by_the_defaults_of_the_scheduler() throws InterruptedException {
        try (Scheduler limited = open(Scheduler.named("limited").defaults(policy -> policy.maxOfJob(2)))) {
            limited.job("slow", context -> {
                context.sleep(MINUTE);
                return null;
            });
            limited.start();
            for (String id : List.of("a", "b", "c")) {
                limited.add(Schedule.named(id).job("slow"));
            }
            time.awaitIdle();

            assertThat(limited.status().parts().running()).hasSize(2);
            assertThat(limited.why("c")).contains("the limit \"job:slow\"", "have one each");
            advance(121);
            assertThat(limited.schedules()).isEmpty();
        }
    }

    @Test
    void a_scheduler_leaves_queues_alone_that_it_does_not_serve() throws InterruptedException {
        try (Scheduler mail = open(Scheduler.named("mail").queues("mail", "bulk"))) {
            mail.start();
            mail.add(Schedule.named("a").queue("mail").action(() -> {}));
            mail.add(Schedule.named("b").action(() -> {}));
            advance(1);

            assertThat(trail.fires()).contains("0ms a executed").noneMatch(line -> line.contains("b submitted"));
            assertThat(mail.why("b")).contains("its queue \"default\" is not served here, where bulk, mail is");
        }
    }

    @Test
    void nonsense_is_refused_with_what_to_do() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> slow("a").limit("l", 0))
                .withMessage("A limit needs at least one place, but is 0. Leave the limit out for none.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> slow("a").mutex(" "))
                .withMessageContaining("name of a limit of schedule \"a\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> slow("a").queue(""))
                .withMessageContaining("queue of schedule \"a\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SchedulePolicy.unset().maxOfJob(0))
                .withMessage("The number of fires of a job must be positive, but is 0. Leave it out for any number.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scheduler.named("s").queues("a", " "))
                .withMessageContaining("Leave them out to serve all.");
    }
}
