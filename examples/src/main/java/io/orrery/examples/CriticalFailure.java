package io.orrery.examples;

import io.orrery.outcome.RunReport;

/** Example F. A critical job fails, as all are critical unless they say otherwise: the run ends at once. */
final class CriticalFailure {

    private CriticalFailure() {}

    static void main() {
        RunReport run = play(Stage.real());
        IO.println(run.debrief()); // the cause first
    }

    static RunReport play(Stage stage) {
        return Explosion.play(stage, /* critical= */ true);
    }
}
