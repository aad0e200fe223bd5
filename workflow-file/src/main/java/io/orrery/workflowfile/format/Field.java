package io.orrery.workflowfile.format;

/**
 * A field of the format.
 *
 * @param name its name
 * @param shape what its value looks like
 * @param description what it means, in a sentence
 * @param preset what holds if it is not there; empty if nothing does
 */
public record Field(String name, Shape shape, String description, String preset) {}
