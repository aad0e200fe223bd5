package io.orrery.workflowfile.body;

import io.orrery.workflowfile.expression.Template;

/**
 * A condition of a job.
 *
 * @param template true or false
 * @param source how it is written
 */
public record Condition(Template template, String source) {}
