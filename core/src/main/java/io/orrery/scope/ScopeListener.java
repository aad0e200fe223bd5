package io.orrery.scope;

/**
 * Told of everything that happens in a scope.
 *
 * <p>Events of one scope arrive one at a time and in order, on a thread that belongs to the scope and to no job: a slow listener
 * delays other listeners, but no job. What a listener throws is logged; it goes on being told. Listening costs: without listeners no event is made.
 */
@FunctionalInterface
public interface ScopeListener {

    /** Takes note of an event. */
    void on(ScopeEvent event);
}
