package io.orrery.workflowfile;

import io.orrery.workflowfile.spelling.Spelling;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of one kind of mapping: those that are known, those of the format that this version does not know yet, and
 * what other dialects call them.
 *
 * @param known the names of the fields
 * @param later fields that later versions will know
 * @param foreign for words of other dialects, what to write instead
 */
record Vocabulary(Set<String> known, Set<String> later, Map<String, String> foreign) {

    static final Vocabulary FILE = new Vocabulary(
                    fields("version name description params env defaults window timeout shutdownTimeout cancelGrace"
                            + " workdir jobs"),
                    fields("labels dotenv secrets nodes finally schedules"),
                    Map.of())
            .say("tasks steps stages", "Jobs go under \"jobs\"")
            .say("inputs arguments parameters vars variables", "Write \"params\"")
            .say("environment", "Write \"env\"")
            .say(
                    "timeout_sec timeoutSeconds timeout-minutes timeoutMinutes",
                    "Write \"timeout\", with a unit such as 15m")
            .say("concurrency maxParallel max_parallel max-parallel parallelism jobs_limit", "Write \"window\"")
            .say("working-directory working_directory workingDirectory working_dir cwd dir", "Write \"workdir\"")
            .say("id", "Write \"name\"");

    static final Vocabulary JOB = new Vocabulary(
                    fields("run exec jobs requires critical forever timeout retries window env workdir label"
                            + " description"),
                    fields("script args interpreter includes steps push pull http workflow java with params node if"
                            + " shell stdin user outputs shutdown matrix tags"),
                    Map.of())
            .say(
                    "needs depends dependsOn depends_on depends-on required require dependencies after",
                    "Write \"requires\"")
            .say(
                    "continue-on-error continueOnError continue_on continueOn allow_failure allowFailure allow-failure"
                            + " ignore_errors",
                    "Write \"critical: false\"")
            .say(
                    "timeout_sec timeoutSeconds timeout-minutes timeoutMinutes",
                    "Write \"timeout\", with a unit such as 15m")
            .say("activeDeadlineSeconds", "Write \"timeout\", with a unit such as 15m")
            .say("retry retry_policy retryPolicy retryStrategy attempts", "Write \"retries\"")
            .say(
                    "command cmd commands shell_command bash sh",
                    "Write \"run\" for shell text, \"exec\" for a list of words")
            .say("working-directory working_directory workingDirectory working_dir cwd dir", "Write \"workdir\"")
            .say("environment", "Write \"env\"")
            .say("name", "The key is the name of a job; for another text in listings, write \"label\"")
            .say("id", "The key is the id of a job")
            .say("tasks", "Nested jobs go under \"jobs\"")
            .say("background daemon", "Write \"forever: true\"")
            .say("concurrency maxParallel max_parallel max-parallel parallelism", "Write \"window\"");

    static final Vocabulary DEFAULTS = new Vocabulary(fields("timeout retries shell"), fields(""), Map.of())
            .say(
                    "timeout_sec timeoutSeconds timeout-minutes timeoutMinutes",
                    "Write \"timeout\", with a unit such as 15m")
            .say("retry retry_policy retryPolicy retryStrategy", "Write \"retries\"");

    static final Vocabulary RETRIES = new Vocabulary(
                    fields("max delay backoff maxDelay jitter on exitCodes"), fields(""), Map.of())
            .say("attempts maxAttempts limit maxAttempt", "Write \"max\": the attempts after the first one")
            .say("interval interval_sec wait", "Write \"delay\"")
            .say("max_interval_sec maxInterval max_delay", "Write \"maxDelay\"")
            .say("factor multiplier", "Write \"backoff\"")
            .say("exit_code exitCode exit_codes", "Write \"exitCodes\"");

    static final Vocabulary PARAMETER = new Vocabulary(
                    fields("type default description enum min max"), fields(""), Map.of())
            .say("value", "Write \"default\"")
            .say("options choices values", "Write \"enum\"")
            .say("required", "A parameter without \"default\" is required");

    private static Set<String> fields(String names) {
        return new LinkedHashSet<>(List.of(names.split(" ")));
    }

    private Vocabulary say(String words, String instead) {
        var more = new HashMap<>(foreign);
        for (String word : words.split(" ")) {
            more.put(word, instead);
        }
        return new Vocabulary(known, later, Map.copyOf(more));
    }

    /** What to do about a name that is not known. */
    String remedy(String name) {
        String instead = foreign.get(name);
        if (instead != null) {
            return instead + ".";
        }
        if (name.equals("<<")) {
            return "YAML 1.2 has no merge keys: write the fields out, or alias a whole value.";
        }
        String nearest = Spelling.nearest(name, known);
        return nearest == null ? "Known here: " + String.join(", ", known) + "." : "Did you mean \"" + nearest + "\"?";
    }
}
