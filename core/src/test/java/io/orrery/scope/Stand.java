package io.orrery.scope;

import io.orrery.time.ManualTime;
import io.orrery.time.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** What tests of scopes stand on: time that they move, gates that jobs wait at, calls that block, and what was reported. */
final class Stand {

    static final Duration SECOND = Duration.ofSeconds(1);

    final ManualTime time = ManualTime.stopped();
    final List<ScopeProblem> problems = Collections.synchronizedList(new ArrayList<>());
    final List<String> log = Collections.synchronizedList(new ArrayList<>());

    ScopeOptions options() {
        return JobScope.named("scope").time(time).onFailure(problems::add);
    }

    /** A gate that is closed. */
    Signal gate() {
        return time.signal();
    }

    /** A body that waits at a gate. */
    static Callable<String> at(Signal gate) {
        return () -> {
            gate.await();
            return "done";
        };
    }

    /** A body that waits at a gate, whatever interrupts. */
    static Callable<String> stubbornAt(Signal gate) {
        return () -> {
            gate.awaitUninterruptibly();
            return "done";
        };
    }

    /** A body that fails when a gate is opened. */
    static Callable<String> failingAt(Signal gate, Exception failure) {
        return () -> {
            gate.await();
            throw failure;
        };
    }

    /** A body that throws an exception of its own when it is interrupted. */
    static Callable<String> answering(Signal gate, Exception failure) {
        return () -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw failure;
            }
            return "done";
        };
    }

    /** A call that is made in a thread of its own, and returns when there is nothing more to do for anybody at this instant. */
    <T> Call<T> calls(Callable<T> call) throws InterruptedException {
        var made = new Call<>(call);
        made.thread = time.start(Thread.ofVirtual().name("caller"), made);
        time.awaitIdle();
        return made;
    }

    Call<Void> runs(Action action) throws InterruptedException {
        return calls(() -> {
            action.run();
            return null;
        });
    }

    /** Something that may throw. */
    interface Action {
        void run() throws Exception;
    }

    /** A call that may block. */
    final class Call<T> implements Runnable {
        private final Callable<T> call;
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile T value;
        private volatile Throwable thrown;
        private volatile boolean interrupted;
        private Thread thread;

        private Call(Callable<T> call) {
            this.call = call;
        }

        @Override
        public void run() {
            try {
                value = call.call();
            } catch (Throwable e) {
                thrown = e;
            } finally {
                interrupted = Thread.interrupted();
                done.countDown();
            }
        }

        void interrupt() throws InterruptedException {
            time.interrupt(thread);
            time.awaitIdle();
        }

        boolean isDone() {
            return done.getCount() == 0;
        }

        T value() throws InterruptedException {
            done.await();
            if (thrown != null) {
                throw new AssertionError(thrown);
            }
            return value;
        }

        Throwable thrown() throws InterruptedException {
            done.await();
            return thrown;
        }

        boolean leftInterrupted() throws InterruptedException {
            done.await();
            return interrupted;
        }
    }
}
