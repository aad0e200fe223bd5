package io.orrery.scope;

import static io.orrery.scope.Stand.SECOND;
import static io.orrery.scope.Stand.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.job.State;
import io.orrery.job.Threads;
import io.orrery.spec.Spec;
import io.orrery.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScopeEventsTest {

    private final Stand stand = new Stand();

    @TempDir
    Path directory;

    private static String text(ScopeEvent event) {
        String what = event.at().toSeconds() + " " + event.getClass().getSimpleName();
        return switch (event) {
            case ScopeEvent.JobFinished end ->
                what + " " + end.job().name() + " " + end.outcome().state().word();
            case ScopeEvent.JobProgressed progressed ->
                what + " " + progressed.progress().text();
            case ScopeEvent.JobLogged logged -> what + " " + logged.message();
            case ScopeEvent.JobEvent job -> what + " " + job.job().name();
            case ScopeEvent.ScopeClosing closing -> what + " " + closing.why();
            case ScopeEvent.ScopeClosed closed ->
                what + " " + closed.snapshot().jobs().size();
            case ScopeEvent.ScopeOpened _ -> what;
        };
    }

    @ParameterizedTest
    @EnumSource
    void everything_that_happens_is_told_in_order(Threads threads) throws Exception {
        JobScope scope = stand.options()
                .threads(threads)
                .limit(1)
                .listener(event -> stand.log.add(text(event)))
                .open();
        var gate = stand.gate();
        scope.spawnAction("one", context -> {
            context.log("said");
            context.progress(0.5, "half");
            context.sleep(SECOND);
        });
        stand.time.awaitIdle();
        scope.spawn("two", at(gate));
        scope.spawn("three", at(gate));
        stand.time.advance(SECOND);
        scope.cancel();
        stand.time.awaitIdle();

        assertThat(stand.log)
                .containsExactly(
                        "0 ScopeOpened",
                        "0 JobSpawned one",
                        "0 JobStarted one",
                        "0 JobLogged said",
                        "0 JobProgressed half",
                        "0 JobSpawned two",
                        "0 JobSpawned three",
                        "1 JobFinished one succeeded",
                        "1 JobStarted two",
                        "1 ScopeClosing the scope was cancelled",
                        "1 JobFinished three not-run",
                        "1 JobFinished two cancelled",
                        "1 ScopeClosed 0");
    }

    @Test
    @Spec("J-031")
    void shielded_work_is_told_like_a_job() throws Exception {
        JobScope scope =
                stand.options().listener(event -> stand.log.add(text(event))).open();
        assertThat(scope.shield("work", () -> 1)).isEqualTo(1);
        scope.close();
        stand.time.awaitIdle();

        assertThat(stand.log)
                .containsExactly(
                        "0 ScopeOpened",
                        "0 JobSpawned work",
                        "0 JobStarted work",
                        "0 JobFinished work succeeded",
                        "0 ScopeClosing the scope is closed",
                        "0 ScopeClosed 0");
    }

    @Test
    void a_snapshot_shows_the_scope_and_its_jobs() throws Exception {
        JobScope scope = stand.options().limit(1).open();
        scope.spawn("one", at(stand.gate()));
        scope.spawn("two", at(stand.gate()));
        stand.time.advance(SECOND);

        assertThat(scope.snapshot())
                .isEqualTo(new ScopeSnapshot(
                        new ScopeSnapshot.Identity(
                                "scope", scope.id(), stand.time.instant().minus(SECOND)),
                        SECOND,
                        false,
                        0,
                        List.of(
                                new ScopeSnapshot.JobLine("one", State.RUNNING, false, false),
                                new ScopeSnapshot.JobLine("two", State.QUEUED, false, false))));
        assertThat(scope.snapshot().active()).isOne();
        assertThat(scope.snapshot().pending()).isOne();
        assertThat(scope.id()).hasSize(26);
        scope.cancel();
    }

    @Test
    void a_recording_shows_the_scope_and_its_jobs() throws IOException, InterruptedException {
        Path file = directory.resolve("scope.jfr");
        String id;
        try (var recording = new Recording()) {
            recording.enable("io.orrery.Scope");
            recording.enable("io.orrery.ScopedJob");
            recording.start();
            JobScope scope = stand.options().open();
            id = scope.id();
            scope.spawnAction("good", () -> {});
            scope.spawnAction("bad", () -> {
                throw new IllegalStateException("no");
            });
            scope.close();
            recording.stop();
            recording.dump(file);
        }

        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("io.orrery.Scope"))
                .toList();
        assertThat(events).allMatch(event -> event.getString("scopeId").equals(id));
        assertThat(events.stream()
                        .filter(event -> event.hasField("job"))
                        .map(event -> event.getString("job") + " " + event.getString("failure")))
                .containsExactlyInAnyOrder("good null", "bad java.lang.IllegalStateException: no");
        assertThat(events.stream()
                        .filter(event -> event.hasField("stuck"))
                        .map(event -> event.getString("name") + " " + event.getInt("stuck")))
                .containsExactly("scope 0");
    }

    @Test
    void interceptors_are_around_each_job_in_its_own_thread() throws Exception {
        JobScope scope = stand.options()
                .around((context, attempt) -> {
                    stand.log.add("before " + context.path());
                    attempt.proceed();
                    stand.log.add("after " + Thread.currentThread().getName());
                })
                .open();
        assertThat(scope.spawn("job", () -> 1).await()).isEqualTo(1);
        scope.close();

        assertThat(stand.log).containsExactly("before job", "after job");
    }

    @ParameterizedTest
    @EnumSource
    void a_job_has_nothing_of_the_thread_that_spawns_it(Threads threads) throws Exception {
        ScopedValue<String> scoped = ScopedValue.newInstance();
        var inheritable = new InheritableThreadLocal<String>();
        ClassLoader opener = Thread.currentThread().getContextClassLoader();
        JobScope scope = stand.options().threads(threads).open();
        ScopedJob<List<Object>> job = ScopedValue.where(scoped, "bound").call(() -> {
            inheritable.set("inherited");
            Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
            try {
                return scope.spawn(
                        "job",
                        () -> List.of(
                                scoped.isBound(),
                                inheritable.get() == null,
                                Thread.currentThread().getContextClassLoader()));
            } finally {
                Thread.currentThread().setContextClassLoader(opener);
                inheritable.remove();
            }
        });

        assertThat(job.await()).containsExactly(false, true, opener);
        String user = "bound";
        assertThat(scope.spawn("told", () -> ScopedValue.where(scoped, user).call(scoped::get))
                        .await())
                .isEqualTo("bound");
        scope.close();
    }

    @Test
    void a_body_knows_its_scope_and_can_run_a_workflow_which_is_cancelled_with_it() throws Exception {
        JobScope scope = stand.options().open();
        var flow = Workflow.named("flow");
        var step = flow.job("step", () -> "result");
        assertThat(scope.spawn(
                                "runs",
                                context -> context.run(flow).orThrow().result(step)
                                        + context.label()
                                        + context.attempt()
                                        + context.runId()
                                        + context.cancelled())
                        .await())
                .isEqualTo("resultruns1" + scope.id() + "false");
        assertThatThrownBy(() ->
                        scope.spawn("asks", context -> context.result(step)).await())
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
        var endless = Workflow.named("endless");
        endless.action("sleep", context -> context.sleep(SECOND.multipliedBy(1_000)));
        ScopedJob<?> job = scope.spawn("runs", context -> context.run(endless));
        stand.time.awaitIdle();
        job.cancel();

        assertThat(job.state()).isEqualTo(State.CANCELLED);
        scope.close();
    }
}
