package io.orrery.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A piece of Java in the Javadoc or in a page, and where it is. */
record Snippet(String place, String code) {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern FENCE = Pattern.compile("^```java\\n", Pattern.MULTILINE);
    private static final Pattern JAVADOC =
            Pattern.compile("^ *\\* (?:\\{@snippet :|<pre>\\{@code)\\n", Pattern.MULTILINE);

    /** Those of all main sources, and of the pages. The README's program is compiled by the system tests. */
    static List<Snippet> all() throws IOException {
        var snippets = new ArrayList<Snippet>();
        try (var modules = Files.newDirectoryStream(ROOT)) {
            for (var module : modules) {
                addAll(module.resolve("src/main/java"), ".java", snippets);
            }
        }
        addAll(ROOT.resolve("docs"), ".md", snippets);
        return snippets;
    }

    private static void addAll(Path folder, String ending, List<Snippet> snippets) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(ending)).toList()) {
                var text = Files.readString(file);
                var start = (ending.equals(".md") ? FENCE : JAVADOC).matcher(text);
                while (start.find()) {
                    long line = text.substring(0, start.start()).lines().count() + 1;
                    var code = ending.equals(".md")
                            ? text.substring(start.end(), text.indexOf("\n```", start.end()))
                            : untilItsBrace(text.substring(start.end()));
                    snippets.add(new Snippet(ROOT.relativize(file) + ":" + line, code));
                }
            }
        }
    }

    /** The text up to the closing brace of the tag, without the asterisks. */
    private static String untilItsBrace(String text) {
        int open = 1;
        int at = 0;
        for (; open > 0; at++) {
            open += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
        }
        return text.substring(0, at - 1).replaceAll("(?m)^ *\\* ?", "");
    }

    @Override
    public String toString() {
        return place;
    }
}
