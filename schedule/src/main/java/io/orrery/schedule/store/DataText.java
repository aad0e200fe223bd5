package io.orrery.schedule.store;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain data as JSON: maps, lists, text, numbers, booleans and null. */
final class DataText {

    private final String text;
    private int at;

    private DataText(String text) {
        this.text = text;
    }

    static String write(Map<String, ?> data) {
        var out = new StringBuilder();
        value(out, data);
        return out.toString();
    }

    private static void value(StringBuilder out, @Nullable Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                out.append('{');
                String separator = "";
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    out.append(separator);
                    string(out, entry.getKey().toString());
                    out.append(':');
                    value(out, entry.getValue());
                    separator = ",";
                }
                out.append('}');
            }
            case List<?> list -> {
                out.append('[');
                for (int i = 0; i < list.size(); i++) {
                    out.append(i == 0 ? "" : ",");
                    value(out, list.get(i));
                }
                out.append(']');
            }
            case Number _, Boolean _ -> out.append(value);
            case null -> out.append("null");
            default -> string(out, value.toString());
        }
    }

    private static void string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' '
                    || Character.isSurrogate(c)) { // a lone surrogate would not survive being written as UTF-8
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /** @throws IllegalArgumentException if the text is no such map: the message says where */
    @SuppressWarnings("unchecked") // keys are text
    static Map<String, Object> read(String text) {
        var reader = new DataText(text);
        if (reader.value() instanceof Map<?, ?> map && reader.peek() == 0) {
            return (Map<String, Object>) map;
        }
        throw reader.wrong("the end of a map");
    }

    private IllegalArgumentException wrong(String expected) {
        return new IllegalArgumentException("It is not what was written: at character " + at + " of " + text.length()
                + " there should be " + expected + ".");
    }

    private char peek() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void take(char expected) {
        if (peek() != expected) {
            throw wrong("a " + expected);
        }
        at++;
    }

    private @Nullable Object value() {
        return switch (peek()) {
            case '{' -> map();
            case '[' -> list();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private <T> @Nullable T word(String word, @Nullable T value) {
        if (!text.startsWith(word, at)) {
            throw wrong(word);
        }
        at += word.length();
        return value;
    }

    private Map<String, @Nullable Object> map() {
        var map = new LinkedHashMap<String, @Nullable Object>();
        take('{');
        while (peek() != '}') {
            if (!map.isEmpty()) {
                take(',');
            }
            peek();
            String key = string();
            take(':');
            map.put(key, value());
        }
        at++;
        return map;
    }

    private List<@Nullable Object> list() {
        var list = new ArrayList<@Nullable Object>();
        take('[');
        while (peek() != ']') {
            if (!list.isEmpty()) {
                take(',');
            }
            list.add(value());
        }
        at++;
        return list;
    }

    private String string() {
        take('"');
        var out = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c == '\\') {
                c = escaped();
            }
            out.append(c);
        }
        take('"');
        return out.toString();
    }

    private char escaped() {
        if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\\')) {
            return text.charAt(at++);
        }
        try {
            int code = Integer.parseInt(text, at + 1, at + 5, 16);
            at += 5;
            return (char) code;
        } catch (RuntimeException e) {
            throw wrong("an escape");
        }
    }

    private Object number() {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(start, at);
        try {
            return digits.matches("-?\\d{1,18}") ? (Object) Long.valueOf(digits) : new BigDecimal(digits);
        } catch (NumberFormatException e) {
            at = start;
            throw wrong("a value");
        }
    }
}
