package io.orrery.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes one line for each {@link Spec} item and test that was executed and passed to the file that the system property
 * {@code orrery.spec-coverage} names; does nothing without it. Found by the JUnit Platform in every module whose tests
 * see this jar.
 */
public final class SpecCoverage implements TestExecutionListener {
    /** What all test plans of this JVM have shown. */
    private static final Set<String> ALL = new ConcurrentSkipListSet<>();

    private final Set<String> shown = new ConcurrentSkipListSet<>();
    private final Optional<Path> file;
    private TestPlan plan;

    /** For the JUnit Platform. */
    public SpecCoverage() {
        this(Optional.ofNullable(System.getProperty("orrery.spec-coverage"))
                .filter(name -> !name.isBlank())
                .map(Path::of));
    }

    SpecCoverage(Optional<Path> file) {
        this.file = file;
    }

    Set<String> shown() {
        return shown;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest() && result.getStatus() == Status.SUCCESSFUL) {
            method(Optional.of(test)).ifPresent(this::record);
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan testPlan) {
        file.ifPresent(path -> {
            ALL.addAll(shown);
            try {
                Files.createDirectories(path.toAbsolutePath().getParent());
                Files.write(path, ALL);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The method of a test, also of one invocation of a parameterized one. */
    private Optional<MethodSource> method(Optional<TestIdentifier> test) {
        return test.flatMap(t -> t.getSource()
                .filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .or(() -> method(plan.getParent(t))));
    }

    private void record(MethodSource method) {
        for (var item : items(method)) {
            shown.add(item + " " + method.getClassName() + "#" + method.getMethodName());
        }
    }

    private static Set<String> items(MethodSource method) {
        var items = new TreeSet<String>();
        add(items, method.getJavaMethod().getAnnotation(Spec.class));
        add(items, method.getJavaMethod().getDeclaringClass().getAnnotation(Spec.class));
        for (Class<?> type = method.getJavaClass(); type != null; type = type.getEnclosingClass()) {
            add(items, type.getAnnotation(Spec.class));
        }
        return items;
    }

    private static void add(Set<String> items, Spec spec) {
        if (spec != null) {
            Collections.addAll(items, spec.value());
        }
    }
}
