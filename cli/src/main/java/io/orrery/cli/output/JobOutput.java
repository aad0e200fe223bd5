package io.orrery.cli.output;

import io.orrery.workflowfile.process.OutputLine;
import io.orrery.workflowfile.process.OutputSink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Takes what jobs print: keeps it in the logs, keeps the end of it in memory, looks for reports in it, and has it shown. Safe
 * for use by any thread.
 */
public final class JobOutput implements OutputSink {

    /**
     * Where the output of one run goes.
     *
     * @param logs the files
     * @param show shows a line to the user
     */
    public record Destination(RunLogs logs, Consumer<OutputLine> show) {}

    private final Path folder;
    private final Tails tails = new Tails();
    private final CompletableFuture<Destination> destination = new CompletableFuture<>();
    private final List<Path> reports = new ArrayList<>(); // guarded by itself

    /**
     * An output whose destination is yet to be told.
     *
     * @param folder the folder from which paths of reports are relative
     */
    public JobOutput(Path folder) {
        this.folder = folder;
    }

    /** Says where it goes; jobs that print something before that wait. */
    public void goesTo(Destination where) {
        destination.complete(where);
    }

    @Override
    public void accept(OutputLine line) {
        Destination where = destination.join();
        where.logs().add(line);
        Optional<Path> report = ReportMark.in(line);
        if (report.isPresent()) {
            synchronized (reports) {
                reports.add(folder.resolve(report.get()).toAbsolutePath().normalize());
            }
            return;
        }
        tails.add(line);
        where.show().accept(line);
    }

    /** The last lines of each job. */
    public Tails tails() {
        return tails;
    }

    /** The reports that jobs have announced, in that order. */
    public List<Path> reports() {
        synchronized (reports) {
            return List.copyOf(reports);
        }
    }
}
