package io.orrery.testing;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import io.orrery.job.OpenClaims;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The threads, child processes and claims to slots of limits of this JVM at one moment, each with a description for people.
 * Immutable.
 */
record LiveThings(Map<String, String> byId) {
    private static final HotSpotDiagnosticMXBean DIAGNOSTICS =
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);

    /** The first line of a thread in a dump; its stack follows. */
    private static final Pattern THREAD = Pattern.compile("(#\\d+) \"(.*)\" .*", Pattern.DOTALL);

    /** Threads that the JDK, JUnit and Orrery start when first needed, one for the whole process, and keep. */
    private static final Pattern OF_THE_PLATFORM = Pattern.compile(String.join(
            "|",
            "ForkJoinPool-1-worker-\\d+", // carriers of virtual threads
            "ForkJoinPool\\.commonPool-worker-\\d+",
            "ForkJoinPool-1-delayScheduler", // timed waits of virtual threads
            "VirtualThread-un.*",
            ".*Poller.*",
            "process reaper.*",
            "Cleaner-\\d+",
            "orrery-alarms", // of the system's time
            "JFR .*",
            "Attach Listener",
            "junit-jupiter-timeout-watcher",
            "surefire-.*"));

    static LiveThings now() {
        var byId = new TreeMap<String, String>();
        for (var thread : dump().split("\n\n")) {
            var parts = THREAD.matcher(thread);
            if (parts.matches() && !OF_THE_PLATFORM.matcher(parts.group(2)).matches()) {
                byId.put(parts.group(1), thread.strip());
            }
        }
        try (var processes = ProcessHandle.current().descendants()) {
            processes.forEach(process -> byId.put("pid " + process.pid(), process.pid() + " " + process.info()));
        }
        OpenClaims.now().forEach(claim -> byId.put(claim, claim));
        return new LiveThings(byId);
    }

    LiveThings without(LiveThings others) {
        var rest = new TreeMap<>(byId);
        rest.keySet().removeAll(others.byId.keySet());
        return new LiveThings(rest);
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    @Override
    public String toString() {
        return String.join("\n\n", byId.values());
    }

    /** The only public way to see virtual threads, and it wants a file that does not exist yet. */
    private static String dump() {
        try {
            var file = Files.createTempFile("threads", ".txt");
            Files.delete(file);
            DIAGNOSTICS.dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
            var dump = Files.readString(file);
            Files.delete(file);
            return dump;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
