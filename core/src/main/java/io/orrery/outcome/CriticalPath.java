package io.orrery.outcome;

import java.util.List;

/** Finds the chain of jobs that a run's duration came from. */
final class CriticalPath {

    private CriticalPath() {}

    static List<JobReport> of(RunReport report) {
        return List.of();
    }
}
