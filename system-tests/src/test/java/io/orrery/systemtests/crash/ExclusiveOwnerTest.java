package io.orrery.systemtests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.process.ProcessTable;
import io.orrery.spec.Spec;
import io.orrery.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of several processes one has the lifecycle, and another one takes over whatever happens to that one. */
@Tag("smoke")
@Timeout(120)
@Spec("M-005")
class ExclusiveOwnerTest {

    @TempDir
    Path folder;

    private final List<Node> nodes = new ArrayList<>();

    @AfterEach
    void end() {
        nodes.forEach(Node::close);
    }

    private Node start(String name, String... arguments) throws Exception {
        var all = new ArrayList<>(List.of(folder.toString()));
        all.addAll(List.of(arguments));
        Node node = Node.start(OwnerProgram.class, name, all.toArray(String[]::new));
        nodes.add(node);
        return node;
    }

    /** One that has come too late. */
    private Node second() throws Exception {
        Node node = start("second");
        node.awaitLine("ready");
        return node;
    }

    /** The token of the session that begins. */
    private static long setup(Node node) throws InterruptedException {
        return Long.parseLong(node.awaitLine("setup ").getLast().substring("setup ".length()));
    }

    @Test
    void one_that_is_killed_is_replaced() throws Exception {
        Node first = start("first");
        long token = setup(first);
        first.awaitLine("tick " + token);
        Node second = second();

        first.kill();

        assertThat(first.rest()).allMatch(line -> line.matches("(ready|tick \\d+|\\(it has ended\\))"));
        long next = setup(second);
        assertThat(next).isGreaterThan(token);
        second.awaitLine("tick " + next);
    }

    @Test
    void one_that_shuts_down_cleans_up_and_is_replaced() throws Exception {
        Node first = start("first");
        long token = setup(first);
        Node second = second();

        first.endInput();

        assertThat(first.rest()).containsSubsequence("cleanup", "down").doesNotContain("setup " + token);
        assertThat(setup(second)).isGreaterThan(token);
    }

    @Test
    void one_that_is_frozen_is_replaced_and_does_not_act_when_it_is_thawed() throws Exception {
        Node first = start("first");
        long token = setup(first);
        Node second = second();
        first.awaitLine("tick " + token);

        first.freeze();
        long next = setup(second);
        assertThat(next).isGreaterThan(token);
        first.waiting(); // until it was frozen
        first.thaw();

        assertThat(first.awaitLine("cleanup")).containsExactly("cleanup");
        second.awaitLine("tick " + next);
        assertThat(second.waiting()).doesNotContain("cleanup");
    }

    @Test
    @Spec("X-007")
    void a_job_in_a_process_of_its_own_dies_with_the_process_that_started_it() throws Exception {
        Node parent = start("parent", "hang");
        String line = parent.awaitLine("log hang@").getLast();
        long child = Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
        assertThat(isAlive(child)).isTrue();

        parent.kill();

        while (isAlive(child)) {
            TimeSource.system().sleep(Duration.ofMillis(10));
        }
    }

    private static boolean isAlive(long pid) {
        return ProcessTable.look("no mark", Set.of()).entries().stream().anyMatch(entry -> entry.pid() == pid);
    }
}
