package io.orrery.job;

/**
 * A graph of jobs that can be run as a whole: a workflow or a plan. Not meant for implementation by clients.
 *
 * @param <R> the type of its report
 */
public interface RunnableGraph<R> {}
