package io.orrery.systemtests;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A row of a file of conformance vectors; columns that the file does not have are empty. */
record VectorRow(
        int line,
        String kind,
        Map<String, String> fields,
        String zone,
        String previous,
        String now,
        String expected,
        String dialect) {

    private static final List<String> COLUMNS =
            List.of("kind", "fields", "tz", "previous", "now", "expected", "source", "dialect", "note");

    /** The rows of a file: comments begin with #; a header, if there is one, names the columns. */
    static List<VectorRow> read(List<String> lines) {
        var rows = new ArrayList<VectorRow>();
        List<String> columns = COLUMNS;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("kind\t")) {
                columns = List.of(line.split("\t", -1));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                rows.add(row(i + 1, columns, line.split("\t", -1)));
            }
        }
        return rows;
    }

    private static VectorRow row(int line, List<String> columns, String[] cells) {
        var byName = new LinkedHashMap<String, String>();
        for (int i = 0; i < Math.min(columns.size(), cells.length); i++) {
            byName.put(columns.get(i), cells[i]);
        }
        return new VectorRow(
                line,
                byName.getOrDefault("kind", ""),
                fields(byName.getOrDefault("fields", "")),
                byName.getOrDefault("tz", "-"),
                byName.getOrDefault("previous", "-"),
                byName.getOrDefault("now", "-"),
                byName.getOrDefault("expected", ""),
                byName.getOrDefault("dialect", "az"));
    }

    /** {@code k=v;k=v}, where a value may have braces and brackets with more of these in them. */
    static Map<String, String> fields(String text) {
        var fields = new LinkedHashMap<String, String>();
        for (String part : split(text, ';')) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                fields.put(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        return fields;
    }

    /** The parts between separators that are not within braces. */
    static List<String> split(String text, char separator) {
        var parts = new ArrayList<String>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == separator && depth == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
