package io.orrery.workflowfile;

import java.util.List;
import java.util.Map;

/** Which fields of a job have a meaning together. */
final class JobRules {

    static final List<String> ACTIONS =
            List.of("run", "exec", "script", "steps", "push", "pull", "http", "workflow", "java", "jobs");

    private static final List<String> COMMANDS = List.of("run", "exec", "script", "steps");

    /** Fields that only jobs of some kinds have. */
    private static final Map<String, List<String>> BELONG_TO = Map.ofEntries(
            Map.entry("stdin", COMMANDS),
            Map.entry("user", COMMANDS),
            Map.entry("shell", List.of("run", "script", "steps")),
            Map.entry("outputs", List.of("run", "exec", "script", "steps", "http")),
            Map.entry("workdir", List.of("run", "exec", "script", "steps", "jobs")),
            Map.entry("with", List.of("java")),
            Map.entry("params", List.of("workflow")),
            Map.entry("timeout", ACTIONS),
            Map.entry("retries", ACTIONS),
            Map.entry("env", ACTIONS));

    private final Fields fields;
    private final Problems problems;
    private final List<String> actions;

    JobRules(Fields fields, Problems problems) {
        this.fields = fields;
        this.problems = problems;
        this.actions = ACTIONS.stream().filter(fields::has).toList();
    }

    static boolean isCommand(Fields fields) {
        return COMMANDS.stream().anyMatch(fields::has);
    }

    /** The actions of the job, of which there can be one. */
    List<String> actions() {
        return actions;
    }

    void check() {
        if (actions.size() > 1) {
            problems.add(
                    Code.TWO_ACTIONS,
                    fields.key(actions.get(1)),
                    "A job has one action, but %s has \"%s\". Make several jobs of it."
                            .formatted(fields.where(), String.join("\" and \"", actions)));
        }
        // A field that was refused may have been meant to give the others their meaning.
        if (fields.isComplete()) {
            refuseUseless();
        }
        CommandReader.refuseUseless(fields, problems);
    }

    private void refuseUseless() {
        boolean isNested = actions.contains("jobs") || actions.contains("workflow");
        if (fields.has("window") && !isNested && !fields.has("matrix") && !fields.has("node")) {
            useless("window", "it limits nested jobs or the instances of a job, and there are none");
        }
        if (fields.has("shutdown") && isNested) {
            useless("shutdown", "a nested workflow is shut down job by job: give it to one of them");
        }
        BELONG_TO.forEach((name, kinds) -> {
            if (fields.has(name) && actions.stream().noneMatch(kinds::contains)) {
                useless(
                        name,
                        actions.isEmpty()
                                ? "a job without \"run\", \"exec\", \"jobs\" or another action does nothing but wait"
                                        + " for others"
                                : "it belongs to \"" + String.join("\", \"", kinds) + "\"");
            }
        });
    }

    private void useless(String name, String why) {
        problems.add(
                Code.USELESS_FIELD,
                fields.key(name),
                "%s has no effect: %s. Drop it.".formatted(fields.what(name), why));
    }
}
