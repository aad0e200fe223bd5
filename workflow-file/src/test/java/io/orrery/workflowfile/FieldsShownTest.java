package io.orrery.workflowfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.workflowfile.format.Vocabularies;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each field of the model but those of remote jobs is shown by a test to have its effect. */
class FieldsShownTest {
    private static final Path SOURCES = Path.of("src/test/java/io/orrery/workflowfile");

    /** Read, checked and refused at run: the folder of bad files and the whole example show that. */
    private static final Set<String> REMOTE =
            Set.of("file.nodes", "job.node", "job.push", "job.pull", "step.push", "step.pull");

    private static final Set<String> REMOTE_KINDS = Set.of("node", "transfer");

    @Test
    void every_field_is_shown_and_every_field_that_is_shown_exists() throws IOException {
        var known = Vocabularies.all().stream()
                .filter(kind -> !REMOTE_KINDS.contains(kind.name()))
                .flatMap(kind -> kind.known().stream().map(field -> kind.name() + "." + field))
                .filter(field -> !REMOTE.contains(field))
                .toList();
        var shown = new TreeSet<String>();
        for (Class<?> tests : tests()) {
            methods(tests).forEach(method -> shown.addAll(fields(method)));
        }

        assertThat(shown).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void a_test_that_shows_a_field_is_executed_and_its_class_writes_the_field() throws IOException {
        for (Class<?> tests : tests()) {
            var source = Files.readString(SOURCES.resolve(tests.getSimpleName() + ".java"));
            methods(tests).forEach(method -> {
                assertThat(method.isAnnotationPresent(Test.class))
                        .as(method.getName())
                        .isTrue();
                assertThat(fields(method))
                        .as(method.getName())
                        .allSatisfy(field -> assertThat(source)
                                .containsPattern("(\\b|\\\\n)" + field.substring(field.indexOf('.') + 1) + ":"));
            });
        }
    }

    private static List<Class<?>> tests() throws IOException {
        try (var files = Files.list(SOURCES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java"))
                    .map(name -> "io.orrery.workflowfile." + name.substring(0, name.length() - ".java".length()))
                    .<Class<?>>map(FieldsShownTest::type)
                    .toList();
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Method> methods(Class<?> tests) {
        return Stream.of(tests.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Shows.class))
                .toList();
    }

    private static Set<String> fields(Method method) {
        return Stream.of(method.getAnnotation(Shows.class).value())
                .map(line -> line.split(": "))
                .flatMap(line -> Stream.of(line[1].split(" ")).map(field -> line[0] + "." + field))
                .collect(Collectors.toSet());
    }
}
