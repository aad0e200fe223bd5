package io.orrery.cli.command;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.orrery.cli.terminal.Shell;
import io.orrery.cli.terminal.Signs;
import io.orrery.outcome.RunReport;
import io.orrery.plan.Plan;
import io.orrery.report.GraphText;
import io.orrery.report.Json;
import io.orrery.workflow.Workflow;
import io.orrery.workflowfile.LoadOptions;
import io.orrery.workflowfile.WorkflowFile;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws a workflow file. */
@Command(
        name = "graph",
        description = "Show the jobs of a workflow file, and who requires whom. Nothing is started.",
        footerHeading = "%nExample:%n",
        footer = "  orrery graph nightly.orrery.yaml --format dot | dot -Tsvg > nightly.svg")
final class GraphCommand extends Subcommand {

    /** In what form. */
    enum Format {
        TREE,
        DOT,
        MERMAID,
        JSON;

        /** Reads one. */
        static final class Converter implements ITypeConverter<Format> {
            @Override
            public Format convert(String word) {
                return Words.constant(Format.class, word);
            }
        }
    }

    @Parameters(paramLabel = "FILE", description = "The workflow file.")
    private Path file = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Format.Converter.class,
            description = "tree (the default), dot (for Graphviz), mermaid, json.")
    private Format format = Format.TREE;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    @Option(names = "--legend", description = "Say what the signs mean.")
    private boolean legend;

    @Option(
            names = "--critical-path",
            description = "Only the longest chain of jobs of which each waits for the one before.")
    private boolean criticalPath;

    @Mixin
    private final Selection selection = new Selection();

    @Mixin
    private final LookOptions look = new LookOptions();

    GraphCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        WorkflowFile loaded =
                new WorkflowFiles(shell).load(file, LoadOptions.defaults().checkOnly());
        Workflow chosen = selection.of(loaded.workflow());
        if (criticalPath) {
            LongestChain.keepIn(chosen);
        }
        Plan<RunReport> plan = chosen.plan();
        GraphText graph = GraphText.of(plan).legend(legend);
        String text = switch (json ? Format.JSON : format) {
            case TREE ->
                graph.charset(
                                look.of(shell).signs(shell.out()) == Signs.ASCII
                                        ? US_ASCII
                                        : shell.out().charset())
                        .tree();
            case DOT -> graph.dot();
            case MERMAID -> graph.mermaid();
            case JSON -> Json.of(plan);
        };
        Document.write(shell.out(), text);
        return ExitCode.OK;
    }
}
