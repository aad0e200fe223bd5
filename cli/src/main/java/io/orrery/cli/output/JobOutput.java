package io.orrery.cli.output;

import io.orrery.job.State;
import io.orrery.outcome.RunEvent;
import io.orrery.outcome.RunEvent.JobFinished;
import io.orrery.outcome.RunEvent.JobLogged;
import io.orrery.outcome.RunListener;
import io.orrery.workflowfile.process.Commands;
import io.orrery.workflowfile.process.OutputLine;
import io.orrery.workflowfile.process.OutputLines;
import io.orrery.workflowfile.process.OutputSink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Takes what jobs print: keeps it in the logs, keeps the end of it in memory, looks for reports in it, and has it shown. As a
 * listener it adds to the logs what the engine says about a job, and closes the log of a job that has ended. Safe for use by
 * any thread.
 */
public final class JobOutput implements OutputSink, RunListener {

    /** More reports nobody opens. */
    private static final int MOST_REPORTS = 100;
    /** More processes that can't be ended nobody looks after. */
    private static final int MOST_UNENDED = 20;

    /**
     * Where the output of one run goes.
     *
     * @param logs the files
     * @param show shows lines to the user
     * @param pause has what was held back be shown
     */
    public record Destination(RunLogs logs, Consumer<OutputLines> show, Runnable pause) {}

    private final Path folder;
    private final Tails tails = new Tails();
    private volatile CompletableFuture<Destination> destination = new CompletableFuture<>();
    private final Set<Path> reports = new LinkedHashSet<>(); // guarded by itself
    private final List<String> unended = new ArrayList<>(); // guarded by itself

    /**
     * An output whose destination is yet to be told.
     *
     * @param folder the folder from which paths of reports are relative
     */
    public JobOutput(Path folder) {
        this.folder = folder;
    }

    /** Says where it goes; jobs that print something before that wait. May be said again when a run has ended. */
    public void goesTo(Destination where) {
        if (!destination.complete(where)) {
            destination = CompletableFuture.completedFuture(where);
        }
    }

    @Override
    public void accept(OutputLine line) {
        acceptAll(OutputLines.of(line));
    }

    @Override
    public void acceptAll(OutputLines lines) {
        Destination where = destination.join();
        where.logs().add(lines);
        int shown = 0;
        for (int line = 0; line < lines.count(); line++) {
            if (ReportMark.mayBe(lines, line)) {
                Optional<Path> report = ReportMark.in(lines.line(line));
                if (report.isPresent()) {
                    announce(folder.resolve(report.get()).toAbsolutePath().normalize());
                    show(where, lines, shown, line);
                    shown = line + 1;
                }
            }
        }
        show(where, lines, shown, lines.count());
    }

    private void show(Destination where, OutputLines lines, int from, int to) {
        if (from < to) {
            OutputLines part = to - from == lines.count() ? lines : lines.part(from, to);
            tails.add(part);
            where.show().accept(part);
        }
    }

    private void announce(Path report) {
        synchronized (reports) {
            if (reports.size() < MOST_REPORTS) {
                reports.add(report);
            }
        }
    }

    @Override
    public void pause(String job) {
        Destination where = destination.join();
        where.logs().flush(job);
        where.pause().run();
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof JobLogged logged) {
            var _ = destination.thenAccept(where -> where.logs().note(logged.path(), logged.message()));
            note(logged);
        } else if (event instanceof JobFinished finished) {
            var _ = destination.thenAccept(where -> where.logs().close(finished.path()));
            if (finished.outcome().state() == State.SUCCEEDED) {
                tails.forget(finished.path()); // of no further interest, but for its log
            }
        }
    }

    private void note(JobLogged logged) {
        synchronized (unended) {
            if (logged.message().startsWith(Commands.UNENDED) && unended.size() < MOST_UNENDED) {
                unended.add(logged.path() + ": " + logged.message());
            }
        }
    }

    /** What could not be ended, by job: processes that still run. */
    public List<String> unended() {
        synchronized (unended) {
            return List.copyOf(unended);
        }
    }

    /** The last lines of each job. */
    public Tails tails() {
        return tails;
    }

    /** The reports that jobs have announced, in that order, the first {@value #MOST_REPORTS}. */
    public List<Path> reports() {
        synchronized (reports) {
            return List.copyOf(reports);
        }
    }
}
