package io.orrery.cli.terminal;

/** The size of a terminal, in cells. */
public record Size(int rows, int columns) {}
