package io.orrery.workflowfile;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A place in the text: line and column from 1, columns in code points, and how many characters are meant.
 *
 * @param line the line
 * @param column the column
 * @param length how many characters
 */
record Span(int line, int column, int length) {

    /** The first character of the file. */
    static final Span START = new Span(1, 1, 1);

    Span ofLength(int other) {
        return new Span(line, column, other);
    }

    static Span at(Mark mark) {
        return new Span(mark.getLine() + 1, mark.getColumn() + 1, 1);
    }

    /** Where a node stands; of one that has several lines, the part on the first one. */
    static Span of(Node node) {
        Mark start = node.getStartMark().orElseThrow();
        Mark end = node.getEndMark().orElseThrow();
        int length = start.getLine() == end.getLine() ? end.getColumn() - start.getColumn() : 1;
        return new Span(start.getLine() + 1, start.getColumn() + 1, Math.max(1, length));
    }
}
