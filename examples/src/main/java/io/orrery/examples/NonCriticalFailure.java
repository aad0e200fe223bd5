package io.orrery.examples;

import io.orrery.outcome.RunReport;

/** Example E. A job that is not critical fails, and the one that requires it runs all the same. */
final class NonCriticalFailure {

    private NonCriticalFailure() {}

    static void main() {
        play(Stage.real());
    }

    static RunReport play(Stage stage) {
        return Explosion.play(stage, /* critical= */ false);
    }
}
