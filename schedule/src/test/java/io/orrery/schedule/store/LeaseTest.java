package io.orrery.schedule.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.schedule.Fire;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What leases know of the cell that they were given of. */
class LeaseTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final ScheduleRow ROW =
            ScheduleRow.of(Schedule.named("a").at(NOW).job("job"), ScheduleState.FINISHED, null);

    private static Lease leaseOf(Cell cell) {
        var grant = new Cell.Grant("node", NOW, Instant.MAX, ZoneOffset.UTC, new Places());
        List<Lease> leases = cell.apply(Step.start(ROW, Fire.at("a", NOW)), grant);
        assertThat(leases).hasSize(1);
        return leases.getFirst();
    }

    @Test
    void one_of_a_store_in_memory_finds_its_cell_at_once() {
        var cell = new TimedCell(ROW);

        assertThat(leaseOf(cell).until(NOW).handle()).isSameAs(cell);
    }

    @Test
    void one_of_a_store_elsewhere_keeps_nothing_of_what_was_read_to_give_it() {
        assertThat(leaseOf(new Cell(ROW)).handle()).isNull();
    }
}
