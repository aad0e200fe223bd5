package io.orrery.workflowfile;

import io.orrery.workflowfile.expression.Template;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all jobs of a file have around them. Immutable, but for what the loader collects.
 *
 * @param folder the folder of the file
 * @param defaults what holds for jobs that say nothing else
 * @param nodes the names of the nodes
 * @param grace how long a job may take to stop
 * @param loader loads other files
 */
record FileContext(Path folder, Defaults defaults, Set<String> nodes, Duration grace, Loader loader) {

    /** What holds for commands unless they say otherwise. */
    record Defaults(@Nullable Duration timeout, RetryModel retries, List<String> shell) {
        static final Defaults NONE = new Defaults(null, RetryModel.NONE, List.of());
    }

    /** Where a job stands: the variables of what is around it, and their folder. */
    record Around(Map<String, Template> env, String workdir) {}
}
