package io.orrery.schedule.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.orrery.job.JobOutcome;
import io.orrery.process.ProcessTable;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.scheduler.FiredJob;
import io.orrery.schedule.scheduler.Scheduler;
import io.orrery.schedule.trigger.Trigger;
import io.orrery.spec.Spec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, in real time. */
@Tag("smoke")
@Spec({"X-007", "GT55", "GT56", "PR-009"})
class ProcessExecutorTest {

    @TempDir
    Path folder;

    private final ProcessOptions options = ProcessOptions.of(TestJobs.class).jvm("-Xmx64m");
    private final Scheduler scheduler = Scheduler.named("test")
            .executor("process", JobExecutor.processes(options))
            .open();

    @BeforeEach
    void start() {
        new TestJobs().declare(scheduler.jobs());
        scheduler.start();
    }

    @AfterEach
    void stop() {
        if (!scheduler.state().word().equals("stopped")) {
            scheduler.shutdownNow();
        }
    }

    private FiredJob fired(String job, @Nullable Object payload) {
        return fired(Schedule.named(job).job(job, payload));
    }

    private FiredJob fired(Schedule schedule) {
        scheduler.add(schedule.executor("process").trigger(Trigger.manual()));
        return scheduler.runNow(schedule.id());
    }

    private ProcessJobException failure(FiredJob fired) throws InterruptedException {
        Optional<Throwable> failure = fired.await().failure();
        assertThat(failure).containsInstanceOf(ProcessJobException.class);
        return (ProcessJobException) failure.orElseThrow();
    }

    /** The numbers of the processes that a job tells. */
    private List<Long> told(Path file) throws Exception {
        try (var changes = folder.getFileSystem().newWatchService()) {
            folder.register(changes, StandardWatchEventKinds.ENTRY_CREATE);
            while (!Files.exists(file)) {
                changes.take().reset();
            }
        }
        return Stream.of(Files.readString(file).split(" ")).map(Long::valueOf).toList();
    }

    private static List<Long> living() {
        return ProcessTable.look("no mark", Set.of()).entries().stream()
                .map(ProcessTable.Entry::pid)
                .toList();
    }

    @Test
    void a_payload_goes_there_and_the_result_comes_back() throws InterruptedException {
        assertThat(fired("double", 21).await()).isEqualTo(new JobOutcome.Succeeded(42));

        FiredJob facts = fired("facts", null);
        assertThat(facts.await().toString()).contains(facts.fire().id() + " 1 ").contains(" facts");
    }

    @Test
    void what_is_thrown_there_comes_back_with_its_type_its_trace_and_its_cause() throws InterruptedException {
        ProcessJobException failure = failure(fired("fail", "oh no"));

        assertThat(failure).hasMessage("java.lang.IllegalStateException: oh no");
        assertThat(failure.type()).contains("java.lang.IllegalStateException");
        assertThat(failure.getStackTrace()[0].getClassName()).isEqualTo(TestJobs.class.getName());
        assertThat(failure.getCause()).hasMessage("java.io.IOException: because of this");
    }

    @Test
    void a_result_that_is_no_data_is_a_failure_that_says_so() throws InterruptedException {
        assertThat(failure(fired("object", null)))
                .hasMessageContaining("The result of a job in a process comes back as data")
                .hasMessageContaining("Use the codec of the module json");
    }

    @Test
    void a_process_that_leaves_before_its_job_has_ended_is_a_failure() throws InterruptedException {
        ProcessJobException failure = failure(fired("exit", 0));

        assertThat(failure.type()).isEmpty();
        assertThat(failure)
                .hasMessageMatching("(?s)Process \\d+ of exit@\\S+ ended before its job had: exit 0\\. The last that it"
                        + " wrote: about to leave");
        assertThat(failure(fired(Schedule.named("other").job("exit", 7)))).hasMessageContaining(": exit 7.");
    }

    @Test
    void a_process_that_is_killed_is_a_failure() throws Exception {
        Path file = folder.resolve("numbers");
        FiredJob fired = fired("hang", file.toString());
        List<Long> processes = told(file);

        ProcessHandle.of(processes.getFirst()).orElseThrow().destroyForcibly();

        assertThat(failure(fired))
                .hasMessageContaining("ended before its job had: killed by KILL (137). It wrote nothing.");
        assertThat(living()).doesNotContainAnyElementsOf(processes);
    }

    @Test
    void a_process_without_memory_is_a_failure() throws InterruptedException {
        assertThat(failure(fired("eat", null)))
                .hasMessageContaining("exit 3")
                .hasMessageContaining("java.lang.OutOfMemoryError");
    }

    @Test
    void a_job_that_is_too_slow_is_interrupted_with_all_that_it_has_started() throws Exception {
        Path file = folder.resolve("numbers");
        Duration timeout = Duration.ofSeconds(2);
        do { // its process has begun it before, which takes as long as the machine wants
            timeout = timeout.multipliedBy(2);
            assertThat(timesOut(timeout, file)).isInstanceOf(JobOutcome.TimedOut.class);
        } while (!Files.exists(file));

        assertThat(living()).doesNotContainAnyElementsOf(told(file));
        assertThat(folder.resolve("interrupted")).exists();
    }

    private JobOutcome timesOut(Duration timeout, Path file) throws InterruptedException {
        Schedule schedule = Schedule.named("within " + timeout).job("hang", file.toString());
        return fired(schedule.policy(policy -> policy.timeout(timeout))).await();
    }

    @Test
    void a_job_that_does_not_listen_is_killed_with_all_that_it_has_started() throws Exception {
        Path file = folder.resolve("numbers");
        FiredJob fired = fired("deaf", file.toString());
        List<Long> processes = told(file);

        scheduler.shutdownNow();

        assertThat(fired.await()).isInstanceOf(JobOutcome.Cancelled.class);
        assertThat(living()).doesNotContainAnyElementsOf(processes);
    }

    @Test
    void what_it_writes_is_in_the_log() throws InterruptedException {
        Recorder recorder = new Recorder();
        Logger logger = Logger.getLogger("io.orrery.schedule.job");
        logger.addHandler(recorder);
        try {
            FiredJob fired = fired("print", null);
            assertThat(fired.await()).isInstanceOf(JobOutcome.Succeeded.class);
            String id = fired.fire().id();
            assertThat(recorder.lines).containsExactly(id + ": to the standard output", id + ": to the standard error");
        } finally {
            logger.removeHandler(recorder);
        }
    }

    private static final class Recorder extends Handler {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            lines.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    @Spec("K-011")
    void what_a_process_cannot_run_is_refused_when_it_is_added() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fired(Schedule.named("code").action(() -> {})))
                .withMessageContaining("A process runs jobs by name, but \"code\" runs")
                .withMessageContaining("Declare the code in " + TestJobs.class.getName());
        scheduler.action("elsewhere", () -> {});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fired("elsewhere", null))
                .withMessageContaining("there is none named \"elsewhere\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fired("double", "text"))
                .withMessageContaining("works on a java.lang.Integer, but the payload is a java.lang.String");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JobExecutor.processes(ProcessOptions.of(Hidden.class)))
                .withMessageContaining("a public class with a public constructor without parameters")
                .withMessageContaining(Hidden.class.getName());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.limit(0))
                .withMessage("The number of processes must be positive, but is 0. Use 1 for one after the other.");
    }

    private static final class Hidden implements JobDeclarations {
        @Override
        public void declare(JobCatalog jobs) {}
    }
}
