package io.orrery.workflowfile.body;

import io.orrery.workflowfile.expression.ExpressionException;
import io.orrery.workflowfile.expression.Json;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an output comes from, and which part of it. Immutable.
 *
 * @param name the name of the output
 * @param from where it comes from
 * @param key the path of the file, or the name of the header or of the line in the output file
 * @param match its first group, or all that it finds; null for everything
 * @param pointer the JSON pointer to it; null for none
 * @param trim whether blanks at both ends are dropped
 */
public record OutputRule(
        String name,
        Source from,
        String key,
        @Nullable Pattern match,
        @Nullable String pointer,
        boolean trim) {

    /** Where outputs come from. */
    public enum Source {
        /** The standard output. */
        STDOUT("stdout"),
        /** The standard error. */
        STDERR("stderr"),
        /** A file. */
        FILE("file"),
        /** The file that ORRERY_OUTPUT names. */
        OUTPUT_FILE("output-file"),
        /** The body of an HTTP answer. */
        BODY("body"),
        /** A header of an HTTP answer. */
        HEADER("header"),
        /** The exit code. */
        EXIT_CODE("exitCode");

        private final String word;

        Source(String word) {
            this.word = word;
        }

        /** The word for it in files. */
        public String word() {
            return word;
        }

        /** Whether it belongs to an HTTP request. */
        public boolean isOfHttp() {
            return this == BODY || this == HEADER;
        }
    }

    /**
     * The value in a text.
     *
     * @throws OutputMissing if it is not there
     */
    Object value(String text) throws OutputMissing {
        String part = text;
        if (match != null) {
            Matcher matcher = match.matcher(text);
            if (!matcher.find()) {
                throw missing("nothing in it matches " + match.pattern());
            }
            String group = matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
            part = group == null ? "" : group;
        }
        if (pointer == null) {
            return trim ? part.strip() : part;
        }
        try {
            return Json.at(Json.value(part), pointer);
        } catch (ExpressionException e) {
            throw missing(e.text());
        }
    }

    OutputMissing missing(String why) {
        return new OutputMissing("Output \"" + name + "\" can't be taken from " + from.word() + ": " + why);
    }
}
