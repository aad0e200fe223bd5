package io.orrery.plan;

import io.orrery.job.RunnableGraph;

/**
 * Something a plan can be made of: a workflow, or a plan itself. Not meant for implementation by clients.
 *
 * @param <R> the type of the report that running it gives
 */
public interface Plannable<R> extends RunnableGraph<R> {

    /**
     * The plan.
     *
     * @throws InvalidPlanException with all problems, if there are any
     */
    Plan<R> plan();
}
