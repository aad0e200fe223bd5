package io.orrery.workflowfile.body;

import io.orrery.job.JobSkippedException;
import io.orrery.workflowfile.process.CommandNotStarted;
import io.orrery.workflowfile.process.ExitStatus;
import io.orrery.workflowfile.process.Masker;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Failures on their way out of a job, which tell no secret. */
final class MaskedFailure {

    private MaskedFailure() {}

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
            default -> new JobFailure(failure.getClass().getSimpleName() + ": " + message);
        };
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
        for (Throwable suppressed : failure.getSuppressed()) {
            tells |= tells(suppressed, masker, seen);
        }
        return tells;
    }
}
