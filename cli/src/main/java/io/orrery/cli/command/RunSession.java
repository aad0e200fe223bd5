package io.orrery.cli.command;

import io.orrery.cli.debrief.RunDebrief;
import io.orrery.cli.output.JobOutput;
import io.orrery.cli.output.RunFolder;
import io.orrery.cli.output.RunLogs;
import io.orrery.cli.progress.Display;
import io.orrery.cli.progress.Displays;
import io.orrery.cli.progress.ProgressMode;
import io.orrery.cli.terminal.Cells;
import io.orrery.cli.terminal.Channel;
import io.orrery.cli.terminal.Shell;
import io.orrery.job.Interceptor;
import io.orrery.job.JobContext;
import io.orrery.outcome.RunReport;
import io.orrery.plan.Plan;
import io.orrery.report.Json;
import io.orrery.run.Run;
import io.orrery.run.RunOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** One run from its start to the exit code: shown, logged, interruptible, and told of at its end. */
final class RunSession {

    /**
     * What the user chose.
     *
     * @param progress how progress is shown
     * @param json whether the report is written to the standard output
     * @param strict whether failures of non-critical jobs count
     */
    record Choices(ProgressMode progress, boolean json, boolean strict) {}

    private final Shell shell;
    private final Plan<RunReport> plan;
    private final JobOutput output;
    private final Choices choices;
    private final ProgressMode mode;

    RunSession(Shell shell, Plan<RunReport> plan, JobOutput output, Choices choices) {
        this.shell = shell;
        this.plan = plan;
        this.output = output;
        this.choices = choices;
        this.mode = Displays.resolve(choices.progress(), shell);
    }

    /** Runs, and returns the exit code. */
    int run() {
        Display display = Displays.open(mode, shell, choices.json());
        try (display;
                var interruption = new Interruption(shell, display);
                Run run = start(display, interruption)) {
            var logs = new RunLogs(new RunFolder(shell.folder(), shell.env(), run.id()));
            output.goesTo(new JobOutput.Destination(logs, display::show));
            interruption.of(run);
            RunReport report = run.awaitUninterruptibly();
            logs.close();
            display.close();
            tell(report, logs);
            return exitCode(report, interruption.exitCode());
        }
    }

    private Run start(Display display, Interruption interruption) {
        RunOptions options = RunOptions.defaults()
                .time(shell.time())
                .listener(display)
                .listener(output)
                .around(this::forget)
                .around(interruption);
        return Run.start(plan, options);
    }

    /** What an earlier attempt printed says nothing about how this one fails. */
    private void forget(JobContext context, Interceptor.Attempt attempt) throws Exception {
        output.tails().forget(context.path());
        attempt.proceed();
    }

    private void tell(RunReport report, RunLogs logs) {
        Channel err = shell.err();
        boolean isQuiet = mode == ProgressMode.NONE && (report.succeeded() || choices.json());
        if (mode != ProgressMode.JSON && !isQuiet) {
            new RunDebrief(report, output.tails(), logs, shell.folder())
                    .lines(shell.signs(err), shell.colours(err))
                    .forEach(err::println);
        }
        if (mode != ProgressMode.JSON) { // where each is an event
            output.unended().forEach(process -> err.println("  warning: " + Cells.harmless(process)));
        }
        if (choices.json()) {
            Document.write(shell.out(), Json.of(report));
        }
        if (mode == ProgressMode.PLAIN || mode == ProgressMode.TTY) {
            tellReports(err);
        }
    }

    private void tellReports(Channel err) {
        for (Path path : output.reports()) {
            String shown = Cells.harmless(path.toString());
            err.println(Files.exists(path) ? "report: " + shown : "warning: there is no report at " + shown);
        }
    }

    private int exitCode(RunReport report, OptionalInt signal) {
        if (signal.isPresent()) {
            return signal.getAsInt();
        }
        boolean someJobFailed = report.succeeded() && !report.failures().isEmpty();
        return choices.strict() && someJobFailed ? ExitCode.JOB_FAILED : ExitCode.of(report.state());
    }
}
