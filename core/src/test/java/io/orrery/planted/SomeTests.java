package io.orrery.planted;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs the test methods that are named, as {@code package.Type#method}, and exits with what became of them. */
public final class SomeTests {
    static final int PASSED = 10;
    static final int FAILED = 11;
    static final int NONE = 12;

    private SomeTests() {}

    /** The program. */
    public static void main(String[] names) {
        var summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(Arrays.stream(names)
                                        .map(name -> selectClass(name.substring(0, name.indexOf('#'))))
                                        .toList())
                                .filters((PostDiscoveryFilter) test -> filtered(test, names))
                                .build(),
                        summary);
        summary.getSummary()
                .getFailures()
                .forEach(failure ->
                        IO.println(failure.getTestIdentifier().getDisplayName() + ": " + failure.getException()));
        long begun = summary.getSummary().getTestsStartedCount();
        long passed = summary.getSummary().getTestsSucceededCount();
        System.exit(begun == 0 ? NONE : begun == passed ? PASSED : FAILED);
    }

    private static FilterResult filtered(TestDescriptor test, String[] names) {
        return FilterResult.includedIf(test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .filter(method -> Arrays.asList(names).contains(method.getClassName() + "#" + method.getMethodName()))
                .isPresent());
    }
}
