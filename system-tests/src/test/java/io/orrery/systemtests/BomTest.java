package io.orrery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BomTest {
    private static final String BOM = Project.read(Project.ROOT.resolve("bom", "pom.xml"));

    @Test
    void the_bom_has_every_published_module_and_no_other() {
        var managed = BOM.substring(BOM.indexOf("<dependencyManagement>"));

        assertThat(all("<artifactId>(.*)</artifactId>", managed))
                .containsExactlyElementsOf(
                        Project.PUBLISHED.stream().map("orrery-"::concat).toList());
    }

    @Test
    void the_bom_has_the_version_of_the_build() {
        assertThat(all("<version>(.*)</version>", BOM)).first().isEqualTo(Project.version());
    }

    private static List<String> all(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
