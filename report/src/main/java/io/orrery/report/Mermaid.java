package io.orrery.report;

import io.orrery.job.Condition.Ending;
import io.orrery.job.State;
import io.orrery.plan.PlannedJob.Link;
import io.orrery.plan.Ranks;
import io.orrery.report.Level.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a graph in Mermaid's language. A job is a node named {@code j} and its rank, a nested workflow a subgraph. */
final class Mermaid {

    private static final String CRITICAL = "critical";
    private static final String FOREVER = "forever";

    private final StringBuilder text = new StringBuilder();
    private final Ranks ranks;
    private final Map<String, List<String>> classes = new LinkedHashMap<>(); // the nodes that each style is for

    private Mermaid(Ranks ranks) {
        this.ranks = ranks;
    }

    static String of(Level level, boolean legend) {
        var mermaid = new Mermaid(Ranks.of(level.plan()));
        mermaid.line(0, "flowchart LR");
        mermaid.jobs(level, 1);
        if (legend) {
            mermaid.legend(level.states());
        }
        mermaid.styles();
        return mermaid.text.toString();
    }

    private void jobs(Level level, int depth) {
        for (Node node : level.nodes()) {
            String id = id(node);
            String label = label(node);
            Level inside = node.inside().orElse(null);
            if (inside == null) {
                line(depth, id + "(" + label + ")");
            } else {
                line(depth, "subgraph " + id + "[" + label + "]");
                if (inside.plan().size() == 0) {
                    line(depth + 1, id + "e[\" \"]");
                    style("anchor", id + "e");
                }
                jobs(inside, depth + 1);
                line(depth, "end");
            }
            styles(node, id);
            for (Link link : node.job().requirements()) {
                String arrow = link.ending() == Ending.FINISHED
                        ? " --> "
                        : " -->|" + link.ending().word() + "| ";
                line(depth, id(level.node(link.job().number())) + arrow + id);
            }
        }
    }

    private String id(Node node) {
        return "j" + ranks.of(node.job());
    }

    private static String label(Node node) {
        String told = node.told().isEmpty() ? "" : "<br/>" + node.told();
        return "\"" + escaped(node.job().graphLabel()) + told + "\"";
    }

    // --------------------------------------------------------------------------------------------------- styles

    private void styles(Node node, String id) {
        if (node.critical()) {
            style(CRITICAL, id);
        }
        if (node.forever()) {
            style(FOREVER, id);
        }
        node.state().ifPresent(state -> style(name(state), id));
    }

    private void style(String name, String id) {
        classes.computeIfAbsent(name, key -> new ArrayList<>()).add(id);
    }

    /** A name without a hyphen. */
    private static String name(State state) {
        return "state_" + state.word().replace('-', '_');
    }

    private void styles() {
        for (String name : classes.keySet()) {
            line(1, "classDef " + name + " " + look(name));
        }
        classes.forEach((name, ids) -> line(1, "class " + String.join(",", ids) + " " + name));
    }

    private static String look(String name) {
        return switch (name) {
            case CRITICAL -> "stroke:" + Palette.CRITICAL + ",stroke-width:3px";
            case FOREVER -> "stroke-dasharray:5 5";
            case "anchor" -> "fill:none,stroke:none";
            default -> {
                for (State state : State.values()) {
                    if (name(state).equals(name)) {
                        yield "fill:" + Palette.ground(state) + ",color:#000";
                    }
                }
                throw new IllegalStateException("no style for " + name);
            }
        };
    }

    private void legend(List<State> states) {
        line(1, "subgraph legend[\"legend\"]");
        line(2, "legend_job(\"job\")");
        line(2, "legend_nested[\"nested workflow\"]");
        line(2, "legend_forever(\"forever\")");
        line(2, "legend_critical(\"critical\")");
        style(FOREVER, "legend_forever");
        style(CRITICAL, "legend_critical");
        for (State state : states) {
            String id = "legend_" + name(state);
            line(2, id + "(\"" + state.word() + "\")");
            style(name(state), id);
        }
        line(1, "end");
    }

    // ----------------------------------------------------------------------------------------------------- text

    /**
     * A label such that Mermaid shows exactly this text: whatever may mean something to it, to its Markdown or to HTML is
     * written as an entity.
     */
    static String escaped(String label) {
        var escaped = new StringBuilder();
        String[] lines = label.split("\\r\\n|\\n|\\r", -1);
        for (int i = 0; i < lines.length; i++) {
            escaped.append(i == 0 ? "" : "<br/>");
            int marker = listMarker(lines[i]);
            for (int k = 0; k < lines[i].length(); k++) {
                char c = lines[i].charAt(k);
                if (k == marker || !isHarmless(c)) {
                    escaped.append(Character.isISOControl(c) ? " " : "#" + (int) c + ";");
                } else {
                    escaped.append(c);
                }
            }
        }
        return escaped.toString();
    }

    /** Where a line has what Markdown takes for the mark of a list item: {@code 1.} or {@code -}; -1 if nowhere. */
    private static int listMarker(String line) {
        int start = 0;
        while (start < line.length() && line.charAt(start) == ' ') {
            start++;
        }
        int end = start;
        while (end < line.length() && Character.isDigit(line.charAt(end))) {
            end++;
        }
        if (end == line.length()) {
            return -1;
        }
        char mark = line.charAt(end);
        boolean isMark = end == start ? mark == '-' || mark == '+' : mark == '.' || mark == ')';
        return isMark ? end : -1;
    }

    private static boolean isHarmless(char c) {
        return c >= 0xa0 || Character.isLetterOrDigit(c) || " .,:/=@!?'()[]+-".indexOf(c) >= 0;
    }

    private void line(int depth, String line) {
        text.append("    ".repeat(depth)).append(line).append('\n');
    }
}
