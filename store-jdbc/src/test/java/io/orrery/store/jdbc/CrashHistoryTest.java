package io.orrery.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.store.jdbc.CrashHistory.Due;
import io.orrery.store.jdbc.CrashHistory.Fault;
import io.orrery.store.jdbc.CrashHistory.LeaseNote;
import io.orrery.store.jdbc.CrashHistory.Note;
import io.orrery.store.jdbc.CrashHistory.Plan;
import io.orrery.store.jdbc.CrashHistory.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What judges the crash proof finds what is wrong. */
final class CrashHistoryTest {

    private static final long SECOND = 1_000_000_000L;
    private static final Due DUE = new Due("a", 100 * SECOND);

    record Case(String found, Consumer<CrashHistory> change) {
        @Override
        public String toString() {
            return found;
        }
    }

    static final List<Case> CASES = List.of(
            new Case("", _ -> {}),
            new Case("lost: ", history -> history.runs().clear()),
            new Case("lost: ", history -> history.runs().set(0, new Run(DUE, 7, "failed", 0))),
            new Case("accepted twice: ", history -> history.runs().add(new Run(DUE, 7, "succeeded", 0))),
            new Case("effects: ", history -> history.effects().add(DUE)),
            new Case("effects: ", history -> history.effects().clear()),
            new Case("a late owner: ", history -> history.runs().set(0, new Run(DUE, 5, "succeeded", 0))),
            new Case("never planned: ", history -> history.runs().add(new Run(new Due("b", 1), 7, "succeeded", 0))),
            new Case(
                    "submitted twice under one lease: ",
                    history -> history.journal().add(new Note("begin", "n", DUE, 3, 7, 0))),
            new Case(
                    "submitted twice as one attempt: ",
                    history -> history.journal().add(new Note("begin", "n", DUE, 2, 8, 0))),
            new Case("two leases at once: ", history -> history.leases().remove(1)),
            new Case(
                    "taken from a live owner",
                    history -> history.leases().set(1, new LeaseNote(false, DUE, 5, "n", false, 108 * SECOND))),
            new Case(
                    "resumed after ",
                    history -> history.leases().set(2, new LeaseNote(true, DUE, 7, "m", true, 130 * SECOND))),
            new Case(
                    "two lifecycles at once: ",
                    history -> history.journal().add(new Note("tick", "n", DUE, 1, 4, 120 * SECOND))));

    /** A node was killed while it ran a fire, and another one has taken over. */
    private static CrashHistory good() {
        return new CrashHistory(
                List.of(new Plan("a", DUE.at(), 0, 1, true, true)),
                new ArrayList<>(List.of(new Run(DUE, 7, "succeeded", 110 * SECOND))),
                new ArrayList<>(List.of(DUE)),
                new ArrayList<>(List.of(
                        new LeaseNote(true, DUE, 5, "n", true, 100 * SECOND),
                        new LeaseNote(false, DUE, 5, "n", true, 108 * SECOND),
                        new LeaseNote(true, DUE, 7, "m", true, 109 * SECOND),
                        new LeaseNote(false, DUE, 7, "m", true, 110 * SECOND))),
                new ArrayList<>(List.of(
                        new Note("begin", "n", DUE, 1, 5, 100 * SECOND),
                        new Note("begin", "m", DUE, 2, 7, 109 * SECOND),
                        new Note("end", "m", DUE, 2, 7, 110 * SECOND),
                        new Note("tick", "m", DUE, 1, 9, 110 * SECOND))),
                List.of(new Fault("n", "killed", 101 * SECOND, 101 * SECOND)));
    }

    @ParameterizedTest
    @FieldSource("CASES")
    void what_is_wrong_is_found(Case planted) {
        CrashHistory history = good();
        planted.change().accept(history);

        if (planted.found().isEmpty()) {
            assertThat(history.violations()).isEmpty();
        } else {
            assertThat(history.violations())
                    .anySatisfy(found -> assertThat(found).startsWith(planted.found()));
        }
    }
}
