package io.orrery.benchmarks.stores;

import io.orrery.benchmarks.stores.Contestant.Node;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Nodes that are processes, and share what is due. */
final class Processes {

    private static final int WARM_UPS = 3;
    private static final Duration LEAD = Duration.ofMillis(200);
    private static final long EACH = 60_000; // nanoseconds to add one, at most

    private Processes() {}

    /** How many one-shots such nodes do in a second, once they have done some. */
    static double rate(Server server, Contestant contestant, int nodes, int jobs) throws Exception {
        List<Process> processes = new ArrayList<>();
        try (Node filling = contestant.open(server)) {
            for (int i = 0; i < nodes; i++) {
                processes.add(start(server, contestant));
            }
            for (Process process : processes) {
                awaitReady(process.inputReader());
            }
            for (int i = 0; i < WARM_UPS; i++) {
                round(server, contestant, filling, jobs);
            }
            return round(server, contestant, filling, jobs);
        } finally {
            processes.forEach(Process::destroyForcibly);
            for (Process process : processes) {
                process.waitFor();
            }
        }
    }

    private static double round(Server server, Contestant contestant, Node filling, int jobs) throws Exception {
        Instant due = Instant.now().plus(LEAD).plusNanos(jobs * EACH);
        filling.fill(jobs, due);
        Duration early = Duration.between(Instant.now(), due);
        if (early.isNegative()) {
            throw new IllegalStateException("It took too long to add " + jobs + " jobs.");
        }
        Thread.sleep(early);
        String left = "select exists (" + contestant.unfinished() + ")";
        while (server.text(left).equals("t")) {
            Thread.sleep(2);
        }
        return jobs / (Duration.between(due, Instant.now()).toNanos() / 1e9);
    }

    private static Process start(Server server, Contestant contestant) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "--class-path",
                        System.getProperty("java.class.path"),
                        Processes.class.getName(),
                        server.url(),
                        contestant.title())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void awaitReady(BufferedReader output) throws Exception {
        if (output.readLine() == null) {
            throw new IllegalStateException("A node has ended before it was ready.");
        }
    }

    /** A node, until it is killed. Arguments: the server, the contestant. */
    public static void main(String[] args) throws Exception {
        Node node = Contestants.named(args[1]).open(Server.at(args[0]));
        node.start(number -> {});
        System.out.println("ready");
        Thread.currentThread().join();
    }
}
