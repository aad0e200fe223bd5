package io.orrery.schedule.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.RetryPolicy;
import io.orrery.job.State;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.store.Completion;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.schedule.store.StoreException;
import io.orrery.schedule.trigger.Trigger;
import io.orrery.spec.Spec;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is not even an exception, and what can never be written, keeps nobody from being fired either. */
@Spec("GT33")
class FaultTest extends SchedulerFixture {

    /** Nothing can be counted to by it from later than its first moment. */
    static final Trigger TOO_FAR = Trigger.every(Duration.between(START.plusSeconds(1), Instant.MAX))
            .from(START.plusSeconds(1))
            .afterCompletion();

    private final Set<String> broken = ConcurrentHashMap.newKeySet(); // methods of stores that throw errors
    private final Set<String> poison = ConcurrentHashMap.newKeySet(); // what an end that cannot be written has in it

    private ScheduleStore faulty() {
        return faulty(ScheduleStore.inMemory());
    }

    private ScheduleStore faulty(ScheduleStore real) {
        return (ScheduleStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ScheduleStore.class}, (self, method, arguments) -> {
                    if (broken.contains(method.getName())) {
                        throw new NoClassDefFoundError("a class of the driver, by design");
                    }
                    if (method.getName().equals("complete")) {
                        requireNoPoison((List<?>) arguments[0]);
                    }
                    return called(real, method, arguments);
                });
    }

    private static @Nullable Object called(ScheduleStore real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void requireNoPoison(List<?> completions) {
        for (Object one : completions) {
            Completion completion = (Completion) one;
            String words =
                    completion.lease().fire().id() + " " + completion.history().note();
            if (poison.stream().anyMatch(words::contains)) {
                throw new StoreException("a value is refused. Mend it.", new IllegalStateException("refused"));
            }
        }
    }

    @Test
    @Spec({"L-001", "L-005"})
    void a_store_that_throws_errors_is_asked_again_later_and_the_others_go_on() throws InterruptedException {
        List<String> stores = IntStream.range(0, 9).mapToObj(i -> "weak" + i).toList();
        stores.forEach(alias -> scheduler.addStore(alias, faulty()));
        started();
        stores.forEach(alias -> scheduler.add(every("in-" + alias, SECOND).store(alias)));
        scheduler.add(every("b", SECOND));
        time.awaitIdle();
        broken.add("take");
        advance(4);
        assertThat(trail.fires().stream().filter(line -> line.contains("executed")))
                .containsExactly("1s b executed", "2s b executed", "3s b executed", "4s b executed");

        broken.clear();
        advance(8);
        assertThat(trail.fires())
                .containsAll(stores.stream()
                        .map(alias -> "11s in-" + alias + " executed")
                        .toList());
    }

    @Test
    @Spec("GT34")
    void errors_of_a_store_do_not_end_the_renewal_of_leases() throws InterruptedException {
        var renewed = ConcurrentHashMap.<String>newKeySet();
        ScheduleStore real = ScheduleStore.inMemory();
        scheduler.addStore("shared", (ScheduleStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ScheduleStore.class}, (self, method, arguments) -> {
                    if (method.getName().equals("renew") && renewed.add(EventTrail.since(time.instant()))) {
                        throw new NoClassDefFoundError("a class of the driver, by design");
                    }
                    return method.getName().equals("isLocal") ? (Object) false : called(real, method, arguments);
                }));
        started();
        advance(11);

        assertThat(renewed).hasSize(3);
    }

    @Test
    @Spec("T-009")
    void what_cannot_be_counted_from_the_end_of_a_run_is_quarantined_and_the_run_has_ended()
            throws InterruptedException {
        started().add(Schedule.named("a").trigger(TOO_FAR).action(() -> time.sleep(SECOND)));
        scheduler.add(every("b", SECOND));
        advance(3);

        assertThat(trail.fires())
                .containsSubsequence("1s a submitted", "2s a executed")
                .anyMatch(line -> line.startsWith("2s a modified: quarantined: its next time cannot be found"))
                .contains("3s b executed");
        assertThat(scheduler.schedule("a").orElseThrow().state()).isEqualTo(ScheduleState.QUARANTINED);
        assertThat(scheduler.schedule("a").orElseThrow().running()).isEmpty();
        assertThat(scheduler.shutdown()).isTrue();
    }

    @Test
    @Spec("GT55")
    void a_condition_of_a_retry_that_throws_an_error_ends_its_fire_as_failed() throws InterruptedException {
        RetryPolicy retry = RetryPolicy.retries(1).on(ending -> {
            throw new AssertionError("by design");
        });
        started()
                .add(Schedule.named("a")
                        .every(SECOND)
                        .action(() -> {
                            throw new IllegalStateException("by design");
                        })
                        .policy(policy -> policy.retry(retry)));
        advance(2);

        assertThat(trail.fires())
                .containsExactly(
                        "0ms a added", "1s a submitted", "1s a error: failed", "2s a submitted", "2s a error: failed");
    }

    @Test
    @Spec("L-005")
    void an_end_whose_words_a_store_refuses_is_written_without_them() throws InterruptedException {
        scheduler.addStore("weak", faulty());
        started().add(Schedule.named("a").every(MINUTE).store("weak").action(() -> {
            throw new IllegalStateException("poison");
        }));
        poison.add("poison");
        FiredJob fired = scheduler.runNow("a");
        time.awaitIdle();

        assertThat(fired.await().state()).isEqualTo(State.FAILED);
        assertThat(scheduler.schedule("a").orElseThrow().history().outcome()).isEqualTo("failed");
        assertThat(scheduler.schedule("a").orElseThrow().history().note())
                .contains("how it ended could not be written")
                .contains("a value is refused");
    }

    @Test
    @Spec("L-005")
    void an_end_that_can_never_be_written_keeps_the_others_from_being_written_for_a_while_only()
            throws InterruptedException {
        scheduler.addStore("weak", faulty());
        started().add(every("a", Duration.ofMinutes(10)).store("weak"));
        scheduler.add(every("b", SECOND).store("weak"));
        time.awaitIdle();
        poison.add("a@");
        FiredJob fired = scheduler.runNow("a");
        advance(120);
        assertThat(fired.await().state()).isEqualTo(State.SUCCEEDED);
        assertThat(scheduler.schedule("a").orElseThrow().running()).hasSize(1);
        trail.lines();

        advance(5);
        assertThat(trail.fires())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 5)
                        .mapToObj(second -> "2m" + second + "s b ")
                        .flatMap(line -> Stream.of(line + "submitted", line + "executed"))
                        .toList());
    }
}
