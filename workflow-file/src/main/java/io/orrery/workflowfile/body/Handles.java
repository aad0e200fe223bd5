package io.orrery.workflowfile.body;

import io.orrery.job.Job;
import io.orrery.job.JobOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of a workflow by the ids under which expressions know them, and those around it. Filled while the workflow is
 * declared; not changed after that.
 */
public final class Handles {

    /**
     * What one id stands for.
     *
     * @param jobs the jobs of this run
     * @param ended how jobs ended in the run before this one
     * @param isMany whether it stands for all instances of a declared job, in order, rather than for one job
     */
    record Group(List<Job<?>> jobs, List<JobOutcome> ended, boolean isMany) {
        Group(boolean isMany) {
            this(new ArrayList<>(1), new ArrayList<>(0), isMany);
        }
    }

    private final @Nullable Handles outer;
    private final Map<String, Group> byId = new HashMap<>();

    /** The jobs of a workflow inside another one, or of the outermost. */
    public Handles(@Nullable Handles outer) {
        this.outer = outer;
    }

    /** Adds a job, which may be one of the instances of a declared job. */
    public void add(String id, Job<?> job, boolean isMany) {
        group(id, isMany).jobs.add(job);
    }

    /** Adds how a job ended in a run that is over. */
    public void add(String id, JobOutcome ended, boolean isMany) {
        group(id, isMany).ended.add(ended);
    }

    private Group group(String id, boolean isMany) {
        return byId.computeIfAbsent(id, added -> new Group(isMany));
    }

    /** What an id stands for, in the nearest workflow that has it; null if none has. */
    @Nullable
    Group find(String id) {
        for (Handles handles = this; handles != null; handles = handles.outer) {
            Group group = handles.byId.get(id);
            if (group != null) {
                return group;
            }
        }
        return null;
    }
}
