package io.orrery.outcome;

/** The classic listing of a run. */
public final class Listing {

    private final RunReport report;

    private Listing(RunReport report) {
        this.report = report;
    }

    /** A listing of a run. */
    public static Listing of(RunReport report) {
        return new Listing(report);
    }

    /** The text. */
    public String text() {
        return report.toString();
    }
}
