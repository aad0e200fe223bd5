package io.orrery.workflowfile;

/**
 * Something that is wrong with a workflow file. Immutable.
 *
 * @param code which rule is broken
 * @param place where
 * @param message what is wrong, and what to do about it, in a sentence or two
 */
public record Problem(Code code, Place place, String message) {

    /** How much of a very long line is shown on either side of the place. */
    private static final int SHOWN = 100;

    /**
     * A place in a file. Lines and columns count from 1, columns in code points.
     *
     * @param file the file, as it was given
     * @param line the line
     * @param column the column
     * @param length how many characters from there are meant, at least 1
     * @param source the text of the line; empty if there is none
     */
    public record Place(String file, int line, int column, int length, String source) {}

    /** How bad it is. */
    public Severity severity() {
        return code.severity();
    }

    /** The line, from 1. */
    public int line() {
        return place.line;
    }

    /** The column, from 1. */
    public int column() {
        return place.column;
    }

    /** {@code file:line:column error[E104]: message}. */
    public String headline() {
        return place.file + ":" + place.line + ":" + place.column + " "
                + severity().word() + "[" + code.id() + "]: " + message;
    }

    /** The headline, then the line it is about and a caret under the place. Does not end with a line break. */
    public String text() {
        if (place.source.isBlank()) {
            return headline();
        }
        String line = place.source;
        int start = line.offsetByCodePoints(0, Math.min(place.column - 1, line.codePointCount(0, line.length())));
        String before = line.substring(Math.max(0, start - SHOWN), start);
        String after = line.substring(start, Math.min(line.length(), start + SHOWN));
        int carets = Math.clamp(after.codePoints().count(), 1, Math.max(1, place.length));
        return headline() + "\n"
                + "%5d | ".formatted(place.line) + (visible(before) + visible(after)).stripTrailing() + "\n"
                + " ".repeat(6) + "| " + " ".repeat((int) before.codePoints().count()) + "^".repeat(carets);
    }

    /** Without what would move the cursor of a terminal. */
    private static String visible(String text) {
        var visible = new StringBuilder();
        text.codePoints().forEach(c -> visible.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return visible.toString();
    }

    @Override
    public String toString() {
        return headline();
    }
}
