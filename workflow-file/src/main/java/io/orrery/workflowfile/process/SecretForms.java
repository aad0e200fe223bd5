package io.orrery.workflowfile.process;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a secret looks like in all the places where it may turn up. */
final class SecretForms {

    /** A line of a secret that is shorter is no secret, and may stand anywhere. */
    private static final int SHORTEST_LINE = 6;

    private static final Pattern ENCODED = Pattern.compile("%[0-9A-F]{2}");
    private static final Pattern OTHER_THAN_ASCII = Pattern.compile("[^\\x20-\\x7e]");

    private SecretForms() {}

    static Set<String> of(String secret) {
        Set<String> forms = new LinkedHashSet<>();
        add(secret, forms);
        String[] lines = secret.split("\r\n|[\r\n]");
        if (lines.length > 1) {
            for (String line : lines) {
                if (line.strip().length() >= SHORTEST_LINE) {
                    add(line.strip(), forms);
                }
            }
        }
        return forms;
    }

    private static void add(String secret, Set<String> forms) {
        forms.add(secret);
        forms.add(secret.stripTrailing());
        json(secret, forms);
        address(secret, forms);
        String html = secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        forms.add(html);
        forms.add(html.replace("\"", "&quot;"));
        forms.add(html.replace("\"", "&quot;").replace("'", "&#39;"));
        forms.add(html.replace("\"", "&quot;").replace("'", "&#x27;"));
        forms.add(secret.replace("'", "'\\''"));
        forms.add(secret.replaceAll("[\\x00-\\x7f&&[^A-Za-z0-9_@%+=:,./\\n-]]", "\\\\$0")); // as bash's %q does
    }

    private static void json(String secret, Set<String> forms) {
        String json = secret.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
        forms.add(json);
        forms.add(json.replace("/", "\\/"));
        forms.add(numbered(json, "\\\\u%04x"));
        forms.add(numbered(json, "\\\\u%04X"));
        forms.add(json.replace("\\", "\\\\").replace("\"", "\\\"")); // JSON in JSON
        forms.add(numbered(
                json.replace("<", "\\u003c")
                        .replace(">", "\\u003e")
                        .replace("&", "\\u0026")
                        .replace("'", "\\u0027")
                        .replace("=", "\\u003d"),
                "\\\\u%04x"));
    }

    private static String numbered(String text, String format) {
        return OTHER_THAN_ASCII.matcher(text).replaceAll(found -> {
            var numbers = new StringBuilder();
            found.group().chars().forEach(c -> numbers.append(String.format(Locale.ROOT, format, c)));
            return numbers.toString();
        });
    }

    private static void address(String secret, Set<String> forms) {
        String all = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        for (String plus : List.of(all, all.replace("+", "%20"))) {
            String component = plus.replace("%21", "!")
                    .replace("%27", "'")
                    .replace("%28", "(")
                    .replace("%29", ")")
                    .replace("%7E", "~");
            for (String form : List.of(plus, plus.replace("%7E", "~"), plus.replace("*", "%2A"), component)) {
                both(form, forms);
                both(form.replace("%2F", "/"), forms);
            }
        }
    }

    /** With the digits of both cases. */
    private static void both(String form, Set<String> forms) {
        forms.add(form);
        forms.add(ENCODED.matcher(form)
                .replaceAll(code -> Matcher.quoteReplacement(code.group().toLowerCase(Locale.ROOT))));
    }
}
