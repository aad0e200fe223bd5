package io.orrery.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.orrery.job.JobOutcome;
import io.orrery.schedule.EncodedPayload;
import io.orrery.schedule.PayloadCodec;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.executor.JobExecutor;
import io.orrery.schedule.scheduler.Scheduler;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.schedule.trigger.Trigger;
import io.orrery.spec.Spec;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

@Spec({"GT50", "G-007"})
class JsonPayloadsTest {

    /** What is sent. */
    record Invoice(int number, String to, List<Duration> reminders) {}

    /** Everything that there is of time. */
    record Times(Instant instant, LocalDate date, Duration duration) {}

    /** One of two kinds, known by names of their own. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({@JsonSubTypes.Type(value = Circle.class, name = "circle")})
    sealed interface Shape {}

    record Circle(int radius) implements Shape {}

    /** One that a text may be anything for, it says. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    interface Anything {}

    record Something(int number) implements Anything {}

    record Box(Anything anything) {}

    private static final Invoice INVOICE = new Invoice(42, "Ada", List.of(Duration.ofDays(7)));

    private final JsonPayloads json = JsonPayloads.strict();

    private <T> T again(T payload, Class<T> type) {
        return json.decode(json.encode(payload), type);
    }

    @Test
    void data_comes_back_as_it_was() {
        var times =
                new Times(Instant.parse("2026-01-01T00:00:00.000000001Z"), LocalDate.EPOCH, Duration.ofMillis(1500));

        assertThat(again(INVOICE, Invoice.class)).isEqualTo(INVOICE);
        assertThat(again(times, Times.class)).isEqualTo(times);
        assertThat(again("text", String.class)).isEqualTo("text");
        assertThat(again(UUID.fromString("00000000-0000-0001-0000-000000000002"), UUID.class))
                .hasToString("00000000-0000-0001-0000-000000000002");
        assertThat(json.decode(json.encode(Map.of("a", List.of(1, 2))), Object.class))
                .isEqualTo(Map.of("a", List.of(1, 2)));
        assertThat(json.encode(null)).isEqualTo("null");
        assertThat(json.decode("null", Invoice.class)).isNull();
        assertThat(json.encode(INVOICE)).isEqualTo("{\"number\":42,\"to\":\"Ada\",\"reminders\":[\"PT168H\"]}");
    }

    @Test
    void the_same_data_is_the_same_text() {
        Map<String, Integer> one = new HashMap<>(4);
        Map<String, Integer> other = new HashMap<>(4096);
        for (int i = 0; i < 200; i++) {
            one.put("key " + i, i);
            other.put("key " + (199 - i), 199 - i);
        }

        assertThat(json.encode(one)).isEqualTo(json.encode(other));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{oops | but is {oops: Unexpected character ('o' | at line 1, column 2. Correct it there.",
                "`` | but is blank: | Correct it",
                "{\"number\":1} trailing | but is {\"number\":1} trailing: Unrecognized token 'trailing' | Correct it"
                        + " there.",
                "{\"number\":1,\"number\":2} | Duplicate | at line 1, column ",
                "{\"number\":1,\"nummer\":2} | Unrecognized property \"nummer\" | Correct it.",
                "{\"number\":\"1\"} | Cannot coerce String value | at line 1, column ",
                "{\"number\":1.5} | Cannot coerce Floating-point value (1.5) to `int` value at | at line 1, column ",
                "{\"to\":\"Ada\"} | Missing required creator property 'number' | at line 1, column ",
                "{} | Missing required creator property 'number' | at line 1, column ",
                "{\"number\":1,\"to\":5} | Cannot coerce Integer value (5) to `java.lang.String` value at | at line 1,"
                        + " column ",
                "{\"number\":null} | Cannot map `null` into type `int`| at line 1, column ",
                "[1] | Cannot deserialize value of type | at line 1, column 1. Correct it there.",
                "{\"number\": | Unexpected end-of-input | at line 1, column ",
            })
    void what_is_no_json_for_the_type_is_refused_with_the_place(String text, String what, String where) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json.decode(text, Invoice.class))
                .withMessageStartingWith("The payload must be JSON for a " + Invoice.class.getName() + ", but is ")
                .withMessageContaining(what)
                .withMessageContaining(where)
                .withMessageMatching("(?s).*[^.]\\. Correct it( there)?\\.");
    }

    @Test
    void what_may_be_nothing_may_be_left_out() {
        assertThat(json.decode("{\"number\":7}", Invoice.class)).isEqualTo(new Invoice(7, null, null));
    }

    @Test
    void an_enum_is_written_by_name() {
        assertThat(json.encode(ChronoUnit.NANOS)).isEqualTo("\"NANOS\"");
        assertThat(json.decode("\"NANOS\"", ChronoUnit.class)).isEqualTo(ChronoUnit.NANOS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json.decode("0", ChronoUnit.class))
                .withMessageContaining("from number 0")
                .withMessageContaining("Correct it");
    }

    @Test
    void long_text_is_not_shown_whole() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json.decode("x".repeat(100_000), Invoice.class))
                .satisfies(
                        e -> assertThat(e.getMessage()).hasSizeLessThan(1_000).contains("xxx..."));
    }

    @Test
    void what_is_no_data_cannot_be_written() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json.encode(new Object()))
                .withMessageContaining("could not write a java.lang.Object")
                .withMessageContaining("Give it something that is data.");
    }

    @Test
    @Spec("PR-013")
    void a_text_never_says_which_class_to_make() {
        String text = "{\"anything\":{\"@class\":\"" + Something.class.getName() + "\",\"number\":1}}";
        var trusting = JsonMapper.builder()
                .activateDefaultTyping(BasicPolymorphicTypeValidator.builder()
                        .allowIfBaseType(Object.class)
                        .build())
                .build();

        for (JsonPayloads codec : List.of(json, JsonPayloads.of(trusting))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> codec.decode(text, Box.class))
                    .withMessageContaining("denied resolution");
        }
        assertThat(json.decode("{\"@type\":\"circle\",\"radius\":3}", Shape.class))
                .isEqualTo(new Circle(3));
    }

    @Test
    void json_by_hand_is_checked_at_once_and_has_one_form() {
        assertThat(json.text(" { \"number\" : 1 } ")).isEqualTo(new EncodedPayload("json", "{\"number\":1}"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json.text("{'number': 1}"))
                .withMessageContaining("The payload must be JSON, but is {'number': 1}: Unexpected character (''' ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12345678901234567890.123456789",
                "0.1234567890123456789012345",
                "1.10",
                "1E+400",
                "123456789012345678901234567890"
            })
    void numbers_by_hand_keep_all_of_their_digits(String number) {
        assertThat(json.text("{\"amount\":" + number + "}").text()).isEqualTo("{\"amount\":" + number + "}");
        assertThat(json.decode(json.text(number).text(), BigDecimal.class)).isEqualTo(new BigDecimal(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void nothing_is_no_json_by_hand(String blank) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json.text(blank))
                .withMessage("The payload must be JSON, but is blank. Write null for none, or leave the payload out.");
        assertThat(json.text("null").text()).isEqualTo("null");
    }

    @TempDir
    Path folder;

    private final List<Object> seen = Collections.synchronizedList(new ArrayList<>());

    private Scheduler scheduler(PayloadCodec codec) {
        return Scheduler.named("test")
                .store(ScheduleStore.inFolder(folder))
                .payloads(codec)
                .executor(JobExecutor.inline())
                .open()
                .action("send", Invoice.class, (invoice, context) -> seen.add(invoice))
                .start();
    }

    @Test
    @Spec("D-002")
    void a_durable_store_keeps_it_and_a_later_process_reads_it() throws InterruptedException {
        try (Scheduler first = scheduler(json)) {
            first.add(Schedule.named("a").trigger(Trigger.manual()).job("send", INVOICE));
        }
        try (Scheduler second = scheduler(json)) {
            second.add(Schedule.named("a").trigger(Trigger.manual()).job("send", INVOICE)); // says the same
            assertThat(second.runNow("a").await()).isInstanceOf(JobOutcome.Succeeded.class);
        }
        assertThat(seen).containsExactly(INVOICE);
    }

    @Test
    @Spec("K-011")
    void what_the_job_cannot_read_is_refused_when_it_is_scheduled() {
        try (Scheduler scheduler = scheduler(json)) {
            for (String text : List.of("{oops", "{\"nummer\":1}", "42")) {
                assertThatIllegalArgumentException()
                        .isThrownBy(
                                () -> scheduler.add(Schedule.named("a").job("send", new EncodedPayload("json", text))))
                        .withMessageContaining("The schedule \"a\" cannot be kept.")
                        .withMessageContaining("The payload of the job \"send\" cannot be read.")
                        .withMessageContaining("but is " + text)
                        .withMessageContaining("Correct it");
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> scheduler.add(Schedule.named("a").job("send", "text")))
                    .withMessageContaining("the payload is a java.lang.String");
            assertThat(scheduler.schedules()).isEmpty();
        }
    }

    @Test
    void without_the_codec_its_text_is_refused_with_its_name() {
        try (Scheduler scheduler = scheduler(PayloadCodec.plain())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> scheduler.add(Schedule.named("a").job("send", json.text("{}"))))
                    .withMessageContaining(
                            "there is none with the id \"json\". Known codecs: plain. Add it with codec(…).");
        }
    }
}
