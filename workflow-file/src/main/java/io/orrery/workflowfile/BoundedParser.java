package io.orrery.workflowfile;

import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * A parser that ends when mappings and lists lie too deep in each other, before the composer, which is recursive, runs out of
 * stack.
 */
final class BoundedParser implements Parser {

    private final Parser parser;
    private int depth;

    BoundedParser(Parser parser) {
        this.parser = parser;
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public Event next() {
        Event event = parser.next();
        switch (event.getEventId()) {
            case MappingStart, SequenceStart -> depth++;
            case MappingEnd, SequenceEnd -> depth--;
            default -> {}
        }
        if (depth > Limits.DEPTH) {
            throw new TooDeep(event.getStartMark().orElseThrow());
        }
        return event;
    }

    /** Thrown at the first mapping or list that lies too deep. */
    static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Span at;

        TooDeep(Mark mark) {
            super("too deep", null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
            this.at = Span.at(mark);
        }

        Span at() {
            return at;
        }
    }
}
