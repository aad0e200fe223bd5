package io.orrery.testkit;

import io.orrery.run.RunOptions;
import io.orrery.time.ManualTime;
import io.orrery.time.TimeSource;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives test methods a clock of their own and what belongs to it, and checks after each test that no run on that clock has
 * left a thread behind.
 *
 * <p>A test method, or one that is called before or after each test, may have parameters of these types, the same for all
 * methods of one test: {@link ManualTime}; {@link RunRecorder}; {@link RunOptions}, with that time and that recorder.
 *
 * {@snippet :
 * @ExtendWith(OrreryExtension.class) // time jumps to whatever is due next
 * class BackupTest {
 *     @Test
 *     void a_second_attempt_comes_after_an_hour(RunOptions options, RunRecorder recorder) {
 *         RunAssert.assertThat(backup().run(options)).succeeded().took(Duration.ofHours(1));
 *         recorder.trail().assertOrder("copy failed, retried in 1h", "copy started, attempt 2", "copy succeeded");
 *     }
 * }
 * }
 *
 * <p>Where a test wants to move time itself, it has the field
 * {@code @RegisterExtension final OrreryExtension orrery = OrreryExtension.stopped();} instead. Tests may run in parallel.
 */
public final class OrreryExtension implements ParameterResolver, AfterEachCallback {

    /** Configuration parameter: how long a thread that is ending may take, in milliseconds of real time. */
    static final String PATIENCE = "orrery.testkit.patience";

    private static final Namespace NAMESPACE = Namespace.create(OrreryExtension.class);
    private static final Set<Class<?>> TYPES = Set.of(ManualTime.class, RunRecorder.class, RunOptions.class);

    private final Supplier<ManualTime> clock;

    /** For {@code @ExtendWith}: time jumps to the next due moment whenever all threads wait. */
    public OrreryExtension() {
        this(ManualTime::skipping);
    }

    private OrreryExtension(Supplier<ManualTime> clock) {
        this.clock = clock;
    }

    /** Time jumps to the next due moment whenever all threads wait. */
    public static OrreryExtension skipping() {
        return new OrreryExtension();
    }

    /** Time stands until the test moves it. */
    public static OrreryExtension stopped() {
        return new OrreryExtension(ManualTime::stopped);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getTestMethod().isPresent()
                && TYPES.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        ManualTime time = store(context).computeIfAbsent(ManualTime.class, key -> clock.get(), ManualTime.class);
        if (type == ManualTime.class) {
            return time;
        }
        RunRecorder recorder =
                store(context).computeIfAbsent(RunRecorder.class, key -> new RunRecorder(), RunRecorder.class);
        return type == RunRecorder.class
                ? recorder
                : RunOptions.defaults().time(time).listener(recorder);
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        ManualTime time = store(context).get(ManualTime.class, ManualTime.class);
        if (time != null) {
            long patience =
                    context.getConfigurationParameter(PATIENCE, Long::valueOf).orElse(5_000L);
            Leftovers.check(time, Duration.ofMillis(patience), TimeSource.system());
        }
    }

    private static Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }
}
