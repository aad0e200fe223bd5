package io.orrery.report;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes maps, lists, texts, numbers and booleans as JSON. What is none of these is written as its text, numbers that JSON
 * does not have as {@code null}.
 */
final class JsonText {

    private static final int DEEPEST = 500; // far beyond what anybody nests, and well within a stack

    private final StringBuilder out = new StringBuilder();
    private final boolean lines;

    private JsonText(boolean lines) {
        this.lines = lines;
    }

    /** On one line. */
    static String line(Object value) {
        return write(value, false);
    }

    /** With each object that is an element of a list on a line of its own. */
    static String lines(Object value) {
        return write(value, true);
    }

    private static String write(Object value, boolean lines) {
        var json = new JsonText(lines);
        json.value(value, 0);
        return json.out.toString();
    }

    private void value(@Nullable Object value, int depth) {
        switch (value) {
            case null -> out.append("null");
            case Boolean bool -> out.append(bool);
            case Double number -> out.append(Double.isFinite(number) ? number.toString() : "null");
            case Float number -> out.append(Float.isFinite(number) ? number.toString() : "null");
            case Integer number -> out.append(number);
            case Long number -> out.append(number);
            case Short number -> out.append(number);
            case Byte number -> out.append(number);
            case BigInteger number -> out.append(number);
            case BigDecimal number -> out.append(number);
            case Map<?, ?> map when depth < DEEPEST -> object(map, depth);
            case Iterable<?> list when depth < DEEPEST -> array(list, depth);
            case Map<?, ?> map -> text("(nested too deeply)");
            case Iterable<?> list -> text("(nested too deeply)");
            default -> text(Texts.of(value));
        }
    }

    private void object(Map<?, ?> map, int depth) {
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            text(Texts.of(entry.getKey()));
            out.append(": ");
            value(entry.getValue(), depth + 1);
            separator = ", ";
        }
        out.append('}');
    }

    private void array(Iterable<?> list, int depth) {
        out.append('[');
        for (Iterator<?> elements = list.iterator(); elements.hasNext(); ) {
            Object element = elements.next();
            if (lines && element instanceof Map) {
                out.append('\n').append("  ".repeat(1 + depth / 2)); // a level of jobs is two of nesting
            }
            value(element, depth + 1);
            if (elements.hasNext()) {
                out.append(lines && element instanceof Map ? "," : ", ");
            }
        }
        out.append(']');
    }

    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(text, i);
        }
        out.append('"');
    }

    private void character(String text, int i) {
        char c = text.charAt(i);
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            default -> {
                if (c < ' ' || c == '\u007f' || c == '\u2028' || c == '\u2029' || isLoneSurrogate(text, i)) {
                    out.append(String.format("\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }

    /** Half a character, which no encoding can write. */
    private static boolean isLoneSurrogate(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }
}
