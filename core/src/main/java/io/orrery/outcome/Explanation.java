package io.orrery.outcome;

/** Why a job is in its state, in one sentence. */
final class Explanation {

    private Explanation() {}

    static String of(JobReport job) {
        return job.toString();
    }
}
