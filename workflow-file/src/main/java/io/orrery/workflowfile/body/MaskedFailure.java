package io.orrery.workflowfile.body;

import io.orrery.job.Facts;
import io.orrery.job.JobSkippedException;
import io.orrery.workflowfile.process.CommandNotStarted;
import io.orrery.workflowfile.process.ExitStatus;
import io.orrery.workflowfile.process.Masker;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Failures on their way out of a job, which tell no secret. */
final class MaskedFailure {

    private MaskedFailure() {}

    /** A failure that had more to say than a sentence. */
    static final class WithFacts extends JobFailure implements Facts {

        private static final long serialVersionUID = 1;

        private final transient Map<String, Object> facts;

        WithFacts(String message, Map<String, Object> facts) {
            super(message);
            this.facts = facts;
        }

        @Override
        public Map<String, Object> facts() {
            return facts;
        }
    }

    /** The same failure, if it tells no secret; else one that tells the same without. */
    static Exception of(Exception failure, Masker masker) {
        boolean isConstant = failure instanceof ExitStatus;
        return !isConstant && tells(failure, masker) ? masked(failure, masker) : failure;
    }

    /** Throws it again unless it tells a secret. */
    static Exception of(Error failure, Masker masker) {
        if (!tells(failure, masker)) {
            throw failure;
        }
        return masked(failure, masker);
    }

    private static Exception masked(Throwable failure, Masker masker) {
        String message = masker.mask(message(failure));
        return switch (failure) {
            case JobSkippedException _ -> new JobSkippedException(message);
            case InterruptedException _ -> new InterruptedException(message);
            case Unreachable _ -> new Unreachable(message);
            case JobFailure _, OutputMissing _, CommandNotStarted _ -> new JobFailure(message);
            default -> {
                String text = failure.getClass().getSimpleName() + ": " + message;
                yield failure instanceof Facts telling
                        ? new WithFacts(text, masker.shown(facts(telling)))
                        : new JobFailure(text);
            }
        };
    }

    private static Map<String, Object> facts(Facts telling) {
        try {
            return telling.facts();
        } catch (RuntimeException | StackOverflowError e) {
            return Map.of(
                    "outputs", Map.of("error", "facts failed: " + e.getClass().getName()));
        }
    }

    private static String message(Throwable failure) {
        try {
            return String.valueOf(failure.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            return "(its getMessage failed: " + e.getClass().getName() + ")";
        }
    }

    private static boolean tells(Throwable failure, Masker masker) {
        return !masker.isEmpty() && tells(failure, masker, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static boolean tells(Throwable failure, Masker masker, Set<Throwable> seen) {
        if (!seen.add(failure)) {
            return false;
        }
        String text = message(failure);
        Throwable cause = failure.getCause();
        boolean tells = !masker.mask(text).equals(text) || cause != null && tells(cause, masker, seen);
        if (failure instanceof Facts telling) {
            Map<String, Object> facts = facts(telling);
            tells |= !masker.shown(facts).equals(facts);
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            tells |= tells(suppressed, masker, seen);
        }
        return tells;
    }
}
