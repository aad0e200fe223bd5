package io.orrery.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.spec.Spec;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service under load from a client of its own, both real processes, stopped in the middle. */
@Tag("real-time")
@Timeout(60)
class OrderServiceTest {
    /** To begin stopping, and to be gone, on a busy machine; far less than the order takes that is not waited for. */
    private static final Duration VIRTUAL_MACHINE = Duration.ofSeconds(10);

    @Test
    @Spec({"J-029", "J-030", "J-032"})
    void when_it_is_stopped_each_order_that_it_accepted_is_done_or_named() throws Exception {
        try (var service = new Program("OrderService")) {
            var port = service.await(line -> line.startsWith("listening on ")).substring("listening on ".length());
            try (var client = new Program("OrderClient", port)) {
                client.await("accepted 200"::equals); // one that takes longer than the service waits
                client.await(line -> line.startsWith("accepted "));

                service.terminate();
                var begin = System.nanoTime();
                int code = service.awaitEnd();
                var took = Duration.ofNanos(System.nanoTime() - begin);
                client.awaitEnd();

                assertThat(code).isEqualTo(128 + 15);
                assertThat(took)
                        .isLessThan(OrderService.WAIT.plus(OrderService.CLOSE).plus(VIRTUAL_MACHINE));
                assertThat(service.lines()).endsWith("stopped");
                assertThat(client.lines()).endsWith("the service is gone");
                assertEachOrderIsAccountedFor(client, service);
            }
        }
    }

    private static void assertEachOrderIsAccountedFor(Program client, Program service) {
        Set<String> done = new HashSet<>(service.named("done"));
        Set<String> notDone = new HashSet<>(service.named("not done"));
        assertThat(done).hasSizeGreaterThan(50).doesNotContainAnyElementsOf(notDone);
        assertThat(notDone).contains("200");
        assertThat(client.named("accepted")).allMatch(order -> done.contains(order) || notDone.contains(order));
    }
}
