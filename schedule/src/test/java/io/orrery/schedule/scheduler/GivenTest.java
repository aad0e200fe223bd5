package io.orrery.schedule.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.schedule.OnLost;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.executor.JobExecutor;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.spec.Spec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What becomes of leases that a node was given, and whose fires have not begun. Of ten fires it takes six, the first of which keeps
 * its loop for a minute; another node is there for whatever it is given.
 */
@Spec({"GT34", "GT59"})
class GivenTest extends SchedulerFixture {

    private static final Duration LEASE = Duration.ofSeconds(9);

    @TempDir
    Path folder;

    private final FaultyStore faulty = new FaultyStore(time);
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private Scheduler busy;
    private Scheduler other;

    @BeforeEach
    void open() throws InterruptedException {
        busy = node("busy", faulty.around(sixAtOnce()), JobExecutor.inline());
        other = node("other", ScheduleStore.inFolder(folder), JobExecutor.virtualThreads());
        other.pause();
        busy.pause();
    }

    private Scheduler node(String name, ScheduleStore store, JobExecutor executor) {
        Scheduler node = open(Scheduler.named(name).lease(LEASE).store(store).executor(executor));
        node.job("job", context -> {
            seen.add(name + " " + context.path());
            if (context.path().equals("0") && name.equals("busy")) {
                context.sleep(MINUTE);
            }
            return null;
        });
        return node.start();
    }

    private ScheduleStore sixAtOnce() {
        ScheduleStore real = ScheduleStore.inFolder(folder);
        return FaultyStore.around((self, method, arguments) -> FaultyStore.called(
                real, method, method.getName().equals("take") ? new Object[] {6, arguments[1]} : arguments));
    }

    private void taken(OnLost onLost) throws InterruptedException {
        IntStream.range(0, 10)
                .forEach(i -> busy.add(Schedule.named("" + i)
                        .at(START.plusMillis(i))
                        .job("job")
                        .keptWhenFinished()
                        .policy(policy -> policy.onLost(onLost))));
        advance(1);
        busy.resume();
        time.awaitIdle();
        assertThat(seen).containsExactly("busy 0");
    }

    private List<String> seenBy(String node) {
        return seen.stream()
                .filter(line -> line.startsWith(node))
                .map(line -> line.substring(node.length() + 1))
                .toList();
    }

    private static List<String> from(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> "" + i).toList();
    }

    @AfterEach
    void closeAll() throws InterruptedException {
        Thread closing =
                time.start(Thread.ofVirtual(), () -> Stream.of(busy, other).forEach(Scheduler::close));
        time.advance(MINUTE);
        closing.join();
    }

    @Test
    void a_node_that_is_shut_down_runs_what_it_has_taken_and_takes_no_more() throws Exception {
        taken(OnLost.FAIL);
        Thread closing = time.start(Thread.ofVirtual(), busy::shutdown);
        other.resume();
        time.awaitIdle();
        assertThat(seenBy("other")).containsExactlyElementsOf(from(6, 9));

        advance(60);
        closing.join();
        assertThat(seenBy("busy")).containsExactlyElementsOf(from(0, 5));
        advance(60);
        assertThat(seen).hasSize(10);
    }

    @Test
    void a_node_that_is_shut_down_at_once_gives_back_what_it_has_not_begun() throws Exception {
        taken(OnLost.RERUN);
        other.resume();
        time.awaitIdle();
        assertThat(seenBy("other")).containsExactlyElementsOf(from(6, 9));

        Thread closing = time.start(Thread.ofVirtual(), busy::shutdownNow);
        time.awaitIdle();
        closing.join();
        advance(3);
        assertThat(seenBy("busy")).containsExactly("0");
        assertThat(seenBy("other")).containsExactlyInAnyOrderElementsOf(from(0, 9));
    }

    @Test
    @Spec("S-014")
    void a_node_that_is_paused_runs_what_it_has_taken_and_the_others_when_it_is_resumed() throws Exception {
        taken(OnLost.FAIL);
        busy.pause();
        advance(120);
        assertThat(seenBy("busy")).containsExactlyElementsOf(from(0, 5));

        busy.resume();
        time.awaitIdle();
        assertThat(seenBy("busy")).containsExactlyElementsOf(from(0, 9));
    }

    @Test
    @Spec("S-016")
    void a_store_that_is_removed_is_given_back_what_has_not_begun() throws Exception {
        taken(OnLost.FAIL);
        Thread removing = time.start(Thread.ofVirtual(), () -> busy.removeStore(Schedule.DEFAULT));
        time.awaitIdle();
        removing.join();
        other.resume();
        time.awaitIdle();
        assertThat(seenBy("other")).containsExactlyInAnyOrderElementsOf(from(1, 9));

        advance(60);
        assertThat(seenBy("busy")).containsExactly("0");
        assertThat(seen).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_others_have_taken_over_meanwhile_does_not_begin_whether_the_node_has_heard_of_that_or_not(boolean hears)
            throws Exception {
        taken(OnLost.RERUN);
        faulty.broken.add("renew");
        other.resume();
        advance(30);
        assertThat(seenBy("other")).containsExactlyInAnyOrderElementsOf(from(0, 9));

        if (hears) {
            faulty.broken.clear();
        }
        advance(60);
        assertThat(seenBy("busy")).containsExactly("0");
        faulty.broken.clear();
    }

    @Test
    void what_nobody_has_taken_over_begins_when_the_node_is_heard_of_again() throws Exception {
        taken(OnLost.FAIL);
        other.close();
        faulty.broken.add("renew");
        advance(90);
        assertThat(seenBy("busy")).containsExactly("0");

        faulty.broken.clear();
        advance(10);
        assertThat(seenBy("busy")).containsExactlyElementsOf(from(0, 9));
    }
}
