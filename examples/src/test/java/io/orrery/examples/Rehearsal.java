package io.orrery.examples;

import io.orrery.testkit.Trail;
import io.orrery.time.ManualTime;

/** A stage on manual time, and what is said and shown on it. */
final class Rehearsal {

    final Trail said = new Trail();
    final Trail shown = new Trail();
    final Stage stage;

    Rehearsal(ManualTime time) {
        stage = new Stage(time, text -> (text.matches("\\d{3}\\.\\d{3} .*") ? said : shown).add(text));
    }

    /** Checks all that was said; what is said at one instant may come in any order. */
    void said(String... lines) {
        said.assertLinesInAnyOrder(lines);
    }
}
