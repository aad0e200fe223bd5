package io.orrery.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the Javadoc and the pages show in Java compiles, given what {@link SnippetStubs} takes for granted. */
class SnippetsTest {

    private static final String IMPORTS = Stream.of(
                    "static io.orrery.job.Condition",
                    "static java.time.DayOfWeek",
                    "static org.junit.jupiter.api.Assertions",
                    "io.orrery.job",
                    "io.orrery.outcome",
                    "io.orrery.outcome.RunEvent",
                    "io.orrery.plan",
                    "io.orrery.report",
                    "io.orrery.run",
                    "io.orrery.json",
                    "io.orrery.schedule",
                    "io.orrery.schedule.executor",
                    "io.orrery.schedule.scheduler",
                    "io.orrery.schedule.store",
                    "io.orrery.schedule.trigger",
                    "io.orrery.scope",
                    "io.orrery.servlet",
                    "io.orrery.store.jdbc",
                    "io.orrery.testkit",
                    "io.orrery.time",
                    "io.orrery.workflow",
                    "io.orrery.workflowfile",
                    "jakarta.servlet",
                    "java.io",
                    "java.nio.file",
                    "java.time",
                    "java.util",
                    "org.junit.jupiter.api",
                    "org.junit.jupiter.api.extension",
                    "org.junit.jupiter.params",
                    "org.junit.jupiter.params.provider")
            .map("import %s.*;\n"::formatted)
            .collect(Collectors.joining("", "package io.orrery.examples;\n", ""));

    @TempDir
    private Path work;

    static List<Snippet> snippets() throws IOException {
        return Snippet.all();
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void a_snippet_compiles(Snippet snippet) {
        var asStatements = problems("void snippet() throws Exception {\n" + snippet.code() + "\n}");

        if (!asStatements.isEmpty()) {
            assertThat(problems(snippet.code()))
                    .as("neither the body of a method (%s) nor a member of a class", asStatements)
                    .isEmpty();
        }
    }

    private List<String> problems(String members) {
        var code = IMPORTS + "class Try extends SnippetStubs {\n" + members + "\n}\n";
        var source = new SimpleJavaFileObject(URI.create("string:///Try.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return code;
            }
        };
        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        var options = List.of("-proc:none", "-d", work.toString(), "-cp", System.getProperty("java.class.path"));
        ToolProvider.getSystemJavaCompiler()
                .getTask(new StringWriter(), null, diagnostics, options, null, List.of(source))
                .call();
        return diagnostics.getDiagnostics().stream()
                .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                .toList();
    }
}
