package io.orrery.run;

import java.util.function.IntConsumer;

/** A virtual thread of its own for each attempt. */
final class FreshThreads implements Starter {

    private static final int MANY = 1_000;

    private final GraphRun run;
    private final LiveAttempts attempts;
    private int started;

    FreshThreads(GraphRun run, LiveAttempts attempts) {
        this.run = run;
        this.attempts = attempts;
    }

    @Override
    public void start(int job, int number) {
        started++;
        var attempt = BodyAttempt.of(run, job, number);
        attempts.begins(attempt);
        try {
            attempt.in(run.tree.start(attempt.name(), attempt));
        } catch (Throwable e) { // out of memory for a thread
            attempt.neverBegan(e);
        }
    }

    @Override
    public void reported(Attempt attempt) {}

    @Override
    public boolean hasStartedMany() {
        return started >= MANY && run.mailbox.isDirect();
    }

    @Override
    public void flush() {
        started = 0;
    }

    @Override
    public void takeBack(IntConsumer job) {}
}
