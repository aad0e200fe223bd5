package io.orrery.schedule.executor;

import io.orrery.job.Action;
import io.orrery.job.JobOutcome;
import io.orrery.outcome.RunReport;
import io.orrery.schedule.Fire;
import io.orrery.schedule.PayloadCodec;
import io.orrery.schedule.Work;
import io.orrery.scope.CloseAtExit;
import io.orrery.time.Signal;
import io.orrery.time.TimeSource;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The program of a child process: runs one attempt of one fire and leaves a reply in a file. TERM interrupts the job. When the
 * process that started this one is gone, this one ends at once, with all that it has started.
 */
final class ChildMain implements Attempt.Host {

    private static final System.Logger LOG = System.getLogger("io.orrery.schedule.job");

    static final String REQUEST = "request";
    static final String REPLY = "reply";
    static final String FRESH_REPLY = "reply.new"; // while it is written

    private static final int ORPHANED = 143;
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final JobCatalog jobs = new JobCatalog();
    private final Signal ended = time().signal();
    private volatile @Nullable JobOutcome outcome; // set before the signal is

    private ChildMain() {}

    /** Runs what is in the folder whose path is given. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        var main = new ChildMain();
        main.time().start(Thread.ofPlatform().daemon().name("orrery-parent"), ChildMain::awaitParent);
        var request = ChildRequest.read(folder.resolve(REQUEST));
        ChildReply reply = main.run(request);
        Path fresh = folder.resolve(FRESH_REPLY);
        try (var out = new DataOutputStream(Files.newOutputStream(fresh))) {
            reply.write(out);
        }
        Files.move(fresh, folder.resolve(REPLY), StandardCopyOption.ATOMIC_MOVE);
        System.exit(0); // threads that a job has left behind do not keep it alive
    }

    private static void awaitParent() {
        try (InputStream in = System.in) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // as good as its end
        }
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().halt(ORPHANED);
    }

    private ChildReply run(ChildRequest request) throws InterruptedException {
        try {
            declarations(Class.forName(request.declarations())).declare(jobs);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return ChildReply.Thrown.of(e);
        }
        var attempt = new Attempt(this, request.lease(), time().nanos(), null);
        CloseAtExit.of(() -> {
            attempt.cancel("the process was told to stop");
            ended.await(LAST_WORDS);
        });
        time().start(Thread.ofVirtual().name(attempt.path()), attempt);
        ended.await();
        return reply(Objects.requireNonNull(outcome), jobs.codecNamed(request.codec()));
    }

    /**
     * Makes the object that declares the jobs.
     *
     * @throws IllegalArgumentException if there is no way to make one
     */
    static JobDeclarations declarations(Class<?> type) {
        try {
            return (JobDeclarations) type.getConstructor().newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IllegalArgumentException(
                    "What declares the jobs of processes is a public class with a public constructor without"
                            + " parameters, which implements JobDeclarations, but " + type.getName()
                            + " could not be made: " + e + ". Make it such a class.",
                    e);
        }
    }

    private static ChildReply reply(JobOutcome outcome, PayloadCodec codec) {
        return switch (outcome) {
            case JobOutcome.Succeeded(Object value) -> {
                try {
                    yield ChildReply.Value.of(value instanceof RunReport report ? report.toString() : value, codec);
                } catch (IllegalArgumentException e) {
                    yield ChildReply.Thrown.of(new IllegalArgumentException(
                            "The result of a job in a process comes back as data, but this one cannot be written. "
                                    + e.getMessage(),
                            e));
                }
            }
            default ->
                ChildReply.Thrown.of(outcome.failure().orElseGet(() -> new IllegalStateException(outcome.because())));
        };
    }

    @Override
    public TimeSource time() {
        return TimeSource.system();
    }

    @Override
    public ZoneId zone() {
        return ZoneId.systemDefault();
    }

    /** The process that started this one looks after that. */
    @Override
    public boolean holds(Attempt attempt) {
        return true;
    }

    @Override
    public void tick(Attempt session, Fire tick, Action action) {
        try {
            action.run();
        } catch (Throwable e) {
            LOG.log(System.Logger.Level.WARNING, tick.id() + ": failed", e);
        }
    }

    @Override
    public @Nullable Object run(Attempt attempt) throws Exception {
        Work.Named work = attempt.named().orElseThrow();
        return jobs.run(work.job(), work.payload(), attempt);
    }

    @Override
    public void ended(Attempt attempt, Optional<Instant> started, JobOutcome how) {
        outcome = how;
        ended.set();
    }
}
