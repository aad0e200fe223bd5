package io.orrery.outcome;

import java.nio.charset.Charset;

/**
 * The classic listing of a run, before, while or after it runs: one line a job, with its rank, a badge, its kind and
 * label, its result, and the ranks of the jobs it requires. The jobs of a nested run follow its line, indented, and
 * {@code --end--} closes them; those of a run that a job made on the fly follow the line of that job.
 *
 * <p>The columns of a badge: {@code ⚠} if critical · {@code ★} has failed, {@code ☉} all well so far · {@code ☓} done,
 * {@code ↺} running, {@code ⚑} waiting for a slot, {@code ⚐} not started, {@code ⊘} cancelled, {@code ⤼} skipped ·
 * {@code ∞} if forever. In ASCII: {@code !} · {@code :(}, {@code :)} · {@code x}, {@code o}, {@code .}, {@code >},
 * {@code c}, {@code s} · {@code 8}.
 *
 * <p>Immutable.
 */
public final class Listing {

    private final RunReport report;
    private final Alphabet signs;
    private final boolean details;

    private Listing(RunReport report, Alphabet signs, boolean details) {
        this.report = report;
        this.signs = signs;
        this.details = details;
    }

    /** A listing in characters that the standard output can show, without details. */
    public static Listing of(RunReport report) {
        return new Listing(report, Alphabet.ofStandardOutput(), false);
    }

    /** A listing in characters that can be written in {@code charset}; labels and results stay as they are. */
    public Listing charset(Charset charset) {
        return new Listing(report, Alphabet.of(charset), details);
    }

    /** A listing that shows, or does not, what the bodies say of themselves below their lines. */
    public Listing details(boolean details) {
        return new Listing(report, signs, details);
    }

    /** The text, a line feed after each line. Never fails. */
    public String text() {
        var text = new StringBuilder();
        new ListingWriter(signs, details, ListingWriter.ranks(report), text).write(report);
        return text.toString();
    }

    @Override
    public String toString() {
        return text();
    }
}
