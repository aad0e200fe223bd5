package io.orrery.cli.terminal;

import io.orrery.job.State;
import java.nio.charset.Charset;

/** The signs to show: of the state vocabulary and some more, or ASCII where a stream can't take them. */
public enum Signs {
    /** For people with a terminal of this century. */
    UNICODE("…", "█", "░", " · ", " – ", " → "),
    /** For all others. */
    ASCII("...", "#", ".", ", ", " - ", " -> ");

    private final String ellipsis;
    private final String full;
    private final String empty;
    private final String dot;
    private final String dash;
    private final String arrow;

    Signs(String ellipsis, String full, String empty, String dot, String dash, String arrow) {
        this.ellipsis = ellipsis;
        this.full = full;
        this.empty = empty;
        this.dot = dot;
        this.dash = dash;
        this.arrow = arrow;
    }

    /** The signs that can be written in a charset. */
    static Signs of(Charset charset) {
        boolean all = charset.canEncode() && charset.newEncoder().canEncode("✔✖◐◔◑↻∞⏱⊘⤼○–·→…█░");
        return all ? UNICODE : ASCII;
    }

    /** The sign of a state. */
    public String of(State state) {
        return this == UNICODE ? state.icon() : state.ascii();
    }

    /** Says that there is more. */
    public String ellipsis() {
        return ellipsis;
    }

    /** Stands between things on one line. */
    public String dot() {
        return dot;
    }

    /** Stands before an explanation. */
    public String dash() {
        return dash;
    }

    /** Stands between things that follow each other. */
    public String arrow() {
        return arrow;
    }

    /** A bar of {@code cells} cells, of which a part is full. */
    public String bar(double part, int cells) {
        int filled = (int) Math.floor(Math.clamp(part, 0, 1) * cells);
        return "[" + full.repeat(filled) + empty.repeat(cells - filled) + "]";
    }
}
