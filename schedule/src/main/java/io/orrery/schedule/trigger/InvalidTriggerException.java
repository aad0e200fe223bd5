package io.orrery.schedule.trigger;

import java.util.List;
import java.util.OptionalInt;

/** A trigger can't be made: says which rule is broken, by what, and what to do. */
public final class InvalidTriggerException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final transient List<String> problems;
    private final int position;
    private final boolean never;

    private InvalidTriggerException(List<String> problems, int position, boolean never) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
        this.position = position;
        this.never = never;
    }

    static InvalidTriggerException of(List<String> problems) {
        return new InvalidTriggerException(problems, -1, false);
    }

    /** A rule is broken by a piece of text, at this position in the whole. */
    static InvalidTriggerException at(int position, String problem) {
        return new InvalidTriggerException(List.of(problem), position, false);
    }

    /** What is asked for never happens, because of what is at this position of the text; -1 for none. */
    static InvalidTriggerException never(int position, String problem) {
        return new InvalidTriggerException(List.of(problem), position, true);
    }

    /** The same, with the expression in which it is wrong. */
    InvalidTriggerException in(String expression) {
        return new InvalidTriggerException(
                problems.stream()
                        .map(problem -> "In \"" + expression + "\": " + problem)
                        .toList(),
                position,
                never);
    }

    static void require(boolean holds, String rule, Object value, String remedy) {
        if (!holds) {
            throw of(List.of(rule + ", but is " + value + ". " + remedy + "."));
        }
    }

    /** All that is wrong, one sentence each. */
    public List<String> problems() {
        return problems;
    }

    /** Where in the expression the error is, counted from 0; empty if it is not in an expression. */
    public OptionalInt position() {
        return position < 0 ? OptionalInt.empty() : OptionalInt.of(position);
    }

    /** Whether all is well formed, but would never fire. */
    public boolean isNever() {
        return never;
    }
}
