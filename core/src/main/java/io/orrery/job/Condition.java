package io.orrery.job;

/**
 * A requirement on how another job ends. A plain requirement means {@link #finished}. A condition that can no longer
 * hold makes the job that has it {@link JobOutcome.Skipped}.
 *
 * @param ending how it has to end
 * @param target what has to end: a job, a sequence, or several
 */
public record Condition(Ending ending, Requirement target) implements Requirement {

    /** The endings that can be asked for. */
    public enum Ending {
        /** However it ends: a failed, timed-out or skipped job counts. */
        FINISHED("finished"),
        /** Only with success. */
        SUCCEEDED("succeeded"),
        /** Only with a failure or a timeout of its own. */
        FAILED("failed");

        private final String word;

        Ending(String word) {
            this.word = word;
        }

        /** The word for it in files, listings and messages. */
        public String word() {
            return word;
        }

        /** Whether a job that ended so fulfils the condition. */
        public boolean holdsFor(JobOutcome outcome) {
            return switch (this) {
                case FINISHED -> true;
                case SUCCEEDED -> outcome instanceof JobOutcome.Succeeded;
                case FAILED -> outcome instanceof JobOutcome.Failed || outcome instanceof JobOutcome.TimedOut;
            };
        }
    }

    /** They must all have ended, however: the meaning of a plain requirement. */
    public static Condition finished(Requirement... targets) {
        return new Condition(Ending.FINISHED, one(targets));
    }

    private static Requirement one(Requirement... targets) {
        return targets.length == 1 ? targets[0] : Requirement.all(targets);
    }

    /** They must all have succeeded. */
    public static Condition succeeded(Requirement... targets) {
        return new Condition(Ending.SUCCEEDED, one(targets));
    }

    /** They must all have failed or timed out. */
    public static Condition failed(Requirement... targets) {
        return new Condition(Ending.FAILED, one(targets));
    }

    @Override
    public String toString() {
        return ending.word() + "(" + target + ")";
    }
}
