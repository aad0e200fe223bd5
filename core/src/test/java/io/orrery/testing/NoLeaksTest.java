package io.orrery.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.orrery.job.Limit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

class NoLeaksTest {
    @Test
    void a_test_that_leaves_a_virtual_thread_fails_and_shows_where_it_waits() {
        assertThat(failureOf("a_virtual_thread"))
                .contains("left behind", "\"forgotten\" virtual", "CountDownLatch.await");
    }

    @Test
    void a_test_that_leaves_a_platform_thread_fails_and_names_it() {
        assertThat(failureOf("a_platform_thread")).contains("left behind", "\"forgotten\"");
    }

    @Test
    void a_test_that_leaves_a_process_fails_and_shows_its_command() {
        assertThat(failureOf("a_process")).contains("left behind", "sleep");
    }

    @Test
    void a_test_that_leaves_a_slot_fails_and_names_who_holds_it_and_who_waits_for_it() {
        assertThat(failureOf("a_slot"))
                .contains(
                        "left behind",
                        "limit \"db\" (1 slot) is held by backup",
                        "limit \"db\" (1 slot) is waited for by import");
    }

    @Test
    void what_is_just_ending_is_waited_for() {
        assertThat(failureOf("an_ending_thread")).isEmpty();
    }

    @AfterEach
    void end_what_was_left() {
        Forgetful.end.countDown();
        Forgetful.end = new CountDownLatch(1);
        Forgetful.processes.forEach(Process::destroyForcibly);
        Forgetful.claims.forEach(Limit.Claim::release);
    }

    private static String failureOf(String method) {
        var failures = new StringBuilder();
        EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
                .configurationParameter(NoLeaks.PATIENCE, method.equals("an_ending_thread") ? "5000" : "20")
                .selectors(selectMethod(Forgetful.class, method))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .forEach(event -> failures.append(event.getPayload()));
        return failures.toString();
    }

    /** Executed by the tests above, not by the build. */
    static final class Forgetful {
        private static final List<Process> processes = new ArrayList<>();
        private static final List<Limit.Claim> claims = new ArrayList<>();
        private static CountDownLatch end = new CountDownLatch(1);

        @Test
        void a_virtual_thread() {
            var thread = Thread.ofVirtual().name("forgotten").start(Forgetful::await);
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }

        @Test
        void a_platform_thread() {
            Thread.ofPlatform().name("forgotten").start(Forgetful::await);
        }

        @Test
        void a_process() throws IOException {
            processes.add(new ProcessBuilder("sleep", "1000").start());
        }

        @Test
        void a_slot() {
            var limit = Limit.named("db", 1);
            for (var holder : List.of("backup", "import")) {
                var claim = limit.claim(holder, () -> {});
                claim.tryTake();
                claims.add(claim);
            }
        }

        @Test
        void an_ending_thread() {
            Thread.ofVirtual().name("ending").start(Forgetful::await);
            Thread.ofVirtual().start(end::countDown);
        }

        private static void await() {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
