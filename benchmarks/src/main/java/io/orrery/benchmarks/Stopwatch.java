package io.orrery.benchmarks;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Times one run of one contender, in a thread of its own and with a limit, and checks that it did its work. */
final class Stopwatch {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private Stopwatch() {}

    /**
     * Runs the work so many times as it says, with no garbage from before, and what was prepared already among what is old.
     *
     * @throws Exception if the contender fails, takes too long, or has not run each job exactly once each time
     */
    static Sample time(Contender contender, Work work) throws Exception {
        int times = work.workload().times();
        Callable<?> run = contender.prepare(work);
        System.gc();
        var task = new FutureTask<>(() -> {
            Meter meter = Meter.start();
            for (int i = 0; i < times; i++) {
                run.call();
            }
            return meter.stop();
        });
        Thread caller = (times > 1 ? Thread.ofVirtual() : Thread.ofPlatform().daemon()).unstarted(task);
        caller.start();
        Sample sample = task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        caller.join();
        work.check(contender.runsJobs() ? times : 0);
        return sample;
    }
}
