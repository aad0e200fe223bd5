package io.orrery.schedule.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleInfo;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.executor.JobExecutor;
import io.orrery.schedule.scheduler.ScheduleQuery.Order;
import io.orrery.schedule.scheduler.SchedulerStatus.SchedulerState;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.schedule.trigger.Trigger;
import io.orrery.spec.Spec;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be asked, and that asking changes nothing. */
class InspectionTest extends SchedulerFixture {

    /** Four schedules that differ in all by which one can look. */
    private Scheduler filled() throws InterruptedException {
        scheduler.addStore("other", ScheduleStore.inMemory());
        scheduler.addExecutor("pool", JobExecutor.platformThreads(1));
        started().job("send-mail", context -> null);
        scheduler.add(every("d", MINUTE).name("Alpha").tags("night"));
        scheduler.add(Schedule.named("c").name("beta").cron("30 2 * * *").job("send-mail"));
        scheduler.add(every("b", SECOND).name("Gamma").store("other").paused());
        scheduler.add(Schedule.named("a")
                .name("delta")
                .trigger(Trigger.manual())
                .executor("pool")
                .action(() -> {}));
        return scheduler;
    }

    private String ids(ScheduleQuery query) {
        return String.join(
                "", scheduler.schedules(query).stream().map(ScheduleInfo::id).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "id, abcd",
        "name, dbca",
        "next_run_time, bdca",
        "schedule_state, bdca",
        "executor, bcda",
        "store, acdb",
        "trigger, cbda"
    })
    @Spec("I-003")
    void they_are_sorted_by_any_key_and_in_reverse(String key, String order) throws InterruptedException {
        filled();

        assertThat(ids(ScheduleQuery.all().sortedBy(Order.of(key)))).isEqualTo(order);
        assertThat(ids(ScheduleQuery.all()
                        .sortedBy(Order.of(key.toUpperCase(Locale.ROOT)))
                        .descending()))
                .isEqualTo(new StringBuilder(order).reverse().toString());
    }

    @Test
    @Spec("I-003")
    void a_key_that_does_not_exist_is_refused_with_those_that_do() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Order.of("colour"))
                .withMessage("Schedules are sorted by one of id, name, next_run_time, schedule_state, executor, store,"
                        + " trigger, but not by \"colour\". Choose one of these.");
    }

    @Test
    @Spec("I-002")
    void they_are_found_by_state_executor_store_trigger_and_tag() throws InterruptedException {
        filled();

        assertThat(ids(ScheduleQuery.all().state(ScheduleState.PAUSED))).isEqualTo("b");
        assertThat(ids(ScheduleQuery.all().executor("pool"))).isEqualTo("a");
        assertThat(ids(ScheduleQuery.all().executor("POOL"))).isEmpty();
        assertThat(ids(ScheduleQuery.all().store("other"))).isEqualTo("b");
        assertThat(ids(ScheduleQuery.all().trigger("interval"))).isEqualTo("bd");
        assertThat(ids(ScheduleQuery.all().trigger("CronTrigger"))).isEqualTo("c");
        assertThat(ids(ScheduleQuery.all().trigger("crontrigger"))).isEqualTo("c");
        assertThat(ids(ScheduleQuery.all().tag("night"))).isEqualTo("d");
        assertThat(ids(ScheduleQuery.all().where(info -> info.id().equals("a"))))
                .isEqualTo("a");
        assertThat(ids(ScheduleQuery.all()
                        .trigger("interval")
                        .executor("default")
                        .store("default")))
                .isEqualTo("d");
    }

    @ParameterizedTest
    @CsvSource({
        "id or name, ' ALPHA ', d",
        "what it runs, end-mai, c",
        "kind of trigger, INTERVAL, bd",
        "class of trigger, crontrig, c",
        "trigger in words, 02:30, c",
        "executor, poo, a",
        "store, othe, b",
        "state, paus, b",
        "tag, nigh, d",
        "words are no alternatives, 'alpha beta', ''"
    })
    @Spec("I-002")
    void they_are_found_by_a_piece_of_text(String where, String text, String found) throws InterruptedException {
        filled();

        assertThat(ids(ScheduleQuery.all().text(text))).as(where).isEqualTo(found);
    }

    @Test
    @Spec("L-011")
    void a_preview_says_the_next_times_and_changes_nothing() throws InterruptedException {
        filled().add(Schedule.named("e")
                .zone(ZoneId.of("Europe/Paris"))
                .trigger(Trigger.cron("0 6 * * *").jitter(Duration.ofMinutes(10)))
                .action(() -> {}));
        List<ScheduleInfo> before = scheduler.schedules();

        Preview preview = scheduler.preview("d", 3).orElseThrow();
        assertThat(preview.times()).containsExactly(at(60), at(120), at(180));
        assertThat(preview.requested()).isEqualTo(3);
        assertThat(preview.zone()).isEqualTo(ZoneOffset.UTC);
        assertThat(preview.generatedAt()).isEqualTo(at(0));
        assertThat(preview.exhausted()).isFalse();
        assertThat(preview.schedule().id()).isEqualTo("d");
        assertThat(scheduler.preview("b", 1).orElseThrow().times()).containsExactly(at(1));
        assertThat(scheduler.preview("e", 1).orElseThrow().zone()).isEqualTo(ZoneId.of("Europe/Paris"));
        assertThat(scheduler.preview("e", 50)).isEqualTo(scheduler.preview("e", 50));
        assertThat(scheduler.preview("a", 50).orElseThrow().exhausted()).isTrue();
        assertThat(scheduler.preview("zz", 5)).isEmpty();
        for (int count : new int[] {0, 51}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> scheduler.preview("d", count))
                    .withMessageContaining("count must be between 1 and 50, but is " + count);
        }
        assertThat(scheduler.schedules()).isEqualTo(before);
    }

    @Test
    @Spec({"L-011", "GT10"})
    void what_a_preview_says_is_what_happens() throws InterruptedException {
        started()
                .add(Schedule.named("e")
                        .trigger(Trigger.every(MINUTE).jitter(Duration.ofSeconds(30)))
                        .action(() -> {}));
        List<String> expected = scheduler.preview("e", 5).orElseThrow().times().stream()
                .map(moment -> EventTrail.since(moment) + " e submitted")
                .toList();
        time.advance(Duration.ofMinutes(6));

        assertThat(trail.fires().stream()
                        .filter(line -> line.contains("submitted"))
                        .limit(5))
                .isEqualTo(expected);
    }

    @Test
    @Spec("L-011")
    void a_timeline_has_the_next_times_of_all_that_are_not_paused_in_order() throws InterruptedException {
        filled();

        Timeline timeline = scheduler.timeline(2, 3);
        assertThat(timeline.rows().stream()
                        .map(row -> EventTrail.since(row.at()) + " "
                                + row.schedule().id()))
                .containsExactly("1m d", "2m d", "2h30m c");
        assertThat(timeline.total()).isEqualTo(4);
        assertThat(timeline.schedules()).isEqualTo(3);
        assertThat(timeline.exhausted()).isEqualTo(1);
        assertThat(timeline.generatedAt()).isEqualTo(at(0));
        assertThat(scheduler.timeline(99, 999).total()).isEqualTo(20);
        assertThat(scheduler.timeline(-1, -1).rows()).hasSize(1);
    }

    @Test
    @Spec({"I-004", "I-005", "GT59"})
    void the_status_says_how_it_stands_and_which_node_it_is() throws InterruptedException {
        SchedulerStatus before = scheduler.status();
        assertThat(before.isRunning()).isFalse();
        assertThat(before.startedAt()).isEmpty();
        filled();
        advance(10);
        SchedulerStatus status = scheduler.status();

        assertThat(status.name()).isEqualTo("test");
        assertThat(status.node()).matches("test-[0-9a-f]{12}").isEqualTo(before.node());
        assertThat(status.state()).isEqualTo(SchedulerState.RUNNING);
        assertThat(status.startedAt()).contains(at(0));
        assertThat(status.since().uptime()).isEqualTo(Duration.ofSeconds(10));
        assertThat(status.zone()).isEqualTo(ZoneOffset.UTC);
        assertThat(status.parts().executors()).containsExactly("default", "pool");
        assertThat(status.parts().stores()).containsExactly("default", "other");
        assertThat(status.count()).isEqualTo(4);
        assertThat(status.count(ScheduleState.SCHEDULED)).isEqualTo(3);
        assertThat(status.count(ScheduleState.PAUSED)).isEqualTo(1);
        assertThat(status.count(ScheduleState.PENDING)).isZero();
        assertThat(status.parts().submitted()).isZero();
        assertThat(status.parts().times())
                .containsEntry("store_retry_interval", Duration.ofSeconds(10))
                .containsEntry("startup_delay", Duration.ZERO);
    }

    @Test
    @Spec("I-004")
    void the_status_says_what_runs() throws InterruptedException {
        started().add(Schedule.named("long").at(at(1)).body(context -> {
            context.sleep(MINUTE);
            return null;
        }));
        advance(5);

        assertThat(scheduler.status().parts().submitted()).isEqualTo(1);
        assertThat(scheduler.status().parts().running()).containsExactly("long@2026-01-01T00:00:01Z, running for 4s");
        assertThat(scheduler.why("long"))
                .isEqualTo("\"long\": its trigger has no time left; as many of its fires run as may:"
                        + " long@2026-01-01T00:00:01Z.");
    }

    @Test
    @Spec("S-008")
    void it_is_stopped_running_or_paused() {
        assertThat(scheduler.state()).isEqualTo(SchedulerState.STOPPED);
        scheduler.startPaused();
        assertThat(scheduler.state()).isEqualTo(SchedulerState.PAUSED);
        assertThat(scheduler.status().isRunning()).isTrue();
        scheduler.resume();
        assertThat(scheduler.state()).isEqualTo(SchedulerState.RUNNING);
        for (SchedulerState state : SchedulerState.values()) {
            assertThat(state.word()).isEqualTo(state.name().toLowerCase(Locale.ROOT));
        }
        assertThat(List.of(SchedulerState.STOPPED.code(), SchedulerState.RUNNING.code(), SchedulerState.PAUSED.code()))
                .containsExactly(0, 1, 2);
    }

    @Test
    void why_says_all_that_keeps_it_from_firing() throws InterruptedException {
        filled();
        scheduler.pause();

        assertThat(scheduler.why("b"))
                .isEqualTo("\"b\": the scheduler is paused: resume() it; it is paused: resume(\"b\").");
        scheduler.resume();
        assertThat(scheduler.why("a")).isEqualTo("\"a\": it fires when somebody wants it: runNow(\"a\").");
        assertThat(scheduler.why("d")).isEqualTo("\"d\" fires at 2026-01-01T00:01:00Z.");
    }
}
