package io.orrery.run;

import io.orrery.job.JobOutcome;
import io.orrery.plan.Plan;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread that has finished a job takes the next one.
 *
 * <h2>The line</h2>
 *
 * <p>Jobs that may begin stand in line: a ring of numbers, as long as the run has jobs, so that it is never full. The
 * coordinator adds at its end. Runners, which are the threads, take from its front with one compare-and-set. Both ends only
 * ever grow, so what was read at the front is still right if the front has not moved.
 *
 * <h2>As many as with fresh threads</h2>
 *
 * <p>A job may block for ever, and the others must not wait for it. So before a runner begins a job while others stand in
 * line, it sees to it that another runner is about to start: the starter. There is one at most. When the job blocks, its
 * carrier goes on with the starter, which takes the next job and first sees to the next starter; when the job is short, the
 * runner comes back for the next one before the starter has cost anything.
 *
 * <h2>Nobody is forgotten</h2>
 *
 * <p>Whoever adds to the line looks afterwards whether there is a starter, and a starter says that it is none any more before
 * it looks at the line: one of the two sees the other. A coordinator that is a runner's thread does not look; it takes a job
 * itself, or finds the line empty, as soon as it has handled its mail.
 *
 * <h2>Others have their turns</h2>
 *
 * <p>A carrier takes virtual threads that came from elsewhere, as fresh ones do, only when it has none of its own, and two
 * runners that yield to each other are its own for ever. So a runner yields now and then, and after {@value #LONG} jobs it ends,
 * and a fresh one goes on behind all that wait.
 *
 * <h2>News can wait for a moment</h2>
 *
 * <p>To handle mail means to draw all that the coordinator knows into the cache of one's own core, which takes longer than a
 * very short job. So a runner that has another job to begin leaves the news of a success in the mailbox, if mail has been
 * handled within the last {@value #SOON} ns. Mail counts like a job in the line: before the next job begins there is a starter,
 * which handles it as soon as it has a carrier; a runner that finds nobody in line handles it itself; and so does whoever
 * brings other mail. While all carriers are busy computing, it waits: successors could not begin anyway. Where that would be
 * noticed, since somebody listens or endless jobs are to be stopped, no news waits.
 *
 * <h2>Interrupts</h2>
 *
 * <p>An attempt that was told to stop may be interrupted at any time until that has been said, even after its end. So its
 * thread takes no other job.
 */
final class ReusedThreads implements Starter, Runnable {

    private static final int NOBODY = -1;
    private static final int APART = 16;
    /** How many have been taken; changed by whoever takes one. */
    private static final int FRONT = APART;
    /** How many have been added; changed by the coordinator. */
    private static final int END = 2 * APART;
    /** When mail was last handled; changed by the coordinator. */
    private static final int HANDLED = END + 1;
    /** After so many jobs a runner lets other virtual threads have its carrier. */
    private static final int FAIR = 64;
    /** After so many jobs a runner leaves the others to a fresh one. */
    private static final int LONG = 2 * FAIR;
    /** After so many jobs have been added, runners begin while others are added. */
    private static final int HEAD_START = 256;
    /** What a runner adds to the line at least while it handles mail, if that takes a time worth measuring. */
    private static final int MANY = 16;
    /** For how many nanoseconds news may wait for other news. */
    private static final long SOON = 20_000;

    private final GraphRun run;
    private final LiveAttempts attempts;
    private final Mailbox mailbox;
    private final boolean newsWaits;
    private final int[] line;
    /** The counts of which each has a line of the cache for itself, since different threads change them. */
    private final AtomicLongArray counts = new AtomicLongArray(4 * APART);
    /** Whether there is a starter. */
    private final AtomicBoolean starting = new AtomicBoolean();

    private boolean isRunner; // the coordinator's: whether it is a runner's thread, which will look at the line

    ReusedThreads(GraphRun run, LiveAttempts attempts) {
        this.run = run;
        this.attempts = attempts;
        this.mailbox = run.mailbox;
        Plan<?> plan = run.plan();
        this.newsWaits = mailbox.isDirect() && !run.tree.events.heard() && plan.finiteCount() == plan.size();
        this.line = new int[Math.max(2, Integer.highestOneBit(Math.max(1, plan.size() - 1)) * 2)];
    }

    @Override
    public void start(int job, int number) {
        long added = counts.getPlain(END);
        line[(int) added & line.length - 1] = job;
        counts.setRelease(END, added + 1);
        if (added % HEAD_START == HEAD_START - 1) {
            startAnother();
        }
    }

    @Override
    public boolean hasStartedMany() {
        return false; // those in the line cost nothing
    }

    @Override
    public void reported(Attempt attempt) {
        isRunner |= attempt instanceof BodyAttempt body && body.isIn(Thread.currentThread());
    }

    @Override
    public void flush() {
        counts.setOpaque(HANDLED, run.now);
        if (!isRunner || !mailbox.isDirect()) {
            VarHandle.fullFence(); // what was added is seen by a starter that is none any more
            startAnother();
        }
        isRunner = false;
    }

    @Override
    public void takeBack(IntConsumer job) {
        for (int one = take(); one != NOBODY; one = take()) {
            job.accept(one);
        }
    }

    private boolean isEmpty() {
        return counts.get(FRONT) == counts.get(END);
    }

    private int take() {
        long first = counts.get(FRONT);
        while (first != counts.get(END)) {
            int job = line[(int) first & line.length - 1];
            long found = counts.compareAndExchange(FRONT, first, first + 1);
            if (found == first) {
                return job;
            }
            first = found;
        }
        return NOBODY;
    }

    /** Takes a job, having handled the mail first if there is none otherwise. */
    private int next() {
        int job = take();
        if (job == NOBODY && mailbox.hasMail()) {
            mailbox.wake();
            job = take();
        }
        return job;
    }

    /** Sees to a starter, if there is something for it. Where there is no memory for one, jobs fail instead of waiting. */
    private void startAnother() {
        int job = NOBODY;
        do {
            if (isEmpty() && !mailbox.hasMail() || starting.get() || !starting.compareAndSet(false, true)) {
                return;
            }
            try {
                run.tree.start(run.tree.name, this);
            } catch (Throwable e) {
                starting.set(false);
                job = next();
                fail(job, e);
            }
        } while (job != NOBODY);
    }

    private void fail(int job, Throwable why) {
        if (job != NOBODY) {
            run.post(Mail.of(Mail.Rank.COMPLETION, job, () -> run.neverBegan(job, why)));
        }
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on yielding but fairness
    public void run() {
        starting.set(false);
        mailbox.wake();
        int done = 0;
        long now = run.tree.now();
        for (int job = next(); job != NOBODY; job = next()) {
            startAnother();
            BodyAttempt attempt = begin(job);
            if (attempt != null) {
                now = execute(attempt, now);
                if (attempt.wasStopped()) {
                    startAnother();
                    return;
                }
            }
            if (++done == LONG) {
                startAnother();
                return;
            }
            if (done % FAIR == 0) {
                Thread.yield();
                now = run.tree.now();
            }
        }
    }

    private @Nullable BodyAttempt begin(int job) {
        try {
            var attempt = BodyAttempt.of(run, job, run.table.attempts(job));
            Thread.currentThread().setName(attempt.name());
            Thread.interrupted(); // what came after the last body is not this one's
            attempt.in(Thread.currentThread());
            attempts.begins(attempt);
            return attempt;
        } catch (Throwable e) { // out of memory
            fail(job, e);
            return null;
        }
    }

    /** Executes an attempt, and returns when the next one can begin. */
    private long execute(BodyAttempt attempt, long now) {
        boolean waits = false;
        long added = counts.getOpaque(END);
        try {
            attempt.execute(now);
            waits = mayWait(attempt);
        } finally {
            if (waits) {
                mailbox.leave(attempt);
            } else {
                mailbox.post(attempt);
            }
            attempt.in(null);
        }
        boolean isSoon =
                waits || counts.getOpaque(END) - added < MANY && attempt.outcome() instanceof JobOutcome.Succeeded;
        return isSoon ? run.table.endedAt(attempt.job) : run.tree.now();
    }

    /**
     * Whether the news of an attempt's end may wait until others are handled: nobody listens, and it is not what endless jobs
     * are to be stopped for, which may keep all carriers busy until then.
     */
    private boolean mayWait(BodyAttempt attempt) {
        return newsWaits
                && attempt.outcome() instanceof JobOutcome.Succeeded
                && !isEmpty()
                && run.table.endedAt(attempt.job) - counts.getOpaque(HANDLED) < SOON;
    }
}
