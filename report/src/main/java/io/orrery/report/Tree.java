package io.orrery.report;

import io.orrery.job.Condition.Ending;
import io.orrery.outcome.JobReport;
import io.orrery.plan.Graph;
import io.orrery.report.Level.Node;
import io.orrery.time.Durations;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/**
 * Draws one level of a graph as a tree for terminals, then, below, the levels nested in it.
 *
 * <p>A job is drawn where it is met first, and in parentheses wherever else. What alone follows a job, and follows nothing
 * else, stays on its line, so that a chain is one line; all else branches off below. Where that would be too far to the
 * right, what follows a job is drawn from the left again, further below: else the text of a deep graph would grow with the
 * square of its size. A stack of its own instead of recursion, since a chain may be longer than a thread's stack is deep.
 */
final class Tree {

    private static final int WIDTH = 100;
    /** More than this in front of a job, and what follows it is drawn further below. */
    private static final int DEEPEST = 60;

    private static final String FURTHER = "...";

    private final StringBuilder text;
    private final TreeLines lines;
    private final Level level;
    private final Graph graph;
    private final String margin;
    private final BitSet drawn = new BitSet();
    private final Deque<Branches> open = new ArrayDeque<>();
    private final Deque<Integer> later = new ArrayDeque<>(); // the jobs of which only what follows is to be drawn
    private int lineStart;

    /** The jobs that follow a job, of which some are still to be drawn. */
    private static final class Branches {
        final int job;
        final String prefix;
        int next;

        Branches(int job, String prefix) {
            this.job = job;
            this.prefix = prefix;
        }
    }

    private Tree(StringBuilder text, TreeLines lines, Level level, String margin) {
        this.text = text;
        this.lines = lines;
        this.level = level;
        this.graph = level.plan().graph();
        this.margin = margin;
    }

    static String of(Level level, boolean legend, TreeLines lines) {
        var text = new StringBuilder();
        draw(text, lines, level, "", "");
        if (legend) {
            text.append('\n')
                    .append(lines.forever)
                    .append(" forever, [[nested]] its jobs are below, (x) x is drawn above, ")
                    .append(FURTHER)
                    .append(" goes on below\n");
        }
        return text.toString();
    }

    private static void draw(StringBuilder text, TreeLines lines, Level level, String path, String margin) {
        new Tree(text, lines, level, margin).draw();
        for (Node node : level.nodes()) {
            node.inside().ifPresent(inside -> {
                String innerPath = path.isEmpty()
                        ? node.job().id()
                        : path + "/" + node.job().id();
                text.append('\n').append(Texts.oneLine(innerPath)).append(":\n");
                draw(text, lines, inside, innerPath, "  ");
            });
        }
    }

    private void draw() {
        if (graph.size() == 0) {
            text.append(margin).append("(no jobs)\n");
        }
        for (int job = 0; job < graph.size(); job++) {
            if (graph.requirementCount(job) == 0) {
                lineStart = text.length();
                text.append(margin);
                chain(job, margin);
                branches();
                continuations();
            }
        }
    }

    private void continuations() {
        while (!later.isEmpty()) {
            int job = later.remove();
            text.append(margin);
            reference(job);
            text.append('\n');
            open.push(new Branches(job, margin));
            branches();
        }
    }

    private void branches() {
        while (!open.isEmpty()) {
            Branches branches = open.peek();
            if (branches.next == graph.successorCount(branches.job)) {
                open.pop();
                continue;
            }
            int link = graph.successor(branches.job, branches.next++);
            boolean last = branches.next == graph.successorCount(branches.job);
            lineStart = text.length();
            text.append(branches.prefix)
                    .append(last ? lines.lastBranch : lines.branch)
                    .append(arrow(link));
            String inner = branches.prefix + (last ? "    " : lines.passing);
            if (drawn.get(Graph.target(link))) {
                reference(Graph.target(link));
                text.append('\n');
            } else {
                chain(Graph.target(link), inner);
            }
        }
    }

    /** Draws a job and what follows on its line; leaves what branches off for later. */
    private void chain(int first, String prefix) {
        int job = first;
        drawJob(job);
        while (graph.successorCount(job) == 1) {
            int link = graph.successor(job, 0);
            int next = Graph.target(link);
            if (drawn.get(next)) {
                text.append(' ').append(lines.dash).append(arrow(link));
                reference(next);
                text.append('\n');
                return;
            }
            if (!staysOnTheLine(next)) {
                break;
            }
            text.append(' ').append(lines.dash).append(arrow(link));
            drawJob(next);
            job = next;
        }
        if (prefix.length() > DEEPEST && graph.successorCount(job) > 0) {
            text.append(' ').append(FURTHER);
            later.add(job);
        } else {
            open.push(new Branches(job, prefix));
        }
        text.append('\n');
    }

    private boolean staysOnTheLine(int job) {
        boolean fits = text.length() - lineStart + label(job).length() < WIDTH;
        return fits && graph.requirementCount(job) == 1 && graph.successorCount(job) <= 1;
    }

    private String arrow(int link) {
        String condition =
                Graph.ending(link) == Ending.FINISHED ? "" : Graph.ending(link).word();
        return condition + lines.head;
    }

    private void drawJob(int job) {
        drawn.set(job);
        text.append(label(job));
    }

    private void reference(int job) {
        text.append('(').append(name(level.node(job))).append(')');
    }

    private static String name(Node node) {
        String label = node.job().label();
        return label.isEmpty() ? "\"\"" : Texts.oneLine(label);
    }

    private String label(int job) {
        Node node = level.node(job);
        return node.state().map(state -> lines.icon(state) + " ").orElse("")
                + name(node)
                + (node.job().nested().isPresent() ? " [[nested]]" : "")
                + (node.forever() ? " " + lines.forever : "")
                + (node.critical() ? "" : " (not critical)")
                + duration(node);
    }

    private static String duration(Node node) {
        JobReport report = node.report();
        return report == null
                ? ""
                : report.duration().map(time -> " " + Durations.text(time)).orElse("");
    }
}
