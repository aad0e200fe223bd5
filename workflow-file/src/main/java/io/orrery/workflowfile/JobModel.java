package io.orrery.workflowfile;

import io.orrery.job.Condition.Ending;
import io.orrery.workflowfile.body.Condition;
import io.orrery.workflowfile.body.OutputRule;
import io.orrery.workflowfile.body.Work;
import io.orrery.workflowfile.expression.Template;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One job of a workflow file, or one instance of a job that is there several times. Immutable.
 *
 * @param id its id in this workflow: its key, and which instance it is
 * @param origin where it comes from, and how it is shown
 * @param action what it does
 * @param needs what it requires
 * @param options what its ending means, and how often it is tried
 * @param references the jobs that its expressions name
 */
record JobModel(
        String id, Origin origin, Action action, List<Need> needs, Options options, List<Scope.Reference> references) {

    JobModel {
        needs = List.copyOf(needs);
        references = List.copyOf(references);
    }

    JobModel withNeeds(List<Need> others) {
        return new JobModel(id, origin, action, others, options, references);
    }

    JobModel withAction(Action other) {
        return new JobModel(id, origin, other, needs, options, references);
    }

    /** Its key. */
    String group() {
        return origin.group;
    }

    /** Where the key stands. */
    Span at() {
        return origin.at;
    }

    /**
     * Where a job comes from, and how it is shown.
     *
     * @param group its key
     * @param at where the key stands
     * @param isMany whether there may be several instances of it
     * @param label null for what follows from the rest
     * @param description empty if nothing is said
     * @param level how many workflows are around it, its own included
     */
    record Origin(
            String group, Span at, boolean isMany, @Nullable String label, String description, int level) {}

    /** A requirement. */
    record Need(String job, Ending ending, Span at) {}

    /**
     * What the ending of a job means, how often it is tried, and whether it is.
     *
     * @param window how many instances of it may run at once; 0 for any number
     * @param condition whether there is anything to do; null if there always is
     */
    record Options(
            boolean critical,
            boolean forever,
            @Nullable Duration timeout,
            RetryModel retries,
            int window,
            @Nullable Condition condition) {}

    /** What a job does. */
    sealed interface Action {}

    /**
     * Something of its own.
     *
     * @param kind the word for it
     * @param work what
     * @param outputs what comes of it
     * @param shutdown what to do at the end of every run; null for nothing
     */
    record Does(String kind, Work work, List<OutputRule> outputs, Work.@Nullable Commands shutdown) implements Action {}

    /** Jobs of its own. */
    record Nested(List<JobModel> jobs, int window) implements Action {
        Nested {
            jobs = List.copyOf(jobs);
        }
    }

    /**
     * The jobs of another file.
     *
     * @param model the file
     * @param late the values of its parameters that are only known while the run goes on
     */
    record OtherFile(FileModel model, Map<String, Template> late) implements Action {
        OtherFile {
            late = Map.copyOf(late);
        }
    }
}
