package io.orrery.workflow;

import io.orrery.job.Requirement;
import java.util.List;
import java.util.stream.Collectors;

/** A listing that needs no order, and so does not fail on a workflow that can't be run. */
final class SafeListing {

    private SafeListing() {}

    static String of(Workflow workflow) {
        var text = new StringBuilder();
        append(text, workflow, "");
        return text.toString();
    }

    private static void append(StringBuilder text, Workflow workflow, String prefix) {
        int number = 0;
        for (DeclaredJob<?> job : workflow.declared()) {
            String id = prefix + ++number;
            String marks = (job.isCritical() ? "critical " : "") + (job.isForever() ? "forever " : "");
            text.append(id)
                    .append(' ')
                    .append(marks)
                    .append(job)
                    .append(requires(job))
                    .append('\n');
            if (job.work instanceof Workflow nested) {
                append(text, nested, id + ".");
            }
        }
    }

    private static String requires(DeclaredJob<?> job) {
        List<Requirement> requirements = job.requirements();
        return requirements.isEmpty()
                ? ""
                : requirements.stream().map(String::valueOf).collect(Collectors.joining(", ", " requires ", ""));
    }
}
