package io.orrery.systemtests;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Where things are in this repository, and which module may use which. */
final class Project {
    /** Tests run in the folder of their module. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** The architecture: every module and the modules that it may use, from the bottom up. */
    static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("core", Set.of()),
            Map.entry("schedule", Set.of("core")),
            Map.entry("json", Set.of("core", "schedule")),
            Map.entry("store-jdbc", Set.of("core", "schedule")),
            Map.entry("report", Set.of("core")),
            Map.entry("workflow-file", Set.of("core", "schedule")),
            Map.entry("servlet", Set.of("core")),
            Map.entry("cli", Set.of("core", "schedule", "report", "workflow-file")),
            Map.entry("testkit", Set.of("core", "schedule")),
            Map.entry("examples", Set.of("core", "report")),
            Map.entry("benchmarks", Set.of("core", "schedule", "store-jdbc")));

    /** Programs of ours that nobody depends on. They may read clocks and print. */
    static final Set<String> UNPUBLISHED = Set.of("examples", "benchmarks");

    /** In the order in which they are built. */
    static final List<String> CODE_MODULES =
            modules().stream().filter(MAY_USE::containsKey).toList();

    static final List<String> PUBLISHED = CODE_MODULES.stream()
            .filter(module -> !UNPUBLISHED.contains(module))
            .toList();

    private Project() {}

    static Path classes(String module) {
        return ROOT.resolve(module, "target", "classes");
    }

    /** The compiled module descriptor, if it has one. */
    static Optional<ModuleDescriptor> descriptor(String module) {
        var file = classes(module).resolve("module-info.class");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(file)) {
            return Optional.of(ModuleDescriptor.read(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The packages that a user of the module can see. */
    static Set<String> exportedPackages(String module) {
        return descriptor(module).stream()
                .flatMap(descriptor -> descriptor.exports().stream())
                .filter(exports -> !exports.isQualified())
                .map(Exports::source)
                .collect(toSet());
    }

    /** Below {@code target} of the whole project, for what people want to look up after a build. */
    static Path result(String name) throws IOException {
        return Files.createDirectories(ROOT.resolve("target")).resolve(name);
    }

    /** The Java files of a module, {@code kind} being main or test; none if it has none. */
    static List<Path> sources(String module, String kind) throws IOException {
        var folder = ROOT.resolve(module, "src", kind, "java");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    /** All modules of the parent pom, in its order. */
    static Set<String> modules() {
        return Pattern.compile("<module>(.*)</module>")
                .matcher(read(ROOT.resolve("pom.xml")))
                .results()
                .map(match -> match.group(1))
                .collect(toCollection(LinkedHashSet::new));
    }

    static String version() {
        var matcher = Pattern.compile("<version>(.*)</version>").matcher(read(ROOT.resolve("pom.xml")));
        if (!matcher.find()) {
            throw new IllegalStateException("The parent pom names no version");
        }
        return matcher.group(1);
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
