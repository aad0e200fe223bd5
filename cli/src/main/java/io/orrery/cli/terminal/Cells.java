package io.orrery.cli.terminal;

import org.jline.utils.WCWidth;

/** Text by the cells it takes on a terminal: wide characters take two, combining ones none. */
public final class Cells {

    private Cells() {}

    /** How many cells a text takes that has no control characters. */
    public static int width(String text) {
        return text.codePoints().map(Cells::width).sum();
    }

    private static int width(int codePoint) {
        return Math.max(0, WCWidth.wcwidth(codePoint));
    }

    /**
     * The text, if it fits; else as much of its beginning as fits together with {@code mark}.
     *
     * @param mark says that there is more, such as an ellipsis; left out where there is no room for it
     */
    public static String fit(String text, int cells, String mark) {
        if (width(text) <= cells) {
            return text;
        }
        int markWidth = width(mark);
        boolean marked = markWidth < cells;
        int room = marked ? cells - markWidth : Math.max(0, cells);
        var fitting = new StringBuilder();
        int used = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            used += width(codePoint);
            if (used > room) {
                break;
            }
            fitting.appendCodePoint(codePoint);
            i += Character.charCount(codePoint);
        }
        return marked ? fitting.append(mark).toString() : fitting.toString();
    }

    /** The text with spaces after it, up to a width. */
    public static String pad(String text, int cells) {
        return text + " ".repeat(Math.max(0, cells - width(text)));
    }

    /** The text with spaces before it, up to a width. */
    public static String padLeft(String text, int cells) {
        return " ".repeat(Math.max(0, cells - width(text))) + text;
    }

    /** A text of somebody else's as one line that does nothing to a terminal: no control characters, no line breaks. */
    public static String harmless(String text) {
        var line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\t' || c == '\n') {
                line.append(' ');
            } else if (!isDangerous(c)) {
                line.appendCodePoint(c);
            }
        });
        return line.toString();
    }

    private static boolean isDangerous(int codePoint) {
        int type = Character.getType(codePoint);
        boolean isJoiner = codePoint == 0x200C || codePoint == 0x200D;
        return Character.isISOControl(codePoint)
                || type == Character.FORMAT && !isJoiner
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }
}
