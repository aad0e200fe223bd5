package io.orrery.report;

import io.orrery.job.Condition.Ending;
import io.orrery.job.State;
import io.orrery.plan.PlannedJob;
import io.orrery.plan.PlannedJob.Link;
import io.orrery.plan.Ranks;
import io.orrery.report.Level.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a graph in Graphviz's language. A job is a node named by its rank, a nested workflow a cluster. Since an edge can't
 * end at a cluster, it ends at a job inside and is cut off at the border.
 */
final class Dot {

    private final StringBuilder text = new StringBuilder();
    private final Ranks ranks;

    private Dot(Ranks ranks) {
        this.ranks = ranks;
    }

    static String of(Level level, boolean legend) {
        var dot = new Dot(Ranks.of(level.plan()));
        dot.line(0, "digraph " + quoted(level.plan().name()) + " {");
        dot.line(1, "compound=true;");
        dot.line(1, "graph [];");
        dot.jobs(level, 1);
        if (legend) {
            dot.legend(level.states());
        }
        dot.line(0, "}");
        return dot.text.toString();
    }

    private void jobs(Level level, int depth) {
        for (Node node : level.nodes()) {
            String rank = ranks.text(node.job());
            Level inside = node.inside().orElse(null);
            if (inside == null) {
                line(depth, rank + " [" + attributes(node) + "];");
            } else {
                line(depth, "subgraph cluster_" + rank + " {");
                line(depth + 1, "graph [" + attributes(node) + "];");
                if (inside.plan().size() == 0) {
                    line(depth + 1, anchor(rank) + " [style=\"invis\",label=\"\",shape=\"point\"];");
                }
                jobs(inside, depth + 1);
                line(depth, "}");
            }
            for (Link link : node.job().requirements()) {
                edge(link, node.job(), depth);
            }
        }
    }

    private String attributes(Node node) {
        var label = new StringBuilder(label(node.job()));
        if (!node.told().isEmpty()) {
            label.append('\n').append(node.told());
        }
        return attributes(
                style(node.inside().isPresent(), node.forever(), node.state().isPresent()),
                label.toString(),
                node.critical(),
                node.state().map(Palette::ground).orElse(""));
    }

    private static String attributes(String style, String label, boolean critical, String ground) {
        return "style=\"" + style + "\",label=" + quoted(label) + ",shape=\"box\","
                + (critical ? "color=\"" + Palette.CRITICAL + "\",penwidth=\"2\"" : "penwidth=\"0.5\"")
                + (ground.isEmpty() ? "" : ",fillcolor=\"" + ground + "\"");
    }

    private static String style(boolean nested, boolean forever, boolean filled) {
        List<String> styles = new ArrayList<>();
        if (!nested) {
            styles.add("rounded");
        }
        if (forever) {
            styles.add("dashed");
        }
        if (filled) {
            styles.add("filled");
        }
        return String.join(",", styles);
    }

    private String label(PlannedJob job) {
        String graphLabel = job.options().labels().graph();
        if (graphLabel != null) {
            return graphLabel;
        }
        String label = job.label();
        return ranks.text(job) + (label.isEmpty() ? "" : ": " + label);
    }

    // ---------------------------------------------------------------------------------------------------- edges

    private void edge(Link link, PlannedJob target, int depth) {
        PlannedJob source = link.job();
        var attributes = new ArrayList<String>();
        if (target.nested().isPresent()) {
            attributes.add("lhead=cluster_" + ranks.text(target));
        }
        if (source.nested().isPresent()) {
            attributes.add("ltail=cluster_" + ranks.text(source));
        }
        if (link.ending() != Ending.FINISHED) {
            attributes.add("label=" + quoted(link.ending().word()));
        }
        line(
                depth,
                end(source, ClusterEnds.EXIT) + " -> " + end(target, ClusterEnds.ENTRY)
                        + (attributes.isEmpty() ? "" : " [" + String.join(" ", attributes) + "]") + ";");
    }

    /** The node that an edge of a job ends at: itself, or one that is nested in it, to any depth. */
    private String end(PlannedJob job, ClusterEnds ends) {
        return job.nested()
                .map(plan -> ends.middle(plan).map(inner -> end(inner, ends)).orElse(anchor(ranks.text(job))))
                .orElseGet(() -> ranks.text(job));
    }

    /** The node that stands for a nested workflow without jobs: Graphviz draws no cluster without a node. */
    private static String anchor(String rank) {
        return "anchor_" + rank;
    }

    // --------------------------------------------------------------------------------------------------- legend

    private void legend(List<State> states) {
        line(1, "subgraph cluster_legend {");
        line(2, "graph [style=\"\",label=\"legend\",penwidth=\"0.5\"];");
        line(2, "legend_job [" + attributes(style(false, false, false), "job", false, "") + "];");
        line(2, "legend_nested [" + attributes(style(true, false, false), "nested workflow", false, "") + "];");
        line(2, "legend_forever [" + attributes(style(false, true, false), "forever", false, "") + "];");
        line(2, "legend_critical [" + attributes(style(false, false, false), "critical", true, "") + "];");
        for (int i = 0; i < states.size(); i++) {
            State state = states.get(i);
            String ground = Palette.ground(state);
            line(
                    2,
                    "legend_state_" + i + " [" + attributes(style(false, false, true), state.word(), false, ground)
                            + "];");
        }
        line(1, "}");
    }

    // ----------------------------------------------------------------------------------------------------- text

    /**
     * A text in quotes, such that Graphviz shows exactly this text: it takes backslashes for escapes and ampersands for
     * entities, and can't have control characters.
     */
    static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '&' -> quoted.append("&amp;");
                case '\n' -> quoted.append("\\n");
                case '\r' -> {
                    if (i + 1 == text.length() || text.charAt(i + 1) != '\n') {
                        quoted.append("\\n");
                    }
                }
                default -> quoted.append(Character.isISOControl(c) ? ' ' : c);
            }
        }
        return quoted.append('"').toString();
    }

    private void line(int depth, String line) {
        text.append("  ".repeat(depth)).append(line).append('\n');
    }
}
