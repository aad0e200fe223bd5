package io.orrery.benchmarks;

/**
 * What one run took.
 *
 * @param wall nanoseconds on the wall
 * @param cpu nanoseconds of processor time, of the whole process
 * @param allocated bytes, by all threads; 0 if unknown
 */
record Sample(long wall, long cpu, long allocated) {

    /** What of it is looked at. */
    enum Measure {
        WALL,
        CPU,
        ALLOCATED
    }

    long get(Measure measure) {
        return switch (measure) {
            case WALL -> wall;
            case CPU -> cpu;
            case ALLOCATED -> allocated;
        };
    }
}
