package io.orrery.workflowfile;

/** How big a file can be. Real ones stay far below; what goes beyond is a mistake or an attack. */
final class Limits {

    static final int BYTES = 8 * 1024 * 1024;
    static final int DEPTH = 64;
    static final int EXPANDED_NODES = 500_000;
    static final int WINDOW = 1_000_000;
    static final int INSTANCES = 10_000;

    private Limits() {}
}
