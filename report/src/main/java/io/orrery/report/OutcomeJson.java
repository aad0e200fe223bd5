package io.orrery.report;

import io.orrery.job.Facts;
import io.orrery.job.JobOutcome;
import io.orrery.job.JobOutcome.Succeeded;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields that tell how a job ended. */
final class OutcomeJson {

    /** What a result or a failure may have to say. */
    private static final List<String> FACTS = List.of("exitCode", "outputs");

    private OutcomeJson() {}

    static void add(Map<String, @Nullable Object> fields, JobOutcome outcome) {
        if (outcome instanceof Succeeded succeeded) {
            facts(fields, succeeded.value());
        }
        outcome.failure().ifPresent(failure -> {
            facts(fields, failure);
            fields.put("failure", failure(failure));
        });
        if (!outcome.because().isEmpty()) {
            fields.put("because", outcome.because());
        }
    }

    private static void facts(Map<String, @Nullable Object> fields, @Nullable Object source) {
        if (source instanceof Facts telling) {
            try {
                Map<String, Object> facts = telling.facts();
                FACTS.stream().filter(facts::containsKey).forEach(name -> fields.put(name, facts.get(name)));
            } catch (RuntimeException e) {
                fields.put(
                        "outputs",
                        Map.of("error", "facts failed: " + e.getClass().getName()));
            }
        }
    }

    static Map<String, String> failure(Throwable failure) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("type", Texts.type(failure));
        String message = Texts.message(failure);
        if (message != null) {
            fields.put("message", message);
        }
        return fields;
    }
}
