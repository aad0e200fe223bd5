package io.orrery.workflowfile;

import io.orrery.job.Condition.Ending;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One job of a workflow file. Immutable.
 *
 * @param id its key
 * @param at where the key stands
 * @param texts how it is shown
 * @param action what it does
 * @param needs what it requires
 * @param options what its ending means, and how often it is tried
 */
record JobModel(String id, Span at, Texts texts, Action action, List<Need> needs, Options options) {

    JobModel {
        needs = List.copyOf(needs);
    }

    JobModel withNeeds(List<Need> others) {
        return new JobModel(id, at, texts, action, others, options);
    }

    JobModel withAction(Action other) {
        return new JobModel(id, at, texts, other, needs, options);
    }

    /** How a job is shown; null for what follows from the rest. */
    record Texts(@Nullable String label, @Nullable String description) {}

    /** A requirement. */
    record Need(String job, Ending ending, Span at) {}

    /** What the ending of a job means, and how often it is tried. */
    record Options(
            boolean critical, boolean forever, @Nullable Duration timeout, RetryModel retries) {}

    /** What a job does. */
    sealed interface Action {}

    /** Waits for what it requires, and nothing else. */
    record Barrier() implements Action {}

    /** A text for a shell; {@code shell} is empty for the default one. */
    record Run(String command, List<String> shell, Surroundings surroundings) implements Action {
        Run {
            shell = List.copyOf(shell);
        }
    }

    /** A program and its arguments. */
    record Exec(List<String> words, Surroundings surroundings) implements Action {
        Exec {
            words = List.copyOf(words);
        }
    }

    /** Jobs of its own. */
    record Nested(List<JobModel> jobs, int window) implements Action {
        Nested {
            jobs = List.copyOf(jobs);
        }
    }

    /** Where a command runs: its variables beyond those of this process, and its folder. */
    record Surroundings(Map<String, String> env, String workdir) {}
}
