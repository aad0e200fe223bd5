package io.orrery.systemtests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.module.ModuleDescriptor.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may use what. The orders and the absence of cycles have no exceptions. */
class ArchitectureTest {
    /** The packages of core, from the bottom up: each uses only those before it. */
    private static final List<String> CORE_PACKAGES = Stream.of(
                    "time", "process", "job", "plan", "outcome", "thread", "run", "scope", "workflow")
            .map("io.orrery."::concat)
            .toList();

    static final List<String> MODULES = Project.CODE_MODULES;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importPaths(
                    MODULES.stream().map(Project::classes).filter(Files::exists).toList());

    private final Set<String> exported = MODULES.stream()
            .flatMap(module -> Project.exportedPackages(module).stream())
            .collect(Collectors.toSet());

    @Test
    void every_module_with_code_has_its_place_in_the_architecture() {
        assertThat(Project.modules().stream().filter(ArchitectureTest::hasCode)).isSubsetOf(MODULES);
    }

    @Test
    void no_package_is_part_of_a_cycle() {
        slices().matching("io.orrery.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void core_has_no_package_without_a_place_in_their_order() {
        assertThat(CLASSES.stream()
                        .filter(in(Set.of("core")))
                        .map(JavaClass::getPackageName)
                        .filter(name -> !name.isEmpty()))
                .isSubsetOf(CORE_PACKAGES);
    }

    @Test
    void each_package_of_core_uses_only_those_before_it() {
        for (int i = 0; i < CORE_PACKAGES.size() - 1; i++) {
            var later = CORE_PACKAGES.subList(i + 1, CORE_PACKAGES.size());
            noClasses()
                    .that()
                    .resideInAPackage(CORE_PACKAGES.get(i))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(later.toArray(String[]::new))
                    .check(CLASSES);
        }
    }

    @ParameterizedTest
    @FieldSource("MODULES")
    void a_module_uses_only_modules_below_it(String module) {
        var allowed = new HashSet<>(Project.MAY_USE.get(module));
        allowed.add(module);

        noClasses()
                .that(in(Set.of(module)))
                .should()
                .dependOnClassesThat(in(allButThose(allowed)))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void core_needs_two_modules_of_the_jdk_and_nothing_else() {
        assertThat(requires("core")).containsExactlyInAnyOrder("java.base", "jdk.jfr");
    }

    @ParameterizedTest
    @ValueSource(strings = {"report", "schedule"})
    void some_modules_need_core_and_the_jdk_alone(String module) {
        assertThat(requires(module)).allMatch(name -> name.matches("io\\.orrery|(java|jdk)\\..*"));
    }

    /** What javac's exports lint would say, if it did not count annotations. */
    @Test
    void what_a_user_can_see_mentions_nothing_that_a_user_cannot_see() {
        assertThat(CLASSES.stream()
                        .filter(this::isVisible)
                        .flatMap(type -> type.getMembers().stream())
                        .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC)
                                || member.getModifiers().contains(JavaModifier.PROTECTED))
                        .flatMap(member -> member.getAllInvolvedRawTypes().stream()
                                .map(JavaClass::getBaseComponentType)
                                .filter(type -> type.getPackageName().startsWith("io.orrery"))
                                .filter(type -> !isVisible(type))
                                .map(type -> member.getFullName() + " mentions " + type.getName())))
                .isEmpty();
    }

    @Test
    void nobody_but_the_time_package_reads_a_clock_or_sleeps() {
        noClasses()
                .that(in(allButThose(Project.UNPUBLISHED)))
                .and()
                .resideOutsideOfPackage("io.orrery.time")
                .should(ReadAClockOrSleep.CONDITION)
                .check(CLASSES);
    }

    /** But for the job whose purpose it is to print. */
    @Test
    void nobody_but_the_command_line_uses_the_standard_streams() {
        noClasses()
                .that(in(allButThose(Project.UNPUBLISHED)))
                .and()
                .resideOutsideOfPackage("io.orrery.cli..")
                .and()
                .doNotHaveFullyQualifiedName("io.orrery.job.Print")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(IO.class)
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(CLASSES);
    }

    private boolean isVisible(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(this::isVisible).orElse(exported.contains(type.getPackageName()));
    }

    private static boolean hasCode(String module) {
        return Files.exists(Project.ROOT.resolve(module, "src", "main"));
    }

    private static Set<String> allButThose(Set<String> modules) {
        var others = new HashSet<>(MODULES);
        others.removeAll(modules);
        return others;
    }

    private static DescribedPredicate<JavaClass> in(Set<String> modules) {
        return DescribedPredicate.describe(
                "are in " + modules,
                type -> type.getSource()
                        .filter(source -> modules.stream()
                                .map(Project::classes)
                                .map(Path::toUri)
                                .anyMatch(folder -> source.getUri().toString().startsWith(folder.toString())))
                        .isPresent());
    }

    /** The modules that are there at run time. */
    private static Stream<String> requires(String module) {
        return Project.descriptor(module).stream()
                .flatMap(descriptor -> descriptor.requires().stream())
                .filter(required -> !required.modifiers().contains(Requires.Modifier.STATIC))
                .map(Requires::name);
    }
}
