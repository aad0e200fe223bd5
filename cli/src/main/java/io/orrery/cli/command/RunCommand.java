package io.orrery.cli.command;

import io.orrery.cli.output.JobOutput;
import io.orrery.cli.progress.ProgressMode;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
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
            "8:the file must not be read",
            "70:Orrery itself is at fault",
            "130:stopped by Ctrl-C",
            "143:stopped by SIGTERM"
        })
final class RunCommand extends Subcommand {

    /** Reads a mode. */
    static final class ModeConverter implements ITypeConverter<ProgressMode> {
        @Override
        public ProgressMode convert(String word) {
            return Words.constant(ProgressMode.class, word);
        }
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The workflow file.")
    private Path file = Path.of("");

    @Option(
            names = {"-p", "--param"},
            paramLabel = "NAME=VALUE",
            description = "Give a parameter of the workflow a value. May be repeated.")
    private List<String> parameters = new ArrayList<>();

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
            names = "--json",
            description = "Write one JSON document about the run, and nothing else, to the standard output;"
                    + " jobs' output goes to the standard error.")
    private boolean json;

    @Option(
            names = "--progress",
            paramLabel = "MODE",
            converter = ModeConverter.class,
            description = "How to show progress, on the standard error: auto (the default), tty (a screen),"
                    + " plain (line by line), json (an event a line), none.")
    private ProgressMode progress = ProgressMode.AUTO;

    @Option(names = "--strict", description = "Exit with 5 if a non-critical job failed.")
    private boolean strict;

    RunCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        Path folder = file.toAbsolutePath().getParent();
        var output = new JobOutput(folder == null ? file.toAbsolutePath() : folder);
        WorkflowFile loaded =
                new WorkflowFiles(shell).load(file, LoadOptions.defaults().parameters(named()));
        Plan<RunReport> plan = limited(loaded.workflow(output)).plan();
        if (dryRun) {
            return show(plan);
        }
        return new RunSession(shell, plan, output, new RunSession.Choices(progress, json, strict)).run();
    }

    /** The values of parameters by their names; of several for one name, the last. */
    private Map<String, String> named() {
        Map<String, String> named = new LinkedHashMap<>();
        for (String parameter : parameters) {
            int end = parameter.indexOf('=');
            if (end <= 0) {
                throw usage("The option -p takes NAME=VALUE, but here is \"" + parameter + "\". Write it as -p "
                        + (end < 0 && !parameter.isEmpty() ? parameter : "NAME") + "=VALUE.");
            }
            named.put(parameter.substring(0, end), parameter.substring(end + 1));
        }
        return named;
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
                json
                        ? Json.of(plan)
                        : GraphText.of(plan).charset(shell.out().charset()).tree());
        int size = plan.size();
        shell.err().println("Nothing was started: this would run " + size + (size == 1 ? " job." : " jobs."));
        return ExitCode.OK;
    }
}
