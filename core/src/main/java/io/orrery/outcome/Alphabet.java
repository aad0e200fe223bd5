package io.orrery.outcome;

import io.orrery.job.State;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The signs that listings are made of: the beautiful ones, or those that every terminal can show. */
enum Alphabet {
    /** Pictures. */
    UNICODE("⚠", "★", "☉", "∞", "→"),
    /** Letters; the second column of a badge is two wide. */
    ASCII("!", ":(", ":)", "8", "->");

    private static final String PICTURES =
            "⚠★☉☓↺⚑⚐⊘⤼∞→" + Arrays.stream(State.values()).map(State::icon).collect(Collectors.joining());

    final String critical;
    final String raised;
    final String fine;
    final String neither; // raised nor fine
    final String forever;
    final String arrow;

    Alphabet(String critical, String raised, String fine, String forever, String arrow) {
        this.critical = critical;
        this.raised = raised;
        this.fine = fine;
        this.neither = " ".repeat(raised.length());
        this.forever = forever;
        this.arrow = arrow;
    }

    /** The pictures if the charset has all of them. */
    static Alphabet of(Charset charset) {
        return charset.canEncode() && charset.newEncoder().canEncode(PICTURES) ? UNICODE : ASCII;
    }

    /** What the standard output can show. */
    static Alphabet ofStandardOutput() {
        try {
            return of(Charset.forName(System.getProperty("stdout.encoding", "US-ASCII")));
        } catch (IllegalArgumentException unknown) {
            return ASCII;
        }
    }

    /** The sign of a state in a badge: done, running, ready, idle, cancelled or skipped. */
    String sign(State state) {
        boolean pictures = this == UNICODE;
        return switch (state) {
            case SUCCEEDED, FAILED, TIMED_OUT -> pictures ? "☓" : "x";
            case RUNNING, RETRYING -> pictures ? "↺" : "o";
            case QUEUED -> pictures ? "⚑" : ".";
            case CANCELLED -> pictures ? "⊘" : "c";
            case SKIPPED -> pictures ? "⤼" : "s";
            case IDLE, WAITING, NOT_RUN, PAUSED, FOREVER, MISSED -> pictures ? "⚐" : ">";
        };
    }

    /** The icon of a state, as in all texts but badges. */
    String icon(State state) {
        return this == UNICODE ? state.icon() : state.ascii();
    }
}
