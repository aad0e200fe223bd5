package io.orrery.workflowfile;

import io.orrery.plan.Settings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A workflow file that has been read: all values typed, all expressions evaluated that can be. Immutable.
 *
 * @param about what it says of itself
 * @param settings what holds for the workflow as a whole
 * @param jobs its jobs, in order
 * @param last the jobs to run when the run has ended
 * @param secrets its secrets by their names; without values if the file is only checked
 * @param schedules when it is to be run
 */
record FileModel(
        About about,
        Settings settings,
        List<JobModel> jobs,
        List<JobModel> last,
        Map<String, String> secrets,
        List<ScheduleModel> schedules) {

    FileModel {
        jobs = List.copyOf(jobs);
        last = List.copyOf(last);
        secrets = Map.copyOf(secrets);
        schedules = List.copyOf(schedules);
    }

    FileModel withSettings(Settings others) {
        return new FileModel(about, others, jobs, last, secrets, schedules);
    }

    FileModel withJobs(List<JobModel> others, List<JobModel> otherLast) {
        return new FileModel(about, settings, others, otherLast, secrets, schedules);
    }

    /** What a file says of itself. */
    record About(
            String name,
            String description,
            List<Parameter> parameters,
            Map<String, ParameterRule> rules,
            Map<String, String> labels) {
        About {
            parameters = List.copyOf(parameters);
            rules = Map.copyOf(rules);
            labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        }
    }

    @Override
    public String toString() {
        return "the model of " + about.name; // never its secrets
    }
}
