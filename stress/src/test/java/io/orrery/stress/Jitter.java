package io.orrery.stress;

import java.util.concurrent.ThreadLocalRandom;

/** Makes up for the time that it takes to wake a virtual thread, so that now one is first and now the other. */
public final class Jitter {
    private static final int MOST = 4_000;

    private Jitter() {}

    /** Does nothing for up to some ten microseconds. */
    public static void spin() {
        for (int i = ThreadLocalRandom.current().nextInt(MOST); i > 0; i--) {
            Thread.onSpinWait();
        }
    }
}
