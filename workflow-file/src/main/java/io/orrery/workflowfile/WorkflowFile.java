package io.orrery.workflowfile;

import io.orrery.outcome.RunReport;
import io.orrery.workflow.Workflow;
import io.orrery.workflowfile.process.Masker;
import io.orrery.workflowfile.process.OutputSink;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A workflow file that was read and checked, with the values of its parameters: everything that is wrong with it, and, if
 * nothing is, the workflow. Immutable, and safe for use by any thread.
 *
 * <pre>{@code
 * var file = WorkflowFile.load(Path.of("nightly.orrery.yaml"), LoadOptions.defaults().parameter("reps", "5"));
 * file.problems().forEach(problem -> IO.println(problem.text()));
 * RunReport run = file.workflow(line -> IO.println(line.job() + " | " + line.text())).run();
 * }</pre>
 */
public final class WorkflowFile {

    private final Path path;
    private final List<Problem> problems;
    private final @Nullable FileModel model; // null if there was nothing to make it of
    private final LoadOptions options;

    private WorkflowFile(Path path, Loader.Result result, LoadOptions options) {
        this.path = path;
        this.problems = result.problems();
        this.model = result.model();
        this.options = options;
    }

    /** Reads and checks a file, with the default of each parameter. */
    public static WorkflowFile load(Path path) {
        return load(path, LoadOptions.defaults());
    }

    /**
     * Reads and checks a file. Never throws for what is in the file, or for a file that can't be read: see {@link #problems}.
     * Starts no process.
     */
    public static WorkflowFile load(Path path, LoadOptions options) {
        return new WorkflowFile(path, Loader.load(path, options), options);
    }

    /** Where it was read from, as given. */
    public Path path() {
        return path;
    }

    /** Everything that is wrong, errors and warnings, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }

    /** Whether there is no error among the problems. */
    public boolean isValid() {
        return problems.stream().noneMatch(problem -> problem.severity() == Severity.ERROR);
    }

    /** The name of the workflow: of the file, if it has none of its own. */
    public String name() {
        return model == null ? Names.ofFile(path) : model.about().name();
    }

    /** What the workflow is for, as its author says; empty if he says nothing. */
    public String description() {
        return model == null ? "" : model.about().description();
    }

    /** Its parameters, in the order of the file. */
    public List<Parameter> parameters() {
        return model == null ? List.of() : model.about().parameters();
    }

    /**
     * A workflow whose commands' output goes nowhere but into the tail that their results and failures keep.
     *
     * @throws InvalidWorkflowFileException if there are errors
     */
    public Workflow workflow() {
        return workflow(OutputSink.NOWHERE);
    }

    /**
     * The workflow: a new one each time, which the caller may change (its window, say) before it runs it. One that was
     * {@linkplain LoadOptions#checkOnly loaded for checking} can be planned and drawn, but its commands refuse to run.
     *
     * @param sink where the output of its commands goes
     * @throws InvalidWorkflowFileException if there are errors
     */
    public Workflow workflow(OutputSink sink) {
        if (model == null || !isValid()) {
            throw new InvalidWorkflowFileException(path, problems);
        }
        return Assembler.forRun(model, sink, options).workflow(model);
    }

    /**
     * The jobs that the file wants to be run when a run of its workflow has ended, however it ended; empty if there are none.
     *
     * @param ended the report of that run: the jobs can ask for its state, and for the outputs of its jobs
     * @param sink where the output of their commands goes
     * @throws InvalidWorkflowFileException if there are errors
     */
    public Optional<Workflow> last(RunReport ended, OutputSink sink) {
        if (model == null || !isValid()) {
            throw new InvalidWorkflowFileException(path, problems);
        }
        return model.last().isEmpty()
                ? Optional.empty()
                : Optional.of(Assembler.forRun(model, sink, options).last(model, ended));
    }

    /** What takes the secrets of the file, and of those that it uses, out of what is shown. */
    public Masker masker() {
        return model == null
                ? Masker.NONE
                : Assembler.forRun(model, OutputSink.NOWHERE, options).masker();
    }

    /** Names and texts for people and for filters: those that the file declares, and those that were given. */
    public Map<String, String> labels() {
        return model == null ? Map.of() : model.about().labels();
    }

    /** When its schedules fire next. */
    public List<NextFires> nextFires() {
        return model == null
                ? List.of()
                : model.schedules().stream()
                        .map(schedule -> new NextFires(
                                schedule.name(),
                                ScheduleChecks.zone(schedule.fields()),
                                ScheduleChecks.next(schedule),
                                Boolean.TRUE.equals(schedule.fields().get("paused"))))
                        .toList();
    }

    @Override
    public String toString() {
        return "workflow file " + path + " (" + problems.size() + (problems.size() == 1 ? " problem)" : " problems)");
    }
}
