package io.orrery.workflowfile;

import java.util.ArrayList;
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

    String file() {
        return file;
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

    /** Where a text stands within a node. */
    List<Span> occurrences(Node node, String wanted) {
        Mark start = node.getStartMark().orElseThrow();
        Mark end = node.getEndMark().orElseThrow();
        var found = new ArrayList<Span>();
        for (int number = start.getLine(); number <= end.getLine() && number < lines.size(); number++) {
            String line = lines.get(number);
            int from = number == start.getLine() ? line.offsetByCodePoints(0, start.getColumn()) : 0;
            int to = number == end.getLine() ? line.offsetByCodePoints(0, end.getColumn()) : line.length();
            int column = 1 + line.codePointCount(0, from);
            for (int at = line.indexOf(wanted, from); at >= 0 && at < to; at = line.indexOf(wanted, at + 1)) {
                column += line.codePointCount(from, at);
                from = at;
                found.add(new Span(number + 1, column, wanted.length()));
            }
        }
        return found;
    }
}
