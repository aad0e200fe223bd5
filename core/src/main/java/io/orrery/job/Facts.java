package io.orrery.job;

import java.util.Map;

/**
 * Implemented by results and failures that have something to say to reports beyond their text: an exit code, outputs.
 */
@FunctionalInterface
public interface Facts {

    /** Names and values; values are text, numbers, booleans, or lists and maps of these. */
    Map<String, Object> facts();
}
