package io.orrery.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Threads;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What has ended is in nobody's way, and keeps nothing alive: neither for its scope, nor for who has its handle. */
@Timeout(10)
class LeftBehindTest {

    private final CountDownLatch end = new CountDownLatch(1);

    private static boolean isCollected(WeakReference<?> thing) {
        while (!thing.refersTo(null) && !Thread.interrupted()) {
            System.gc();
            Thread.onSpinWait();
        }
        return thing.refersTo(null);
    }

    @ParameterizedTest
    @EnumSource
    void a_scope_with_nothing_to_do_keeps_no_result(Threads threads) throws Exception {
        try (var scope = JobScope.named("idle").limit(1).threads(threads).open()) {
            scope.spawnAction("first", () -> end.await());

            assertThat(isCollected(resultOfNext(scope))).isTrue();
            assertThat(scope.spawn("later", () -> 42).await()).isEqualTo(42);
        }
    }

    private WeakReference<Object> resultOfNext(JobScope scope) throws InterruptedException, ExecutionException {
        ScopedJob<Object> job = scope.spawn("next", Object::new);
        end.countDown();
        return new WeakReference<>(job.await());
    }

    @Test
    void the_handle_of_one_that_was_cancelled_in_line_keeps_none_that_came_later() throws InterruptedException {
        try (var scope = JobScope.named("busy").limit(1).open()) {
            scope.spawnAction("busy", () -> end.await());
            scope.spawnAction("pending", () -> {});
            List<ScopedJob<?>> cancelled = cancelled(scope, 1_000);
            ScopedJob<?> kept = cancelled.getFirst();
            WeakReference<Object> later = new WeakReference<>(cancelled.get(500));
            cancelled.clear();

            boolean collected = isCollected(later);
            end.countDown();
            assertThat(collected).isTrue();
            assertThat(kept.isEnded()).isTrue();
        }
    }

    private static List<ScopedJob<?>> cancelled(JobScope scope, int count) throws InterruptedException {
        List<ScopedJob<?>> cancelled = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            ScopedJob<?> job = scope.spawnAction("job " + number, () -> {});
            job.requestCancel();
            cancelled.add(job);
        }
        return cancelled;
    }
}
