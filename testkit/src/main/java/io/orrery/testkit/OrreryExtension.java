package io.orrery.testkit;

import io.orrery.run.RunOptions;
import io.orrery.schedule.scheduler.Scheduler;
import io.orrery.schedule.scheduler.SchedulerStatus.SchedulerState;
import io.orrery.time.ManualTime;
import io.orrery.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives test methods a clock of their own and what belongs to it, and checks after each test that no run on that clock has
 * left a thread behind.
 *
 * <p>A test method, or one that is called before or after each test, may have parameters of these types, the same for all
 * methods of one test: {@link ManualTime}; {@link RunRecorder}; {@link RunOptions}, with that time and that recorder; and, where
 * the test moves time, {@link Scheduler}, one in the zone UTC that has been started on that time, and is shut down after the test;
 * {@link ScheduleRecorder}, which listens to it.
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
    private static final Set<Class<?>> TYPES =
            Set.of(ManualTime.class, RunRecorder.class, RunOptions.class, Scheduler.class, ScheduleRecorder.class);

    private final Supplier<ManualTime> clock;
    private final boolean skips;

    /** For {@code @ExtendWith}: time jumps to the next due moment whenever all threads wait. */
    public OrreryExtension() {
        this(ManualTime::skipping, true);
    }

    private OrreryExtension(Supplier<ManualTime> clock, boolean skips) {
        this.clock = clock;
        this.skips = skips;
    }

    /** Time jumps to the next due moment whenever all threads wait. */
    public static OrreryExtension skipping() {
        return new OrreryExtension();
    }

    /** Time stands until the test moves it. */
    public static OrreryExtension stopped() {
        return new OrreryExtension(ManualTime::stopped, false);
    }

    /** Time begins at that moment, and stands until the test moves it. */
    public static OrreryExtension stoppedAt(Instant origin) {
        return new OrreryExtension(() -> ManualTime.stoppedAt(origin), false);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getTestMethod().isPresent()
                && TYPES.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return resolve(parameter.getParameter().getType(), store(context));
    }

    private Object resolve(Class<?> type, Store store) {
        if (type == RunOptions.class) {
            return RunOptions.defaults().time(time(store)).listener(recorder(store));
        }
        if (type == RunRecorder.class) {
            return recorder(store);
        }
        if (type == Scheduler.class) {
            return scheduler(store);
        }
        return type == ScheduleRecorder.class ? scheduleRecorder(store) : time(store);
    }

    private ManualTime time(Store store) {
        return store.computeIfAbsent(ManualTime.class, key -> clock.get(), ManualTime.class);
    }

    private static RunRecorder recorder(Store store) {
        return store.computeIfAbsent(RunRecorder.class, key -> new RunRecorder(), RunRecorder.class);
    }

    private static ScheduleRecorder scheduleRecorder(Store store) {
        return store.computeIfAbsent(ScheduleRecorder.class, key -> new ScheduleRecorder(), ScheduleRecorder.class);
    }

    private Scheduler scheduler(Store store) {
        if (skips) {
            throw new ParameterResolutionException(
                    "A scheduler needs time that stands until the test moves it, but this time skips, and would never"
                            + " come to the end of a schedule that recurs. Use @RegisterExtension final OrreryExtension"
                            + " orrery = OrreryExtension.stopped();");
        }
        return store.computeIfAbsent(Scheduler.class, key -> started(store), Scheduler.class);
    }

    private Scheduler started(Store store) {
        Scheduler scheduler =
                Scheduler.named("test").time(time(store)).zone(ZoneOffset.UTC).open();
        scheduler.start();
        scheduler.listen(scheduleRecorder(store));
        return scheduler;
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        Scheduler scheduler = store(context).get(Scheduler.class, Scheduler.class);
        while (scheduler != null && scheduler.state() != SchedulerState.STOPPED) {
            scheduler.shutdownNow();
        }
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
