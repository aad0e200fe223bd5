package io.orrery.outcome;

/** What happened in a run, for people of a run. */
public final class Debrief {

    private final RunReport report;

    private Debrief(RunReport report) {
        this.report = report;
    }

    /** A debrief of a run. */
    public static Debrief of(RunReport report) {
        return new Debrief(report);
    }

    /** The text. */
    public String text() {
        return report.toString();
    }
}
