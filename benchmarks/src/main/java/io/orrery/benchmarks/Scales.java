package io.orrery.benchmarks;

import io.orrery.schedule.scheduler.Scheduler;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/** A virtual machine with a small heap, in which one contender does its work once, to see what it weighs. */
final class Scales {

    private static final Path STATUS = Path.of("/proc/self/status");

    private Scales() {}

    /** Arguments: the workload and the contender. */
    public static void main(String[] args) {
        var workload = Workload.parse(args[0]);
        Contender contender = Contenders.all().stream()
                .filter(one -> one.title().equals(args[1]))
                .findFirst()
                .orElseThrow();
        System.out.println(weigh(contender, workload).text());
        System.exit(0);
    }

    private static Line weigh(Contender contender, Workload workload) {
        String title = contender.title();
        try {
            return switch (contender) {
                case Orrery orrery -> weighOrrery(orrery, workload);
                case Schedules schedules -> weighSchedules(schedules, workload);
                default -> new Line.Weighed(title, 0, 0, peakAfter(contender, workload));
            };
        } catch (ExecutionException e) {
            return new Line.Failed(title, Fork.inWords(e.getCause()));
        } catch (Exception | OutOfMemoryError e) {
            return new Line.Failed(title, Fork.inWords(e));
        }
    }

    private static long peakAfter(Contender contender, Workload workload) throws Exception {
        Stopwatch.time(contender, Work.of(workload));
        return peak();
    }

    /** The last job weighs what is there then; the workflow, the bodies and the labels are the user's own. */
    private static Line weighOrrery(Orrery orrery, Workload workload) throws Exception {
        long[] during = new long[1];
        Work work = Work.endingWith(workload, () -> during[0] = liveBytes());
        var workflow = orrery.declare(work);
        try {
            long before = liveBytes();
            workflow.plan();
            long planned = liveBytes();
            workflow.run().orThrow();
            work.check(1);
            return new Line.Weighed(orrery.title(), planned - before, during[0] - before, peak());
        } finally {
            Reference.reachabilityFence(workflow);
        }
    }

    /** What is kept of schedules that are pending; the bodies and the labels are the user's own. */
    private static Line weighSchedules(Schedules schedules, Workload workload) throws Exception {
        Work work = Work.of(workload);
        long before = liveBytes();
        Scheduler scheduler = schedules.holding(work);
        long pending = liveBytes();
        scheduler.close();
        return new Line.Weighed(schedules.title(), 0, pending - before, peak());
    }

    private static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The largest that this process has been so far, where the system tells. */
    private static long peak() throws IOException {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElse(0);
    }
}
