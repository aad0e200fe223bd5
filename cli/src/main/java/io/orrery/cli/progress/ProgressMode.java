package io.orrery.cli.progress;

/** How progress is shown. */
public enum ProgressMode {
    /** A screen on a terminal, else line by line. */
    AUTO,
    /** A screen; line by line where the standard error is no terminal. */
    TTY,
    /** One line a transition. */
    PLAIN,
    /** One JSON object a line for each event. */
    JSON,
    /** Not at all. */
    NONE
}
