package io.orrery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.systemtests.JavaFile.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Size, in numbers that a reader feels: files, methods, parameter lists, and how much of a module one can see from
 * outside. The measured values are written to {@code target/budgets.txt}.
 */
class BudgetsTest {
    static final List<String> PUBLISHED = Project.PUBLISHED;

    private static final TreeMap<String, String> MEASURED = new TreeMap<>();
    private static List<JavaFile> main;
    private static List<JavaFile> all;

    @BeforeAll
    static void parse() throws IOException {
        main = parse("main");
        all = Stream.concat(main.stream(), parse("test").stream()).toList();
    }

    @AfterAll
    static void write() throws IOException {
        var lines = MEASURED.entrySet().stream()
                .map(entry -> "%-45s %s".formatted(entry.getKey(), entry.getValue()))
                .toList();
        Files.write(Project.result("budgets.txt"), lines);
    }

    @Test
    void a_typical_file_is_short_and_few_are_long() {
        var lines = main.stream()
                .filter(file -> !file.isDescription())
                .map(JavaFile::lines)
                .sorted()
                .toList();

        assertThat(measured("file lines: median", 90, lines.get(lines.size() / 2)))
                .isLessThanOrEqualTo(90);
        assertThat(measured("file lines: 95th percentile", 300, lines.get(lines.size() * 95 / 100)))
                .isLessThanOrEqualTo(300);
    }

    @Test
    void no_file_is_longer_than_500_lines() {
        measured("file lines: longest", 500, max(all.stream().map(JavaFile::lines)));

        assertThat(all.stream().filter(file -> file.lines() > 500).map(file -> file.path() + ": " + file.lines()))
                .isEmpty();
    }

    @Test
    void no_method_is_longer_than_40_lines() {
        measured("method lines: longest", 40, max(methods().map(Method::lines)));

        assertThat(offenders(method -> method.lines() > 40)).isEmpty();
    }

    @Test
    void no_method_has_more_than_6_parameters() {
        measured("parameters: most", 6, max(methods().map(Method::parameters)));

        assertThat(offenders(method -> method.parameters() > 6)).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("PUBLISHED")
    void a_module_shows_less_than_it_hides(String module) throws IOException {
        int budget = module.equals("core") ? 60 : 50;
        var exported = Project.exportedPackages(module);
        int types = 0;
        int visible = 0;
        for (var file : JavaFile.parse(Project.sources(module, "main"))) {
            types += file.types().size();
            visible += (int) file.types().stream()
                    .filter(type -> type.isPublic() && exported.contains(file.packageName()))
                    .count();
        }

        int percent = types == 0 ? 0 : Math.ceilDiv(100 * visible, types);
        assertThat(measured("exported types, percent: " + module, budget, percent))
                .isLessThanOrEqualTo(budget);
    }

    @Test
    void the_readme_is_short_and_shows_code_at_once() {
        var readme = Project.read(Project.ROOT.resolve("README.md")).lines().toList();

        assertThat(measured("README: lines", 150, readme.size())).isLessThanOrEqualTo(150);
        assertThat(measured("README: line of first code", 25, 1 + readme.indexOf("```java")))
                .isBetween(1, 25);
    }

    private static List<JavaFile> parse(String kind) throws IOException {
        var paths = new ArrayList<Path>();
        for (var module : Project.modules()) {
            paths.addAll(Project.sources(module, kind));
        }
        return JavaFile.parse(paths);
    }

    private static Stream<Method> methods() {
        return all.stream().flatMap(file -> file.methods().stream());
    }

    private static List<String> offenders(Predicate<Method> tooMuch) {
        return all.stream()
                .flatMap(file -> file.methods().stream().filter(tooMuch).map(method -> file.path() + ": " + method))
                .toList();
    }

    private static int max(Stream<Integer> values) {
        return values.max(Comparator.naturalOrder()).orElse(0);
    }

    private static int measured(String what, int budget, int value) {
        MEASURED.put(what, String.format(Locale.ROOT, "%5d of %d", value, budget));
        return value;
    }
}
