package io.orrery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleInfo;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.scheduler.Scheduler;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.spec.Spec;
import io.orrery.time.ManualTime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Spec({"D-001", "D-009"})
class FolderStoreTest extends StoreContract {

    @TempDir
    Path folder;

    private final ManualTime clock = ManualTime.stopped();
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    @Override
    protected ScheduleStore fresh() {
        return ScheduleStore.inFolder(folder.resolve("contract"));
    }

    /** A scheduler on the folder that several share. */
    private Scheduler sharing(String node) {
        Scheduler scheduler = Scheduler.named("test")
                .node(node)
                .time(clock)
                .zone(ZoneOffset.UTC)
                .store(ScheduleStore.inFolder(folder.resolve("shared")))
                .open();
        return scheduler.action(
                "tick", String.class, (text, context) -> seen.add(context.fire().at() + " " + text));
    }

    @Test
    @Spec({"D-002", "D-003", "GT50", "GT22"})
    void what_was_added_is_there_after_a_restart_and_goes_on_in_its_phase() throws InterruptedException {
        Schedule every = Schedule.named("a").every(Duration.ofMinutes(1)).job("tick", "tock");
        try (Scheduler first = sharing("one").start()) {
            first.add(every);
            clock.advance(Duration.ofSeconds(90));
        }
        try (Scheduler second = sharing("two")) {
            second.add(every);
            second.start();
            clock.advance(Duration.ofSeconds(30));
        }

        assertThat(seen).containsExactly("2026-01-01T00:01:00Z tock", "2026-01-01T00:02:00Z tock");
    }

    @Test
    @Spec({"M-004", "GT52", "PR-011"})
    void of_several_schedulers_on_one_folder_each_fire_is_run_by_one() throws InterruptedException {
        Schedule every = Schedule.named("a").every(Duration.ofSeconds(10)).job("tick", "tock");
        try (Scheduler one = sharing("one").start();
                Scheduler two = sharing("two").start()) {
            one.add(every);
            two.add(every);
            clock.advance(Duration.ofSeconds(60));
        }

        assertThat(seen).hasSize(6).doesNotHaveDuplicates();
    }

    @Test
    @Spec({"D-005", "GT51", "GT53"})
    void what_cannot_be_read_is_kept_and_shown_as_quarantined() throws Exception {
        try (Scheduler first = sharing("one").start()) {
            first.add(Schedule.named("a b").every(Duration.ofMinutes(1)).job("tick", "tock"));
        }
        Path file = folder.resolve("shared").resolve("a+b.schedule");
        String damaged = Files.readString(file).replace("tock", "tick");
        Files.writeString(file, damaged);

        try (Scheduler second = sharing("two").start()) {
            clock.advance(Duration.ofMinutes(5));

            assertThat(second.schedule("a b").orElseThrow().state()).isEqualTo(ScheduleState.QUARANTINED);
            assertThat(second.why("a b"))
                    .contains("its file a+b.schedule cannot be read")
                    .contains("checksum");
            assertThat(Files.readString(file)).isEqualTo(damaged);
            second.remove("a b");
            assertThat(file).doesNotExist();
        }
        assertThat(seen).isEmpty();
    }

    @Test
    @Spec({"GT51", "GT33"})
    void files_that_it_would_never_have_written_are_left_alone_and_hold_up_nothing() throws Exception {
        Path shared = Files.createDirectories(folder.resolve("shared"));
        List<String> strange = List.of("%zz.schedule", ".schedule", "a b.schedule", "notes.txt");
        for (String name : strange) {
            Files.writeString(shared.resolve(name), "somebody else's");
        }
        Files.writeString(shared.resolve("deep.schedule"), "[".repeat(200_000));

        try (Scheduler scheduler = sharing("one").start()) {
            scheduler.add(Schedule.named("a").every(Duration.ofMinutes(1)).job("tick", "tock"));
            clock.advance(Duration.ofMinutes(1));

            assertThat(scheduler.schedules()).extracting(ScheduleInfo::id).containsExactly("a", "deep");
            assertThat(scheduler.schedule("deep").orElseThrow().state()).isEqualTo(ScheduleState.QUARANTINED);
        }
        assertThat(seen).hasSize(1);
        assertThat(strange).allMatch(name -> Files.exists(shared.resolve(name)));
    }

    @Test
    @Spec({"GT53", "D-009"})
    void who_reads_a_file_while_it_is_changed_has_all_of_the_old_one() throws IOException {
        try (Scheduler scheduler = sharing("one").start()) {
            scheduler.add(Schedule.named("a").every(Duration.ofMinutes(1)).job("tick", "old"));
            Path file = folder.resolve("shared").resolve("a.schedule");
            String before = Files.readString(file);
            try (InputStream reader = Files.newInputStream(file)) {
                scheduler.update("a", schedule -> schedule.job("tick", "new"));

                assertThat(new String(reader.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(before);
            }
            assertThat(Files.readString(file)).contains("new").isNotEqualTo(before);
        }
    }

    @Test
    @Spec({"GT53", "D-009"})
    void any_text_is_an_id_and_none_leads_out_of_the_folder() throws IOException {
        List<String> ids = List.of("../out", ".", "..", "a/b", "a\\b", "C:d", "*", "ü");
        try (Scheduler scheduler = sharing("one").start()) {
            ids.forEach(id -> scheduler.add(
                    Schedule.named(id).every(Duration.ofMinutes(1)).job("tick", id)));
        }
        try (Scheduler again = sharing("two").start()) {
            assertThat(again.schedules()).extracting(ScheduleInfo::id).containsExactlyInAnyOrderElementsOf(ids);
        }
        try (Stream<Path> outside = Files.list(folder)) {
            assertThat(outside).containsExactlyInAnyOrder(folder.resolve("contract"), folder.resolve("shared"));
        }
    }

    @Test
    @Spec({"GT58", "M-006"})
    void what_another_process_adds_is_found_within_a_second() throws InterruptedException {
        try (Scheduler _ = sharing("one").start();
                Scheduler two = sharing("two").startPaused()) {
            clock.awaitIdle();
            two.add(Schedule.named("a").every(Duration.ofSeconds(2)).job("tick", "tock"));
            clock.advance(Duration.ofSeconds(3));
        }

        assertThat(seen).containsExactly("2026-01-01T00:00:02Z tock");
    }

    @Test
    @Spec({"K-017", "D-003"})
    void code_is_refused_with_the_remedy() {
        try (Scheduler scheduler = sharing("one").start()) {
            assertThat(catchThrowable(() -> scheduler.add(Schedule.named("a").action(() -> {}))))
                    .hasMessageContaining("keeps data, not code")
                    .hasMessageContaining("scheduler.action(…)");
        }
    }
}
