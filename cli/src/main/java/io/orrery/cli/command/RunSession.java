package io.orrery.cli.command;

import com.google.gson.JsonObject;
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
import io.orrery.job.JobOutcome;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.plan.Plan;
import io.orrery.report.Json;
import io.orrery.run.Run;
import io.orrery.run.RunOptions;
import io.orrery.workflow.Workflow;
import io.orrery.workflowfile.WorkflowFile;
import io.orrery.workflowfile.process.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One run of a file from its start to the exit code: shown, logged, interruptible, and told of at its end. */
final class RunSession {

    private final Shell shell;
    private final Plan<RunReport> plan;
    private final JobOutput output;
    private final OutputOptions choices;
    private final WorkflowFile file;
    private final ProgressMode mode;

    RunSession(Shell shell, Plan<RunReport> plan, JobOutput output, OutputOptions choices, WorkflowFile file) {
        this.shell = shell;
        this.plan = plan;
        this.output = output;
        this.choices = choices;
        this.file = file;
        this.mode = Displays.resolve(choices.progress, shell);
    }

    /** Runs, and returns the exit code. */
    int run() {
        Ended main = run(plan, null);
        int exitCode = exitCode(main.report(), main.signal());
        Workflow last = file.last(main.report(), output).orElse(null);
        Ended end = last == null ? null : run(last.plan(), main.logs());
        main.logs().close();
        if (choices.json) {
            Document.write(shell.out(), document(main.report(), end == null ? null : end.report()));
        }
        if (choices.junit != null) {
            JunitXml.write(choices.junit, main.report(), end == null ? null : end.report());
        }
        if (mode == ProgressMode.PLAIN || mode == ProgressMode.TTY) {
            tellReports(shell.err());
        }
        int code = end == null || exitCode != ExitCode.OK ? exitCode : exitCode(end.report(), end.signal());
        return code;
    }

    private record Ended(RunReport report, OptionalInt signal, RunLogs logs) {}

    private Ended run(Plan<RunReport> plan, @Nullable RunLogs earlier) {
        Display display = Displays.open(mode, shell, choices.json, choices.output);
        try (display;
                var interruption = new Interruption(shell, display);
                Run run = start(plan, display, interruption)) {
            RunLogs logs = earlier != null
                    ? earlier
                    : new RunLogs(new RunFolder(shell.folder(), shell.env(), run.id()), choices.logLimit, shell.time());
            output.goesTo(new JobOutput.Destination(logs, display::show, display::pause));
            interruption.of(run);
            RunReport report = run.awaitUninterruptibly();
            logs.closeFiles();
            display.close();
            tell(report, logs);
            return new Ended(report, interruption.exitCode(), logs);
        }
    }

    private Run start(Plan<RunReport> plan, Display display, Interruption interruption) {
        RunOptions options = RunOptions.defaults()
                .time(shell.time())
                .listener(display)
                .listener(output)
                .around(this::forget)
                .around(interruption);
        return Run.start(plan, options);
    }

    /** The report of the run, with its labels, and with that of the jobs that were run at its end. */
    private String document(RunReport report, @Nullable RunReport last) {
        String main = Json.of(report);
        var document = new StringBuilder(main.substring(0, main.lastIndexOf('}')));
        if (!file.labels().isEmpty()) {
            var labels = new JsonObject();
            file.masker().shown(file.labels()).forEach((name, value) -> labels.addProperty(name, value.toString()));
            document.append(",\n \"labels\": ").append(labels);
        }
        if (last != null) {
            document.append(",\n \"finally\": ").append(Json.of(last));
        }
        return document.append('}').toString();
    }

    /** What an earlier attempt printed says nothing about how this one fails. */
    private void forget(JobContext context, Interceptor.Attempt attempt) throws Exception {
        output.tails().forget(context.path());
        attempt.proceed();
    }

    private void tell(RunReport report, RunLogs logs) {
        Channel err = shell.err();
        boolean isQuiet = mode == ProgressMode.NONE && (report.succeeded() || choices.json);
        if (mode != ProgressMode.JSON && !isQuiet) {
            new RunDebrief(report, output.tails(), logs, shell.folder())
                    .lines(shell.signs(err), shell.colours(err))
                    .forEach(err::println);
        }
        if (mode != ProgressMode.JSON) { // where each is an event
            output.unended().forEach(process -> err.println("  warning: " + Cells.harmless(process)));
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
        boolean hasFailed = report.state() == RunState.FAILED;
        if (choices.passExitCode && hasFailed) {
            return report.failures().stream()
                    .flatMap(job -> job.outcome().flatMap(JobOutcome::failure).stream())
                    .filter(ExitStatus.class::isInstance)
                    .map(failure -> ((ExitStatus) failure).code())
                    .findFirst()
                    .orElse(ExitCode.RUN_FAILED);
        }
        if (hasFailed) {
            return ExitCode.RUN_FAILED;
        }
        return choices.strict && someJobFailed ? ExitCode.JOB_FAILED : ExitCode.of(report.state());
    }
}
