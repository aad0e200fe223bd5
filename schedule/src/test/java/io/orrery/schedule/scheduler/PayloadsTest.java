package io.orrery.schedule.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.orrery.job.JobOutcome;
import io.orrery.schedule.PayloadCodec;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.spec.Spec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payloads that are encrypted, and those that nobody can read. */
class PayloadsTest extends SchedulerFixture {

    private static final String OLD = "an old secret of some length";
    private static final String NEW = "a new secret of some length";

    @TempDir
    Path folder;

    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

    private static PayloadCodec codec(String current, Map<String, String> secrets) {
        return PayloadCodec.encrypted(PayloadCodec.plain(), current, secrets);
    }

    private Scheduler scheduler(PayloadCodec codec) throws InterruptedException {
        Scheduler opened = open(Scheduler.named("payloads")
                .store(ScheduleStore.inFolder(folder))
                .payloads(codec));
        opened.action("send", String.class, (text, context) -> seen.add(text));
        opened.start();
        time.awaitIdle();
        return opened;
    }

    private String files() throws Exception {
        var text = new StringBuilder();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file :
                    all.filter(one -> one.toString().endsWith(".schedule")).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    @Test
    @Spec("D-004")
    void what_is_encrypted_cannot_be_read_in_the_store_and_each_text_is_another_one() throws Exception {
        PayloadCodec codec = codec("k", Map.of("k", NEW));
        try (Scheduler scheduler = scheduler(codec)) {
            scheduler.add(Schedule.named("a").at(at(60)).job("send", "for nobody's eyes"));
            assertThat(files()).contains("\"send\"", "encrypted-plain").doesNotContain("nobody");
            advance(61);
        }
        assertThat(seen).containsExactly("for nobody's eyes");
        assertThat(codec.encode("x")).isNotEqualTo(codec.encode("x"));
        assertThat(codec.decode(codec.encode("x"), String.class)).isEqualTo("x");
    }

    @Test
    @Spec({"D-004", "D-005", "GT51", "PR-012"})
    void what_cannot_be_read_for_want_of_its_key_is_quarantined_and_runs_when_the_key_is_there() throws Exception {
        try (Scheduler scheduler = scheduler(codec("old", Map.of("old", OLD)))) {
            scheduler.add(Schedule.named("a").at(at(60)).job("send", "kept"));
        }
        try (Scheduler scheduler = scheduler(codec("new", Map.of("new", NEW)))) {
            advance(61);
            assertThat(scheduler.schedule("a").orElseThrow().state()).isEqualTo(ScheduleState.QUARANTINED);
            assertThat(scheduler.why("a"))
                    .contains("The payload of the job \"send\" cannot be read.", "\"old\" is not among [new]");
            advance(600);
        }
        assertThat(seen).isEmpty();
        try (Scheduler scheduler = scheduler(codec("new", Map.of("new", NEW, "old", OLD)))) {
            scheduler.resume("a");
            advance(1);
            assertThat(scheduler.schedules()).isEmpty();
        }
        assertThat(seen).containsExactly("kept");
    }

    @Test
    @Spec({"D-004", "GT50"})
    void what_was_changed_or_written_with_another_secret_is_refused() {
        PayloadCodec codec = codec("k", Map.of("k", NEW));
        String text = codec.encode("x");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec("k", Map.of("k", OLD)).decode(text, String.class))
                .withMessageContaining("another secret than that of key \"k\"");
        char other = text.charAt(10) == 'A' ? 'B' : 'A';
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.decode(text.substring(0, 10) + other + text.substring(11), String.class))
                .withMessageContaining("or has been changed since");
        for (String nonsense : List.of("", "k:", "k:x", "no colon")) {
            assertThatIllegalArgumentException().isThrownBy(() -> codec.decode(nonsense, String.class));
        }
    }

    @Test
    void bad_keys_are_refused_with_what_to_do() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec("k", Map.of("other", NEW)))
                .withMessageContaining("\"k\" is not among [other]. Add its secret.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec("k", Map.of("k", "short")))
                .withMessageContaining("at least 16 characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec("a:b", Map.of("a:b", NEW)))
                .withMessageContaining("text without a colon");
    }

    @Test
    @Spec("GT51")
    void who_waits_for_a_run_by_hand_of_what_cannot_be_read_hears_of_it_when_the_schedule_is_removed()
            throws Exception {
        try (Scheduler scheduler = scheduler(codec("old", Map.of("old", OLD)))) {
            scheduler.add(Schedule.named("a").at(at(60)).job("send", "x"));
        }
        try (Scheduler scheduler = scheduler(codec("new", Map.of("new", NEW)))) {
            FiredJob job = scheduler.runNow("a");
            time.awaitIdle();
            scheduler.remove("a");
            time.awaitIdle();
            assertThat(job.await()).isInstanceOf(JobOutcome.Failed.class);
        }
    }
}
