package io.orrery.outcome;

/**
 * Told of everything that happens in a run.
 *
 * <p>Events of one run, all that is nested in it included, arrive one at a time and in order, on a thread that belongs to
 * the run and to no job: a slow listener delays other listeners and the end of {@code await}, but no job. It delays the end
 * of {@code await} by the run's grace period at most; the rest of the events arrives after that. A listener that is used for several runs at once is called by several threads. What a listener throws is logged; it goes on being told,
 * and neither the run nor other listeners notice.
 */
@FunctionalInterface
public interface RunListener {

    /** Takes note of an event. */
    void on(RunEvent event);
}
