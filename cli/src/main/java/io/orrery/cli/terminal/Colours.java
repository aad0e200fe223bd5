package io.orrery.cli.terminal;

import io.orrery.job.State;

/** Colours of a terminal, or none of them. Never the only signal: there is always a sign or a word as well. */
public enum Colours {
    /** The sixteen that every terminal has, in the shades its user has chosen. */
    ON,
    /** None. */
    OFF;

    private static final String RESET = "\u001b[0m";

    /** The text in the colour of a state. */
    public String of(State state, String text) {
        return switch (state) {
            case SUCCEEDED -> paint("32", text);
            case FAILED, TIMED_OUT -> paint("31", text);
            case RUNNING, FOREVER -> paint("36", text);
            case RETRYING, CANCELLED, PAUSED, MISSED -> paint("33", text);
            case IDLE, WAITING, QUEUED, SKIPPED, NOT_RUN -> faint(text);
        };
    }

    /** The text, less conspicuous. */
    public String faint(String text) {
        return paint("2", text);
    }

    /** The text, more conspicuous. */
    public String bold(String text) {
        return paint("1", text);
    }

    private String paint(String code, String text) {
        return this == ON ? "\u001b[" + code + "m" + text + RESET : text;
    }
}
