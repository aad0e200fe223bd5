package io.orrery.report;

import io.orrery.outcome.RunReport;
import io.orrery.plan.InvalidPlanException;
import io.orrery.plan.Plannable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The graph of a workflow as text: DOT for Graphviz, Mermaid for web pages, or a tree for terminals. Of a run, each job
 * also shows its state and duration. Nested workflows have square corners, forever jobs a dashed border, critical ones a
 * thick red one. Whatever labels hold is shown and never taken for syntax.
 *
 * <p>Jobs come in topological order and have the ranks of the classic listing. Runs that jobs made on the fly are not part
 * of the graph. Immutable.
 */
public final class GraphText {

    private final Level level;
    private final boolean legend;
    private final Charset charset;

    private GraphText(Level level, boolean legend, Charset charset) {
        this.level = level;
        this.legend = legend;
        this.charset = charset;
    }

    /**
     * The graph of a workflow or plan, without a legend, in Unicode.
     *
     * @throws InvalidPlanException if a workflow is given that can't be planned, with all its problems
     */
    public static GraphText of(Plannable<?> workflow) {
        return new GraphText(new Level(workflow.plan(), null), false, StandardCharsets.UTF_8);
    }

    /** The graph of a run, without a legend, in Unicode; for the bare graph take the report's plan. */
    public static GraphText of(RunReport report) {
        return new GraphText(new Level(report.plan(), report), false, StandardCharsets.UTF_8);
    }

    /** Says whether there is a legend. */
    public GraphText legend(boolean legend) {
        return new GraphText(level, legend, charset);
    }

    /** Draws trees with lines that can be written in {@code charset}; labels stay as they are. */
    public GraphText charset(Charset charset) {
        return new GraphText(level, legend, charset);
    }

    /** The graph for Graphviz; to be written in UTF-8. {@link DotFile} does that, and makes pictures. */
    public String dot() {
        return Dot.of(level, legend);
    }

    /** The graph for Mermaid. */
    public String mermaid() {
        return Mermaid.of(level, legend);
    }

    /**
     * The graph for a terminal. What requires a job stands behind its arrow; a job that was drawn before stands in
     * parentheses; what follows a job with three dots comes further below, behind that job in parentheses; the jobs of nested
     * workflows come below all that, under the path of theirs.
     */
    public String tree() {
        return Tree.of(level, legend, TreeLines.of(charset));
    }

    @Override
    public String toString() {
        return tree();
    }
}
