package io.orrery.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Member;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page that tells those who know another system where its names and its tests are found here, in tables. */
final class MigrationPage {

    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w+)(?:\\.([A-Z]\\w+))?(?:\\.([a-z]\\w*)\\(\\))?`");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Contract))\\.(\\w+)`");
    private static final Pattern UPSTREAM_TEST = Pattern.compile("\\btest_\\w+");
    private static final List<String> MODULES = List.of("core", "schedule", "report", "servlet");

    private final List<List<String>> rows;

    private MigrationPage(List<List<String>> rows) {
        this.rows = rows;
    }

    /** The page on that system. */
    static MigrationPage from(String system) {
        return new MigrationPage(Project.read(Project.ROOT.resolve("docs", "from-" + system + ".md"))
                .lines()
                .filter(line -> line.startsWith("| ")
                        && !line.toLowerCase(Locale.ROOT).startsWith("| " + system + " |")
                        && !line.startsWith("| test |"))
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
                .toList());
    }

    private Stream<String> column(int column, boolean tests) {
        return rows.stream()
                .filter(row -> row.get(1).startsWith("test_") == tests)
                .map(row -> row.get(column));
    }

    /** Those names of the other system that are in no table. */
    Set<String> missing(String names) {
        var missing = new TreeSet<>(List.of(names.strip().split("\\s+")));
        column(1, /* tests= */ false)
                .flatMap(cell -> Pattern.compile("\\w+").matcher(cell).results())
                .map(MatchResult::group)
                .forEach(missing::remove);
        return missing;
    }

    /** The types and methods that are said to be ours and do not exist. */
    List<String> unknownNames() {
        Map<String, Class<?>> types = exportedTypes();
        return column(2, /* tests= */ false)
                .flatMap(cell -> NAME.matcher(cell).results())
                .filter(name -> !exists(types.get(name.group(1)), name.group(2), name.group(3)))
                .map(MatchResult::group)
                .toList();
    }

    /** Null is for what is not named: a type or constant in the type, a method. */
    private static boolean exists(Class<?> type, String member, String method) {
        if (type == null) {
            return false;
        }
        if (member == null) {
            return method == null || names(type.getMethods()).contains(method);
        }
        Optional<Class<?>> nested = Arrays.stream(type.getClasses())
                .filter(one -> one.getSimpleName().equals(member))
                .findFirst();
        return nested.isPresent()
                ? exists(nested.get(), null, method)
                : names(type.getFields()).contains(member) && method == null;
    }

    private static List<String> names(Member[] members) {
        return Arrays.stream(members).map(Member::getName).toList();
    }

    private static Map<String, Class<?>> exportedTypes() {
        var types = new TreeMap<String, Class<?>>();
        for (String module : MODULES) {
            for (String exported : Project.exportedPackages(module)) {
                Path folder = Project.classes(module).resolve(exported.replace('.', '/'));
                files(folder)
                        .filter(file -> folder.equals(file.getParent()))
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

    /** The tests of the other system that have a Java form. */
    List<String> upstreamTests() {
        var upstream = new ArrayList<String>();
        column(1, /* tests= */ true)
                .map(cell -> cell.split(": ", 2))
                .forEach(file -> UPSTREAM_TEST
                        .matcher(file[1])
                        .results()
                        .forEach(test -> upstream.add(file[0] + ": " + test.group())));
        return upstream;
    }

    /** The Java forms that do not exist. */
    List<String> unknownTests() {
        return column(2, /* tests= */ true)
                .flatMap(cell -> TEST.matcher(cell).results())
                .filter(test -> !sources(test.group(1)).contains("void " + test.group(2) + "("))
                .map(MatchResult::group)
                .toList();
    }

    /** All test classes of that name. */
    private static String sources(String type) {
        Set<String> sources = new LinkedHashSet<>();
        for (String module : Project.modules()) {
            for (String kind : List.of("main", "test")) {
                Path folder = Project.ROOT.resolve(module, "src", kind, "java");
                if (Files.exists(folder)) {
                    files(folder)
                            .filter(file -> file.endsWith(type + ".java"))
                            .forEach(file -> sources.add(Project.read(file)));
                }
            }
        }
        return String.join("\n", sources);
    }

    /** The items of the specification that it gives a reason for why no test shows them. */
    static List<String> reasons(String system, String letters) {
        var page = Project.read(Project.ROOT.resolve("docs", "from-" + system + ".md"));
        return Pattern.compile("^- ([" + letters + "]-\\d{3}): \\S.*$", Pattern.MULTILINE)
                .matcher(page)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
