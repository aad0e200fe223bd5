package io.orrery.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.schedule.EncodedPayload;
import io.orrery.schedule.Schedule;
import org.junit.jupiter.api.Test;

/** What has been read is remembered, as far as there is room for it. */
final class DefinitionsTest {

    private final Definitions definitions = new Definitions();

    private Schedule read(int number, int size) {
        String id = "s" + number;
        Schedule schedule =
                Schedule.named(id).cron("30 2 * * *").job("job", new EncodedPayload("plain", "x".repeat(size)));
        return definitions.read(id, definitions.write(schedule), /* kept= */ false);
    }

    @Test
    void of_small_ones_thousands_are_remembered() {
        Schedule first = read(0, 100);
        for (int i = 1; i < 10_000; i++) {
            read(i, 100);
        }

        assertThat(read(0, 100)).isSameAs(first);
    }

    @Test
    void of_those_with_long_payloads_some_are() {
        Schedule first = read(0, 1_000_000);
        for (int i = 1; i < 10; i++) {
            read(i, 1_000_000);
        }
        Schedule last = read(10, 1_000_000);

        assertThat(read(10, 1_000_000)).isSameAs(last);
        assertThat(read(0, 1_000_000)).isNotSameAs(first);
    }

    @Test
    void one_that_is_longer_than_there_is_room_for_is_remembered_too() {
        Schedule small = read(0, 100);
        Schedule huge = read(1, 10_000_000);

        assertThat(read(1, 10_000_000)).isSameAs(huge);
        assertThat(read(0, 100)).isSameAs(small);
    }
}
