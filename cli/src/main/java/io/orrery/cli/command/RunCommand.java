package io.orrery.cli.command;

import io.orrery.cli.output.JobOutput;
import io.orrery.cli.output.StandardStreams;
import io.orrery.cli.terminal.Shell;
import io.orrery.outcome.RunReport;
import io.orrery.plan.Plan;
import io.orrery.report.GraphText;
import io.orrery.report.Json;
import io.orrery.workflow.Workflow;
import io.orrery.workflowfile.LoadOptions;
import io.orrery.workflowfile.WorkflowFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a workflow file. */
@Command(
        name = "run",
        description = "Run the jobs of a workflow file.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  orrery run nightly.orrery.yaml -p reps=5",
            "  orrery run nightly.orrery.yaml --json --progress=none > report.json"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the run succeeded",
            "1:the run failed",
            "2:the command line is wrong, or the value of a parameter",
            "3:the workflow file is not valid",
            "4:the run took longer than its timeout",
            "5:with --strict: the run succeeded, but a non-critical job failed",
            "6:there is no such file",
            "8:the file must not be read, or needs what this version can't run",
            "70:Orrery itself is at fault",
            "130:stopped by Ctrl-C",
            "143:stopped by SIGTERM"
        })
final class RunCommand extends Subcommand {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The workflow file.")
    private Path file = Path.of("");

    @Mixin
    private final ValueOptions values = new ValueOptions();

    @Mixin
    private final Selection selection = new Selection();

    @Option(
            names = "--window",
            paramLabel = "N",
            description = "At most N jobs at once; 0 for no limit. Replaces what the file says.")
    private @Nullable Integer window;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "End the run after that time: 90s, 15m, 1h30m. Replaces what the file says.")
    private @Nullable Duration timeout;

    @Option(names = "--dry-run", description = "Show what would be run. Nothing is started.")
    private boolean dryRun;

    @Option(
            names = "--keep-going",
            description = "A failed job does not stop the run: jobs that require it are skipped, all others go on.")
    private boolean keepGoing;

    @Option(names = "--fail-fast", description = "A critical job that fails stops the run (the default).")
    private boolean failFast;

    @Option(
            names = {"-w", "--watch"},
            description = "Run again whenever the workflow file, or a file beside it, has changed; until Ctrl-C.")
    private boolean watch;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final LookOptions look = new LookOptions();

    RunCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        if (keepGoing && failFast) {
            throw usage("A run either keeps going or fails fast. Drop --keep-going or --fail-fast.");
        }
        return watch && !dryRun ? new Watching(file, shell, this::run).run() : run();
    }

    private int run() {
        Path folder = file.toAbsolutePath().getParent();
        var jobs = new JobOutput(folder == null ? file.toAbsolutePath() : folder);
        LoadOptions options = keepGoing ? values.load().keepGoing() : values.load();
        WorkflowFile loaded = new WorkflowFiles(shell).load(file, options);
        Plan<RunReport> plan = limited(selection.of(loaded.workflow(jobs))).plan();
        if (dryRun) {
            return show(plan);
        }
        try (var _ = StandardStreams.divert()) {
            return new RunSession(look.of(shell), plan, jobs, output, loaded).run();
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    private Workflow limited(Workflow workflow) {
        try {
            if (window != null) {
                workflow.window(window);
            }
            if (timeout != null) {
                workflow.timeout(timeout);
            }
            return workflow;
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private int show(Plan<RunReport> plan) {
        Document.write(
                shell.out(),
                output.json
                        ? Json.of(plan)
                        : GraphText.of(plan).charset(shell.out().charset()).tree());
        int size = plan.size();
        shell.err().println("Nothing was started: this would run " + size + (size == 1 ? " job." : " jobs."));
        return ExitCode.OK;
    }
}
