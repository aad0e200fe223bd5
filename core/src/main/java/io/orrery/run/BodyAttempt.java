package io.orrery.run;

import io.orrery.job.Interceptor;
import io.orrery.job.JobBody;
import io.orrery.job.JobContext;
import io.orrery.job.JobOutcome;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An attempt of a job with a body: a virtual thread of its own. */
final class BodyAttempt extends Attempt implements Runnable {

    private final JobBody<?> body;
    /** Runs that the body made on the fly and that have not ended; changed by its threads, read by the coordinator. */
    private final Set<GraphRun> inner = ConcurrentHashMap.newKeySet(0);
    /** How many runs of a name the body has made; changed by its threads. */
    private final Map<String, Integer> innerNames = new ConcurrentHashMap<>(0);

    private boolean closed; // guarded by inner: no further run can begin in here
    private @Nullable Thread thread; // coordinator only
    private @Nullable Object value; // written before ended(), read by the coordinator after
    private @Nullable Throwable failure; // likewise

    BodyAttempt(GraphRun run, int job, int number, JobBody<?> body) {
        super(run, job, number);
        this.body = body;
    }

    @Override
    void begin() {
        try {
            String name = run.tree.name + "/" + run.pathOf(job) + "#" + number;
            thread = run.tree.start(name, this);
        } catch (Throwable e) { // out of memory for a thread
            failure = e;
            ended();
            report();
        }
    }

    @Override
    public void run() {
        var event = new JfrEvents.JobAttempt();
        event.begin();
        try {
            call(new BodyContext(this));
        } catch (Throwable e) {
            failure = e;
        }
        try {
            closeInner();
            Thread.interrupted(); // what comes after is not the body's
            event.commit(this, failure);
        } finally {
            ended();
            report();
        }
    }

    /** Ends the runs that threads of the body's own have begun and that are still going; no other can begin. */
    private void closeInner() {
        List<GraphRun> going;
        synchronized (inner) {
            closed = true;
            going = List.copyOf(inner);
        }
        going.forEach(one -> one.cancel("its job has ended"));
        going.forEach(RunHandle::awaitEnd);
    }

    private void call(JobContext context) throws Exception {
        Interceptor.Attempt inside = () -> body.run(context);
        for (Interceptor interceptor : run.tree.interceptors.reversed()) {
            inside = new Intercepted(interceptor, context, inside);
        }
        value = inside.proceed();
    }

    /** Holds an interceptor to its contract. */
    private static final class Intercepted implements Interceptor.Attempt {
        private final Interceptor interceptor;
        private final JobContext context;
        private final Interceptor.Attempt inside;
        private final Thread thread = Thread.currentThread();
        private boolean proceeded;
        private @Nullable Object result;
        private @Nullable Throwable thrown;

        Intercepted(Interceptor interceptor, JobContext context, Interceptor.Attempt inside) {
            this.interceptor = interceptor;
            this.context = context;
            this.inside = inside;
        }

        @Override
        public @Nullable Object proceed() throws Exception {
            try {
                interceptor.around(context, this::proceedInside);
            } catch (Throwable e) {
                if (thrown == null || thrown.equals(e)) {
                    throw e;
                }
                thrown.addSuppressed(e);
            }
            if (!proceeded) {
                throw new IllegalStateException("An interceptor must proceed with the attempt, but " + interceptor
                        + " returned without. Call attempt.proceed(), or throw.");
            }
            switch (thrown) {
                case Exception e -> throw e;
                case Error e -> throw e;
                case null, default -> {}
            }
            return result;
        }

        private @Nullable Object proceedInside() throws Exception {
            if (proceeded || !Thread.currentThread().equals(thread)) {
                throw new IllegalStateException(
                        "An attempt is made once, in the job's own thread, but " + interceptor + " proceeded "
                                + (proceeded ? "twice" : "from another one") + ". Use a retry policy to repeat it.");
            }
            proceeded = true;
            try {
                result = inside.proceed();
                return result;
            } catch (Throwable e) {
                thrown = e;
                throw e;
            }
        }
    }

    @Override
    void interrupt() {
        Thread started = thread;
        if (started != null) {
            run.tree.time.interrupt(started);
        }
        inner.forEach(one -> one.cancel("its job was stopped"));
    }

    @Override
    boolean mayBeAbandoned() {
        return inner.isEmpty();
    }

    @Override
    void abandon() {
        super.abandon();
        synchronized (inner) {
            closed = true;
        }
    }

    /** A name for a run that the body makes on the fly, unlike those of its others. */
    String innerName(String workflow) {
        String segment = workflow.replace('/', ':');
        int count = innerNames.merge(segment, 1, Integer::sum);
        return count == 1 ? segment : segment + "#" + count;
    }

    /**
     * Begins a run inside the body.
     *
     * @throws IllegalStateException if the body has returned: a run can't be inside of what is over
     */
    void beginInner(GraphRun one) {
        synchronized (inner) {
            if (closed) {
                throw new IllegalStateException("A body runs workflows while it lasts, but that of \"" + run.pathOf(job)
                        + "\" has returned. Wait for its threads before it returns.");
            }
            one.begin(); // before anybody can stop it
            inner.add(one);
        }
    }

    void innerEnded(GraphRun one) {
        inner.remove(one);
    }

    Set<GraphRun> inner() {
        return inner;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    @Override
    JobOutcome genuineOutcome() {
        Throwable thrown = failure;
        return thrown != null ? new JobOutcome.Failed(thrown) : succeeded(value);
    }

    private static final JobOutcome NOTHING = new JobOutcome.Succeeded(null);

    private static JobOutcome succeeded(@Nullable Object value) {
        return value == null ? NOTHING : new JobOutcome.Succeeded(value);
    }

    @Override
    JobOutcome.@Nullable Late late() {
        Throwable thrown = failure;
        if (thrown != null) {
            return isAnswerToInterrupt(thrown) ? null : new JobOutcome.Late.Failure(thrown);
        }
        return value == null ? null : new JobOutcome.Late.Value(value);
    }

    private static boolean isAnswerToInterrupt(Throwable thrown) {
        Throwable one = thrown;
        for (int depth = 0; one != null && depth < 100; depth++, one = one.getCause()) { // causes may go in a circle
            if (one instanceof InterruptedException
                    || one instanceof InterruptedIOException
                    || one instanceof ClosedByInterruptException
                    || one instanceof CancellationException) {
                return true;
            }
        }
        return false;
    }
}
