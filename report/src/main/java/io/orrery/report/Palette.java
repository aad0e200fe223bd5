package io.orrery.report;

import io.orrery.job.State;

/** The colours of states: light ones, for a ground on which black text is read. */
final class Palette {

    static final String CRITICAL = "red";

    private Palette() {}

    static String ground(State state) {
        return switch (state) {
            case SUCCEEDED -> "#c8e6c9";
            case FAILED -> "#ffcdd2";
            case TIMED_OUT -> "#ffccbc";
            case RUNNING -> "#bbdefb";
            case RETRYING -> "#ffe0b2";
            case QUEUED, PAUSED -> "#fff9c4";
            case CANCELLED -> "#e0e0e0";
            case SKIPPED, NOT_RUN -> "#f5f5f5";
            case IDLE, WAITING, FOREVER, MISSED -> "#ffffff";
        };
    }
}
