package io.orrery.plan;

import io.orrery.job.BodyCatalog;
import io.orrery.job.Limit;
import io.orrery.job.NamedBody;
import java.util.List;
import java.util.Map;

/**
 * A plan as data: nested maps, lists, text, numbers and booleans, to be written as JSON or YAML and read back elsewhere.
 *
 * <p>What a plan does is data if each of its bodies is a {@link NamedBody}, or
 * {@linkplain io.orrery.job.JobBody#nothing() does nothing}. Then this is what is written; what a plan does not have is left
 * out, and reading takes the default for it:
 *
 * {@snippet lang = json :
 * {
 *   "orreryPlan": 1,                            // the version of this form
 *   "limits": {"db": 2},                        // names and slots, shared by all jobs of the document
 *   "name": "etl",
 *   "window": 4, "timeout": "PT5M", "shutdownTimeout": "PT1S", "cancelGrace": "PT10S", "keepGoing": true,
 *   "jobs": [
 *     {"id": "fetch", "body": "http", "arguments": {"url": "https://example.org"}},
 *     {"id": "load", "label": "load it", "graphLabel": "load", "critical": false, "forever": true,
 *      "timeout": "PT30S", "limits": ["db"], "requires": ["fetch", {"succeeded": "start"}],
 *      "retry": {"retries": 3, "delay": "PT1S", "backoff": 2.0, "maxDelay": "PT1M", "jitter": 0.1},
 *      "body": "sql", "arguments": {}},
 *     {"id": "start"},                          // does nothing
 *     {"id": "checks", "plan": {"name": "checks", "jobs": []}}
 *   ]
 * }
 * }
 *
 * <p>Maps are in the order shown. Handles are not data: results of a plan that was read are asked for by path. Neither is a
 * computed label: its text at the time of writing is.
 */
public final class PlanData {

    static final int VERSION = 1;

    private PlanData() {}

    /**
     * Writes a plan.
     *
     * @throws PlanDataException with all that is not data in it: bodies without a name, retry policies with a predicate, and
     *     different limits of one name
     */
    public static Map<String, Object> write(Plan<?> plan) {
        return new PlanWriter().write(plan);
    }

    /**
     * Reads a plan. Its limits are new ones.
     *
     * @throws PlanDataException with all that is wrong with the form, unknown keys among it
     * @throws InvalidPlanException if the form is right, but the plan can't be run
     */
    public static Plan<?> read(Map<String, ?> data, BodyCatalog catalog) {
        return read(data, catalog, List.of());
    }

    /**
     * Reads a plan that shares limits with others: where it names one of {@code limits}, it gets that one.
     *
     * @throws PlanDataException with all that is wrong with the form, unknown keys among it
     * @throws InvalidPlanException if the form is right, but the plan can't be run
     */
    public static Plan<?> read(Map<String, ?> data, BodyCatalog catalog, List<Limit> limits) {
        return new PlanReader(catalog, limits).read(data).build();
    }
}
