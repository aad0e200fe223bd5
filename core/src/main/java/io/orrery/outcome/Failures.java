package io.orrery.outcome;

import java.util.List;

/** Collects what went wrong in a run and in all that is nested in it. */
final class Failures {

    private Failures() {}

    static List<JobReport> of(RunReport report) {
        return List.of();
    }

    static List<String> warnings(RunReport report) {
        return List.of();
    }
}
