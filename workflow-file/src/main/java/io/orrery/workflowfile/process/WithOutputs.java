package io.orrery.workflowfile.process;

/** A result with outputs. */
@FunctionalInterface
public interface WithOutputs {

    /** The outputs. */
    Outputs outputs();
}
