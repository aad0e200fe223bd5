package io.orrery.workflowfile.body;

import io.orrery.job.Facts;
import io.orrery.workflowfile.process.Masker;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of a job in Java as reports may have it: its text and facts, without secrets.
 *
 * @param result what the job has returned
 */
record MaskedResult(Object result, Masker masker) implements Facts {

    /** A result that tells no secret: the same one where that is certain. */
    static @Nullable Object of(@Nullable Object result, Masker masker) {
        return switch (result) {
            case null -> null;
            case Object some when masker.isEmpty() -> some;
            case String _, Boolean _, Number _, List<?> _, Map<?, ?> _ -> masker.shownValue(result);
            default -> new MaskedResult(result, masker);
        };
    }

    @Override
    public Map<String, Object> facts() {
        return result instanceof Facts telling ? masker.shown(telling.facts()) : Map.of();
    }

    @Override
    public String toString() {
        return masker.mask(String.valueOf(result));
    }
}
