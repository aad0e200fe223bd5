package io.orrery.workflow;

import io.orrery.job.Job;

/**
 * A requirement that an edit dropped, because one of its ends was removed.
 *
 * @param job the job that is left and had the requirement
 * @param required the job that was removed
 */
public record Dropped(Job<?> job, Job<?> required) {}
