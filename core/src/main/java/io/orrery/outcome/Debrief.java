package io.orrery.outcome;

import java.nio.charset.Charset;

/**
 * What happened in a run, for people: the verdict and its cause first, then the listing, then every failure with its
 * stack trace, those of nested runs included and the critical ones first, then what went wrong besides, what was not
 * started because of it, and the critical path. Immutable.
 */
public final class Debrief {

    private final RunReport report;
    private final Alphabet signs;
    private final Listing listing;

    private Debrief(RunReport report, Alphabet signs, Listing listing) {
        this.report = report;
        this.signs = signs;
        this.listing = listing;
    }

    /** A debrief in characters that the standard output can show, without details of the bodies. */
    public static Debrief of(RunReport report) {
        return new Debrief(report, Alphabet.ofStandardOutput(), Listing.of(report));
    }

    /** A debrief in characters that can be written in {@code charset}; labels, results and failures stay as they are. */
    public Debrief charset(Charset charset) {
        return new Debrief(report, Alphabet.of(charset), listing.charset(charset));
    }

    /** A debrief with, or without, what the bodies say of themselves in the listing. */
    public Debrief details(boolean details) {
        return new Debrief(report, signs, listing.details(details));
    }

    /** The text, a line feed after each line. Never fails. */
    public String text() {
        return new DebriefWriter(report, signs).write(listing);
    }

    @Override
    public String toString() {
        return text();
    }
}
