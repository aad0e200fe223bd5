package io.orrery.workflowfile;

import io.orrery.workflowfile.expression.Evaluator;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names as they may be, and as they are shown. */
final class Names {

    static final Pattern JOB = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_-]{0,99}");
    static final Pattern PARAMETER = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,99}");
    static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private static final int SHOWN = 60;

    private Names() {}

    /** The name of a file without what workflow files usually end with. */
    static String ofFile(Path path) {
        Path last = path.getFileName();
        String name = last == null ? path.toString() : last.toString();
        return name.replaceFirst("(\\.orrery)?\\.ya?ml$", "");
    }

    /** The id of an instance: {@code job[1,x]}. */
    static String instance(String job, List<Object> parts) {
        return parts.stream()
                .map(part -> Evaluator.text(part).replaceAll("[\\s/\\[\\],\\p{Cntrl}]", "_"))
                .map(part -> part.length() > SHOWN ? part.substring(0, SHOWN) : part)
                .collect(Collectors.joining(",", job + "[", "]"));
    }

    /** The text in quotes, shortened if it is long, without characters that would disturb a terminal. */
    static String quote(String text) {
        int end = text.offsetByCodePoints(0, Math.min(SHOWN, text.codePointCount(0, text.length())));
        String shown = end < text.length() ? text.substring(0, end) + "..." : text;
        var quoted = new StringBuilder("\"");
        shown.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> quoted.appendCodePoint(Character.isISOControl(c) ? '?' : c);
            }
        });
        return quoted.append('"').toString();
    }
}
