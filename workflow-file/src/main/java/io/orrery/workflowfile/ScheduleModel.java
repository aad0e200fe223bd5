package io.orrery.workflowfile;

import java.util.Map;

/**
 * A schedule of a workflow file. Immutable.
 *
 * @param name its name
 * @param at where its name stands
 * @param fields what it says, as texts, lists and maps
 */
record ScheduleModel(String name, Span at, Map<String, Object> fields) {
    ScheduleModel {
        fields = Map.copyOf(fields);
    }
}
