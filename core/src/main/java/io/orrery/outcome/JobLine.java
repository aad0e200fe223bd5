package io.orrery.outcome;

import io.orrery.job.JobOutcome;
import io.orrery.job.JobOutcome.Failed;
import io.orrery.job.JobOutcome.Succeeded;
import io.orrery.job.JobOutcome.TimedOut;
import io.orrery.job.State;
import io.orrery.plan.PlannedJob;

/** The parts of the line that a job has in the classic listing. */
record JobLine(JobReport job, Alphabet signs) {

    /** Whether it is critical, how it went, how far it is, whether it is forever: in columns of the same width each. */
    String badge() {
        State state = job.state();
        return String.join(
                " ",
                job.critical() ? signs.critical : " ",
                raised(state) ? signs.raised : fine(state) ? signs.fine : signs.neither,
                signs.sign(state),
                job.forever() ? signs.forever : " ");
    }

    private boolean raised(State state) {
        return state == State.TIMED_OUT
                || state == State.RETRYING
                || job.outcome().flatMap(JobOutcome::failure).isPresent();
    }

    private static boolean fine(State state) {
        return state == State.RUNNING || state == State.SUCCEEDED;
    }

    /** Its kind and label. */
    String body() {
        return body(job.planned());
    }

    private static String body(PlannedJob job) {
        return "<" + job.kind() + " `" + job.label() + "`>";
    }

    /** What came of it. */
    String result() {
        return switch (job.outcome().orElse(null)) {
            case null -> "[not done]";
            case Succeeded succeeded -> "[[ -> " + Texts.value(succeeded.value()) + "]]";
            case Failed failed -> raised(Texts.type(failed.cause()), Texts.message(failed.cause()));
            case TimedOut timedOut -> raised("TimeoutException", timedOut.because());
            case JobOutcome other -> "[" + other.state().word() + reason(other.because()) + "]";
        };
    }

    private String raised(String type, String message) {
        return (job.critical() ? "!! CRIT. EXC. => " : "!! exception => ") + type + ":" + message + "!!";
    }

    private static String reason(String because) {
        return because.isEmpty() ? "" : ": " + because;
    }
}
