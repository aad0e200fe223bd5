package io.orrery.workflowfile;

import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** The text of a file, by lines. Immutable. */
final class Source {

    private final String file;
    private final String text;
    private final List<String> lines;

    Source(String file, String text) {
        this.file = file;
        this.text = text;
        this.lines = List.of(text.split("\r\n|[\r\n]", -1));
    }

    Problem.Place place(Span span) {
        return new Problem.Place(file, span.line(), span.column(), span.length(), line(span.line()));
    }

    String line(int number) {
        return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }

    /** The place of the code point at an offset from the start of the text. */
    Span at(int offset) {
        String before = text.substring(0, text.offsetByCodePoints(0, offset));
        String[] begun = before.split("\r\n|[\r\n]", -1);
        String last = begun[begun.length - 1];
        return new Span(begun.length, last.codePointCount(0, last.length()) + 1, 1);
    }

    /**
     * Where, within a node, a text stands for the n-th time, counting from 0; the node itself if it is not there as such,
     * because characters of it are written as escapes.
     */
    Span find(Node node, String text, int n, int length) {
        Mark start = node.getStartMark().orElseThrow();
        Mark end = node.getEndMark().orElseThrow();
        int seen = 0;
        for (int number = start.getLine(); number <= end.getLine() && number < lines.size(); number++) {
            String line = lines.get(number);
            int from = number == start.getLine() ? line.offsetByCodePoints(0, start.getColumn()) : 0;
            int to = number == end.getLine() ? line.offsetByCodePoints(0, end.getColumn()) : line.length();
            for (int at = line.indexOf(text, from); at >= 0 && at < to; at = line.indexOf(text, at + 1)) {
                if (seen++ == n) {
                    return new Span(number + 1, line.codePointCount(0, at) + 1, Math.min(length, to - at));
                }
            }
        }
        return Span.of(node);
    }
}
