package io.orrery.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads as much of Graphviz's language as we write, and refuses the rest: what it accepts, {@code dot} accepts. It also
 * refuses what {@code dot} only warns of, an edge that is cut off at a cluster its end is not in.
 */
final class DotSyntax {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<string>\"(?:[^\"\\\\]|\\\\.)*\")|(?<id>[A-Za-z_][A-Za-z_0-9]*|[0-9]+)|(?<sign>->|[{}\\[\\];,=]))",
            Pattern.DOTALL);

    /** A cluster, or the whole graph. */
    static final class Cluster {
        final String name;
        final Map<String, String> attributes = new LinkedHashMap<>();
        final Map<String, Map<String, String>> nodes = new LinkedHashMap<>();
        final List<Cluster> clusters = new ArrayList<>();
        final List<String> edges = new ArrayList<>();

        private Cluster(String name) {
            this.name = name;
        }

        boolean contains(String node) {
            return nodes.containsKey(node) || clusters.stream().anyMatch(inner -> inner.contains(node));
        }

        Cluster find(String wanted) {
            if (name.equals(wanted)) {
                return this;
            }
            return clusters.stream()
                    .map(inner -> inner.find(wanted))
                    .filter(found -> found != null)
                    .findFirst()
                    .orElse(null);
        }
    }

    private record Edge(String from, String to, Map<String, String> attributes) {}

    private final Matcher matcher;
    private final int length;
    private final List<Edge> edges = new ArrayList<>();
    private String token;

    private DotSyntax(String text) {
        this.matcher = TOKEN.matcher(text);
        this.length = text.stripTrailing().length();
        advance();
    }

    static Cluster parse(String text) {
        var syntax = new DotSyntax(text);
        syntax.expect("digraph");
        var graph = new Cluster(syntax.next());
        syntax.statements(graph);
        if (!syntax.token.isEmpty()) {
            throw new IllegalArgumentException("text after the graph: " + syntax.token);
        }
        syntax.edges.forEach(edge -> check(graph, edge));
        return graph;
    }

    private static void check(Cluster graph, Edge edge) {
        if (!graph.contains(edge.from) || !graph.contains(edge.to)) {
            throw new IllegalArgumentException("an edge without a node: " + edge);
        }
        checkCut(graph, edge.attributes.get("ltail"), edge.from, edge.to);
        checkCut(graph, edge.attributes.get("lhead"), edge.to, edge.from);
    }

    private static void checkCut(Cluster graph, String cut, String inside, String outside) {
        if (cut != null) {
            Cluster cluster = graph.find(cut);
            if (cluster == null || !cluster.contains(inside) || cluster.contains(outside)) {
                throw new IllegalArgumentException(inside + " to " + outside + " can't be cut off at " + cut);
            }
        }
    }

    private void statements(Cluster cluster) {
        expect("{");
        while (!token.equals("}")) {
            String first = next();
            if (first.equals("subgraph")) {
                var inner = new Cluster(next());
                cluster.clusters.add(inner);
                statements(inner);
            } else if (first.equals("graph")) {
                cluster.attributes.putAll(attributes());
                expect(";");
            } else if (token.equals("=")) {
                next();
                cluster.attributes.put(first, next());
                expect(";");
            } else if (token.equals("->")) {
                next();
                var edge = new Edge(first, next(), token.equals("[") ? attributes() : Map.of());
                edges.add(edge);
                cluster.edges.add(
                        edge.from + " -> " + edge.to + (edge.attributes.isEmpty() ? "" : " " + edge.attributes));
                expect(";");
            } else {
                if (cluster.nodes.put(first, attributes()) != null) {
                    throw new IllegalArgumentException("twice: " + first);
                }
                expect(";");
            }
        }
        next();
    }

    private Map<String, String> attributes() {
        var attributes = new LinkedHashMap<String, String>();
        expect("[");
        while (!token.equals("]")) {
            String name = next();
            expect("=");
            attributes.put(name, next());
            if (token.equals(",")) {
                next();
            }
        }
        next();
        return attributes;
    }

    private void expect(String expected) {
        if (!next().equals(expected)) {
            throw new IllegalArgumentException("expected " + expected + " before " + token);
        }
    }

    private String next() {
        String current = token;
        advance();
        return current;
    }

    private void advance() {
        int from = token == null ? 0 : matcher.end();
        if (from >= length) {
            token = "";
            return;
        }
        matcher.region(from, length);
        if (!matcher.lookingAt()) {
            throw new IllegalArgumentException("not a token at " + from);
        }
        String string = matcher.group("string");
        token = string == null ? matcher.group().strip() : shown(string.substring(1, string.length() - 1));
    }

    /** What Graphviz shows of a string. */
    private static String shown(String raw) {
        var shown = new StringBuilder();
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                shown.append(c);
            } else {
                char escaped = raw.charAt(++i);
                switch (escaped) {
                    case 'n' -> shown.append('\n');
                    case '"', '\\' -> shown.append(escaped);
                    default ->
                        throw new IllegalArgumentException("Graphviz replaces \\" + escaped + " by something else");
                }
            }
        }
        return shown.toString().replaceAll("&(?!amp;)", "?").replace("&amp;", "&");
    }
}
