package io.orrery.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads the clocks of this process. What virtual threads allocate is counted with their carriers, and so in here. Processor
 * time comes from {@code clock_gettime} where there is one: the management bean counts in steps of 10 ms.
 */
final class Meter {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CLOCK_PROCESS_CPUTIME_ID = 2; // Linux
    private static final MemorySegment TIME =
            Arena.global().allocate(MemoryLayout.sequenceLayout(2, ValueLayout.JAVA_LONG));
    private static final @Nullable MethodHandle CLOCK = clock();

    private final long allocated = THREADS.getTotalThreadAllocatedBytes();
    private final long cpu = cpuTime();
    private final long wall = System.nanoTime();

    private Meter() {}

    static Meter start() {
        return new Meter();
    }

    Sample stop() {
        long wallNow = System.nanoTime();
        long cpuNow = cpuTime();
        return new Sample(wallNow - wall, cpuNow - cpu, THREADS.getTotalThreadAllocatedBytes() - allocated);
    }

    @SuppressWarnings("restricted") // the jar is run with native access
    private static @Nullable MethodHandle clock() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return null;
        }
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("clock_gettime")
                .map(function -> linker.downcallHandle(
                        function,
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS)))
                .orElse(null);
    }

    private static synchronized long cpuTime() {
        if (CLOCK == null) {
            return SYSTEM.getProcessCpuTime();
        }
        try {
            int status = (int) CLOCK.invokeExact(CLOCK_PROCESS_CPUTIME_ID, TIME);
            return status != 0
                    ? SYSTEM.getProcessCpuTime()
                    : TIME.getAtIndex(ValueLayout.JAVA_LONG, 0) * 1_000_000_000
                            + TIME.getAtIndex(ValueLayout.JAVA_LONG, 1);
        } catch (Throwable e) {
            throw new IllegalStateException("clock_gettime could not be called", e);
        }
    }
}
