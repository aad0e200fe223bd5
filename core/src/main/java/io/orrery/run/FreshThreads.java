package io.orrery.run;

import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A virtual thread of its own for each attempt. */
final class FreshThreads implements Starter {

    private static final int MANY = 1_000;

    private final GraphRun run;
    private final LiveAttempts attempts;
    private final boolean later; // whether threads start when the turn is over
    private int started;
    private @Nullable BodyAttempt first; // of those that begin when the turn is over, each with the next one beside it
    private @Nullable BodyAttempt last;

    FreshThreads(GraphRun run, LiveAttempts attempts) {
        this.run = run;
        this.attempts = attempts;
        this.later = run.mailbox.isDirect();
    }

    @Override
    public void start(int job, int number) {
        started++;
        var attempt = new BodyAttempt(run, job, number);
        attempts.begins(attempt);
        if (!later) {
            begin(attempt);
        } else if (last == null) {
            first = attempt;
            last = attempt;
        } else {
            last.beside = attempt;
            last = attempt;
        }
    }

    private static void begin(BodyAttempt attempt) {
        try {
            attempt.run.tree.start(attempt.name(), attempt);
        } catch (Throwable e) { // out of memory for a thread
            attempt.neverBegan(e);
        }
    }

    private static void beginAll(BodyAttempt first) {
        for (Mail one = first; one instanceof BodyAttempt attempt; ) {
            one = attempt.beside; // before it becomes mail itself
            attempt.beside = null;
            begin(attempt);
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
        BodyAttempt chain = first;
        if (chain != null) {
            Runnable begin = () -> beginAll(chain);
            first = null;
            last = null;
            run.mailbox.afterwards(begin);
        }
    }

    @Override
    public void takeBack(IntConsumer job) {}
}
