package io.orrery.systemtests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleInfo;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.scheduler.Scheduler;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.spec.Spec;
import io.orrery.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes share a folder, and one of them is killed again and again, at random moments: nothing is lost, nothing is
 * begun twice, everything can be read. The system property {@code orrery.crashes} sets how often, {@code orrery.random-seed} the
 * seed.
 */
@Tag("smoke")
class FileStoreCrashTest {

    private static final int CRASHES = Integer.getInteger("orrery.crashes", 10);
    private static final long SEED = Long.getLong("orrery.random-seed", 1);
    private static final int LONGEST = 40;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);

    @Test
    @Timeout(1_800)
    @Spec({"GT53", "GT34", "GT52", "M-004", "PR-011", "PR-012"})
    void nothing_is_lost_or_begun_twice_or_unreadable_however_often_a_process_is_killed() throws Exception {
        try (Node survivor = start("survivor")) {
            survivor.awaitLine("ready");
            for (int i = 0; i < CRASHES; i++) {
                crash(i % 2 == 0 ? "victim" : "victim " + i);
                survivor.awaitLine("begin"); // nobody keeps it from going on
            }
            survivor.tell("drain");
            survivor.awaitLine("drained");
            assertThat(survivor.awaitEnd()).isZero();
        }

        CrashNotes notes = CrashNotes.in(folder);
        System.out.printf(
                "crashes %d, seed %d: %d fires, %d of them repeated, %d one-shots%n",
                CRASHES, SEED, notes.fires(), notes.repeated(), notes.added());
        assertThat(notes.begunTwice()).isEmpty();
        assertThat(notes.repeatedAgainstTheirPolicy()).isEmpty();
        assertThat(notes.lost()).isEmpty();
        assertThat(notes.fires()).isGreaterThan(CRASHES);
        assertThat(left())
                .allMatch(info -> info.state() == ScheduleState.SCHEDULED)
                .extracting(ScheduleInfo::id)
                .containsExactlyInAnyOrderElementsOf(
                        CrashProgram.recurring().stream().map(Schedule::id).toList());
    }

    /** What is in the store now. */
    private List<ScheduleInfo> left() {
        try (Scheduler reader = Scheduler.named("reader")
                .store(ScheduleStore.inFolder(folder.resolve("store")))
                .open()) {
            return reader.startPaused().schedules();
        }
    }

    private Node start(String name) throws Exception {
        return Node.start(CrashProgram.class, name, folder.toString());
    }

    /** Kills it while it starts, or after so many lines and a random moment. */
    private void crash(String name) throws Exception {
        try (Node victim = start(name)) {
            int lines = random.nextInt(LONGEST);
            for (int i = 0; i < lines; i++) {
                victim.line();
            }
            TimeSource.system().sleep(Duration.ofNanos(random.nextInt(lines == 0 ? 500_000_000 : 20_000_000)));
            victim.kill();
        }
    }
}
