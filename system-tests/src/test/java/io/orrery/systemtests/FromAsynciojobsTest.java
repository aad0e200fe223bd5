package io.orrery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.spec.Spec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code docs/from-asynciojobs.md} names what exists, and leaves nothing out. */
class FromAsynciojobsTest {

    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w+)(?:\\.(\\w+)\\(\\))?`");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern UPSTREAM_TEST = Pattern.compile("\\btest_\\w+");

    /** What users of asynciojobs know: its types, their methods and their options. */
    private static final String PUBLIC_NAMES = """
        AbstractJob Job PrintJob PureScheduler Scheduler Sequence Watch __version__ SchedulerJob orchestrate rain_check engine
        forever critical label required scheduler co_run co_shutdown coshutdown text_label graph_label details
        standalone_run is_idle is_scheduled is_running is_done raised_exception result is_critical requires remove
        sleep banner jobs append add update iterate_jobs scan_schedulers len jobs_window timeout shutdown_timeout watch
        verbose run shutdown topological_order entry_jobs exit_jobs discard_forever compute_backlinks predecessors
        successors predecessors_upstream successors_downstream stats repr sanitize check_cycles bypass_and_remove
        keep_only keep_only_between keep_starts keep_ends failed_time_out failed_critical why list list_safe debrief
        dot_format graph export_as_dotfile export_as_graphic export_as_pngfile export_as_svgfile reset seconds elapsed
        print_elapsed print_wall_clock repr_short repr_main repr_result repr_requires Window DotStyle BestSet\
        """;

    private static final List<List<String>> ROWS = new ArrayList<>();

    @BeforeAll
    static void readTables() {
        Project.read(Project.ROOT.resolve("docs", "from-asynciojobs.md"))
                .lines()
                .filter(line ->
                        line.startsWith("| ") && !line.startsWith("| asynciojobs") && !line.startsWith("| test |"))
                .forEach(line -> ROWS.add(
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toList()));
    }

    private static Stream<String> column(int column, boolean tests) {
        return ROWS.stream()
                .filter(row -> row.get(1).startsWith("test_") == tests)
                .map(row -> row.get(column));
    }

    @Test
    @Spec({"A-001", "A-118"})
    void every_public_name_of_asynciojobs_is_in_a_table() {
        var missing = new TreeSet<>(List.of(PUBLIC_NAMES.split("\\s+")));
        column(1, /* tests= */ false)
                .flatMap(cell -> Pattern.compile("\\w+").matcher(cell).results())
                .map(MatchResult::group)
                .forEach(missing::remove);

        assertThat(missing).isEmpty();
    }

    @Test
    void every_name_of_ours_exists() {
        Map<String, Class<?>> types = exportedTypes();

        List<String> unknown = column(2, /* tests= */ false)
                .flatMap(cell -> NAME.matcher(cell).results())
                .filter(name -> !exists(types.get(name.group(1)), name.group(2)))
                .map(MatchResult::group)
                .toList();

        assertThat(unknown).isEmpty();
    }

    private static boolean exists(Class<?> type, String method) {
        return type != null
                && (method == null
                        || Arrays.stream(type.getMethods()).map(Method::getName).anyMatch(method::equals));
    }

    private static Map<String, Class<?>> exportedTypes() {
        var types = new TreeMap<String, Class<?>>();
        for (String module : List.of("core", "report")) {
            for (String exported : Project.exportedPackages(module)) {
                files(Project.classes(module).resolve(exported.replace('.', '/')))
                        .map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".class") && !name.contains("$") && !name.contains("-"))
                        .map(name -> name.substring(0, name.length() - ".class".length()))
                        .forEach(name -> types.put(name, load(exported + "." + name)));
            }
        }
        return types;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name, e);
        }
    }

    private static Stream<Path> files(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void all_63_tests_of_asynciojobs_have_a_java_form_that_exists() {
        var upstream = new ArrayList<String>();
        var unknown = new ArrayList<String>();
        for (List<String> row :
                ROWS.stream().filter(row -> row.get(1).startsWith("test_")).toList()) {
            String[] file = row.get(1).split(": ", 2);
            UPSTREAM_TEST.matcher(file[1]).results().forEach(test -> upstream.add(file[0] + ": " + test.group()));
            TEST.matcher(row.get(2))
                    .results()
                    .filter(test -> !sources(test.group(1)).contains("void " + test.group(2) + "("))
                    .forEach(test -> unknown.add(test.group()));
        }

        assertThat(unknown).isEmpty();
        assertThat(upstream).hasSize(63).doesNotHaveDuplicates();
    }

    /** All test classes of that name. */
    private static String sources(String type) {
        Set<String> sources = new LinkedHashSet<>();
        for (String module : List.of("core", "report")) {
            files(Project.ROOT.resolve(module, "src", "test", "java"))
                    .filter(file -> file.endsWith(type + ".java"))
                    .forEach(file -> sources.add(Project.read(file)));
        }
        return String.join("\n", sources);
    }
}
