package io.orrery.job;

/**
 * The state vocabulary, one icon, word and ASCII sign each: of jobs ({@link #IDLE} to {@link #NOT_RUN}), of runs
 * ({@link #RUNNING}, {@link #PAUSED} and the endings), and marks that stand beside a state. The classic listing of a run
 * has badges of its own.
 */
public enum State {
    /** Nothing that it requires has started yet. */
    IDLE("idle", "○", "."),
    /** Some of what it requires has started, not all has ended. */
    WAITING("waiting", "◔", "w"),
    /** All that it requires has ended; it waits for a slot of the window or of a limit. */
    QUEUED("queued", "◑", "q"),
    /** Its body is being executed. */
    RUNNING("running", "◐", ">"),
    /** An attempt failed and another one is to come. */
    RETRYING("retrying", "↻", "r"),
    /** Ended with a result. */
    SUCCEEDED("succeeded", "✔", "+"),
    /** Ended with an exception. */
    FAILED("failed", "✖", "x"),
    /** Ended by a timeout of its own. */
    TIMED_OUT("timed-out", "⏱", "T"),
    /** Had started and was told to stop. */
    CANCELLED("cancelled", "⊘", "c"),
    /** Did not start, because a condition could no longer hold. */
    SKIPPED("skipped", "⤼", "s"),
    /** Had not started when the run ended. */
    NOT_RUN("not-run", "–", "-"),
    /** Nothing new starts. */
    PAUSED("paused", "‖", "p"),
    /** Mark of a job that is stopped when the others are done. */
    FOREVER("forever", "∞", "8"),
    /** Mark of a due moment that nobody served. */
    MISSED("missed", "⚠", "!");

    private final String word;
    private final String icon;
    private final String ascii;

    State(String word, String icon, String ascii) {
        this.word = word;
        this.icon = icon;
        this.ascii = ascii;
    }

    /** The word, as in reports and files. */
    public String word() {
        return word;
    }

    /** One character for people. */
    public String icon() {
        return icon;
    }

    /** One ASCII character, where the icon can't be shown. */
    public String ascii() {
        return ascii;
    }

    /** Whether a job in this state has ended. */
    public boolean ended() {
        return compareTo(SUCCEEDED) >= 0 && compareTo(NOT_RUN) <= 0;
    }
}
