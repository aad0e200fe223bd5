package io.orrery.testkit;

import io.orrery.time.ManualTime;
import io.orrery.time.TimeSource;
import java.time.Duration;
import java.util.List;

/** The threads that runs have left behind. */
final class Leftovers {

    private Leftovers() {}

    /**
     * Waits for the threads of {@code time} to end, for at most {@code patience} of real time. Those that have not are told
     * to stop, so that they do not bother the next test.
     *
     * @throws AssertionError if there are such; the message says where they are
     */
    static void check(ManualTime time, Duration patience, TimeSource real) throws InterruptedException {
        long deadline = real.nanos() + patience.toNanos();
        for (List<Thread> left = time.threads(); !left.isEmpty(); left = time.threads()) {
            Duration rest = Duration.ofNanos(deadline - real.nanos());
            if (!rest.isPositive()) {
                var failure = new AssertionError(message(left));
                left.forEach(time::interrupt);
                throw failure;
            }
            Thread first = left.getFirst();
            if (first.getState() == Thread.State.NEW) {
                Thread.onSpinWait(); // about to be started
            } else {
                first.join(rest);
            }
        }
    }

    private static String message(List<Thread> threads) {
        var text =
                new StringBuilder("The test has left threads of a run behind. Let each of its runs end before the test"
                        + " does: await() it, or open it in a try statement, which cancels it.");
        for (Thread thread : threads) {
            text.append("\n\n\"").append(thread.getName()).append("\" is at");
            for (StackTraceElement element : thread.getStackTrace()) {
                text.append("\n    ").append(element);
            }
        }
        return text.toString();
    }
}
