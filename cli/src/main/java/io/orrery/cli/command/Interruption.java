package io.orrery.cli.command;

import io.orrery.cli.progress.Display;
import io.orrery.cli.terminal.ProcessSignals;
import io.orrery.cli.terminal.Shell;
import io.orrery.job.Interceptor;
import io.orrery.job.JobContext;
import io.orrery.run.Run;
import io.orrery.time.Signal;
import io.orrery.workflowfile.process.ExitStatus;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stops a run when the process is told to stop. The first signal cancels it: jobs get TERM and their grace period, and are
 * shut down. The second one kills: the threads of the jobs are interrupted again, at which commands kill their whole process
 * tree at once. The third one, or a kill that takes too long, ends this process without further ado.
 */
final class Interruption implements Interceptor, AutoCloseable {

    private static final Duration KILL_PAUSE = Duration.ofMillis(100);
    private static final int KILL_ATTEMPTS = 80;
    /** How much earlier a job may hear of a signal than this process. */
    private static final Duration HEAD_START = Duration.ofMillis(250);

    /** Exit codes from here on are those of deaths by a signal. */
    private static final int BY_SIGNAL = 128;

    private final Display display;
    private final boolean onTerminal;
    private final Signal signalled;
    private final Set<Thread> attempts = ConcurrentHashMap.newKeySet();
    private final List<ProcessSignals.Registration> registrations;
    private @Nullable Run run; // guarded by this
    private int signals; // guarded by this
    private int exitCode; // guarded by this; 0 while there was no signal
    private String reason = ""; // guarded by this

    /** Listens to signals from now on. */
    Interruption(Shell shell, Display display) {
        this.display = display;
        this.onTerminal = shell.err().isTerminal() || shell.out().isTerminal();
        this.signalled = shell.time().signal();
        this.registrations = Stream.of(
                        ProcessSignals.handle("INT", () -> on(ExitCode.INTERRUPTED, "interrupted by Ctrl-C")),
                        ProcessSignals.handle("TERM", () -> on(ExitCode.TERMINATED, "terminated by SIGTERM")),
                        ProcessSignals.handle("HUP", () -> on(ExitCode.TERMINATED, "the terminal was closed")))
                .toList();
    }

    /** Tells which run is meant; signals from before that count. */
    synchronized void of(Run started) {
        run = started;
        if (signals > 0) {
            started.cancel(reason);
        }
    }

    /** The exit code that goes with the first signal; empty if there was none. */
    synchronized OptionalInt exitCode() {
        return exitCode == 0 ? OptionalInt.empty() : OptionalInt.of(exitCode);
    }

    @Override
    public void around(JobContext context, Attempt attempt) throws Exception {
        Thread thread = Thread.currentThread();
        attempts.add(thread);
        try {
            attempt.proceed();
        } catch (ExitStatus ended) {
            // Ctrl-C on a terminal goes to the jobs as well, and they may be the first to know: a job that
            // dies of it has not failed.
            // (Only an exit by which a program may tell of a signal is worth the wait.)
            if (onTerminal && (signalled.isSet() || ended.code() >= BY_SIGNAL && signalled.await(HEAD_START))) {
                throw new InterruptedException("ended by the signal that stopped the run");
            }
            throw ended;
        } finally {
            attempts.remove(thread);
        }
    }

    private void on(int code, String why) {
        switch (count(code, why)) {
            case 1 -> display.tell("stopping" + (code == ExitCode.INTERRUPTED ? ", Ctrl-C again to kill" : ""));
            case 2 -> kill();
            default -> Runtime.getRuntime().halt(code);
        }
    }

    private synchronized int count(int code, String why) {
        signals++;
        if (signals == 1) {
            exitCode = code;
            reason = why;
            if (run != null) {
                run.cancel(why);
            }
            signalled.set();
        }
        return signals;
    }

    private void kill() {
        Run killed;
        synchronized (this) {
            killed = run;
        }
        try {
            // An interrupt can get lost in the one before it, so there are several.
            for (int i = 0; killed != null && i < KILL_ATTEMPTS; i++) {
                attempts.forEach(Thread::interrupt);
                if (killed.await(KILL_PAUSE).isPresent()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode().orElse(ExitCode.INTERNAL_ERROR));
    }

    @Override
    public void close() {
        registrations.forEach(ProcessSignals.Registration::close);
    }
}
