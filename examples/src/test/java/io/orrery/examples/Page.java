package io.orrery.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The page that the repository report has written. */
record Page(String html) {

    static Page read(Path file) throws Exception {
        return new Page(Files.readString(file));
    }

    /** One of the figures at the top. */
    long figure(String id) {
        var figure =
                Pattern.compile("<dd id=\"" + id + "\" data-value=\"(\\d+)\">").matcher(html);
        assertThat(figure.find()).as("figure " + id).isTrue();
        return Long.parseLong(figure.group(1));
    }

    /** The inside of a section. */
    String section(String id) {
        var section = Pattern.compile("<section id=\"" + id + "\">(.*?)</section>", Pattern.DOTALL)
                .matcher(html);
        assertThat(section.find()).as("section " + id).isTrue();
        return section.group(1);
    }

    /** The names in a section with bars, as people read them. */
    List<String> names(String id) {
        return Pattern.compile("<span class=\"name\">(.*?)</span><span class=\"value\">")
                .matcher(section(id))
                .results()
                .map(name -> text(name.group(1)))
                .toList();
    }

    private static String text(String html) {
        return html.replaceAll("<[^>]*>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
