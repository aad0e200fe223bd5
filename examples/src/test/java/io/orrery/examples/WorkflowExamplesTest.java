package io.orrery.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.workflowfile.LoadOptions;
import io.orrery.workflowfile.WorkflowFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.h2.tools.Shell;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each example file does what it says, with real programs. */
@Tag("real-time")
@Timeout(300)
class WorkflowExamplesTest {
    private final List<String> output = new CopyOnWriteArrayList<>();

    @TempDir
    private Path work;

    @Test
    void there_are_ten_and_all_of_them_are_valid_without_a_warning() throws IOException {
        List<Path> examples;
        try (Stream<Path> files = Files.list(Path.of(""))) {
            examples = files.filter(path -> path.toString().endsWith(".orrery.yaml"))
                    .toList();
        }

        assertThat(examples).hasSizeGreaterThanOrEqualTo(10);
        assertThat(examples)
                .allSatisfy(example -> assertThat(WorkflowFile.load(
                                        example, LoadOptions.defaults().checkOnly())
                                .problems())
                        .isEmpty());
    }

    @Test
    void maven_build_builds_modules_at_the_same_time() throws Exception {
        assumeTrue(hasProgram("mvn"), "there is no Maven on the path");
        copy("maven-build");

        var report =
                run("maven-build", Map.of("project", work.resolve("maven-build").toString()));

        assertSucceeded(report);
        assertThat(output).last().asString().matches("Maven [0-9.]+ made 3 classes");
    }

    @Test
    void csv_to_h2_loads_what_is_whole() {
        var jar =
                Shell.class.getProtectionDomain().getCodeSource().getLocation().getPath();

        var report = run("csv-to-h2", Map.of("h2", jar, "work", work.toString()));

        assertSucceeded(report);
        assertThat(output).last().isEqualTo("csv-to-h2 succeeded, 4 rows");
    }

    @Test
    void thumbnails_come_in_three_sizes() {
        var report = run("thumbnails", Map.of("out", work.toString()));

        assertSucceeded(report);
        assertThat(output).last().isEqualTo("[\"32x24\",\"64x48\",\"128x96\"]");
        assertThat(work.resolve("index.html")).content().contains("128.png", "32.png", "64.png");
    }

    @Test
    void health_checks_raise_an_alarm_when_a_service_is_not_well() throws IOException {
        var alarms = new CopyOnWriteArrayList<String>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var path = exchange.getRequestURI().getPath();
            if (path.equals("/alarm")) {
                alarms.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            }
            var authorised =
                    "Bearer a-token".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            var status = path.startsWith("/mail") ? "DOWN" : "UP";
            var answer = "{\"status\": \"%s\", \"uptime\": 5}".formatted(status).getBytes(UTF_8);
            exchange.sendResponseHeaders(authorised || path.equals("/alarm") ? 200 : 401, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            var base = "http://127.0.0.1:" + server.getAddress().getPort();
            var report = run("health-checks", Map.of("base", base), Map.of("HEALTH_TOKEN", "a-token"));

            assertSucceeded(report);
            assertThat(output).contains("states: [\"succeeded\",\"succeeded\",\"failed\"]");
            assertThat(alarms).singleElement().asString().contains("[\"succeeded\",\"succeeded\",\"failed\"]");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void backup_keeps_the_last_ones() throws IOException {
        Files.createDirectories(work.resolve("data"));
        Files.writeString(work.resolve("data/a"), "a");
        Files.writeString(work.resolve("data/b"), "b");
        var params = Map.of("source", work + "/data", "target", work + "/archives", "keep", "2");

        for (int i = 0; i < 4; i++) {
            assertSucceeded(run("backup", params));
        }

        assertThat(output).last().isEqualTo("backup succeeded, 2 files");
        try (Stream<Path> archives = Files.list(work.resolve("archives"))) {
            assertThat(archives).hasSize(2);
        }
    }

    @Test
    void release_notes_name_what_was_added_fixed_and_dropped() throws Exception {
        var repository = Repository.init(work.resolve("repo"));
        repository.write("a", "1\n").commit("Ann");
        for (var subject : List.of("Add a door", "Fix the lock", "Paint it", "Drop the bell")) {
            repository.git(
                    "-c",
                    "user.name=Ann",
                    "-c",
                    "user.email=ann@example.org",
                    "commit",
                    "-q",
                    "--allow-empty",
                    "-m",
                    subject);
        }

        assertSucceeded(run("release-notes", Map.of("repo", work + "/repo", "out", work + "/notes.md")));

        assertThat(work.resolve("notes.md")).content().isEqualTo("* Add a door\n* Fix the lock\n* Drop the bell\n");
    }

    @Test
    void log_digest_counts_and_has_a_limit() throws IOException {
        Files.writeString(work.resolve("a.log"), "ERROR disk\nWARN slow\nERROR disk\n");
        Files.writeString(work.resolve("b.log"), "ERROR net\nfine\n");

        assertSucceeded(run("log-digest", Map.of("folder", work.toString())));
        assertThat(output).contains("errors and warnings: [3,1], most often: 2 ERROR disk");
        assertThat(run("log-digest", Map.of("folder", work.toString(), "most", "2"))
                        .state())
                .isEqualTo(RunState.FAILED);
    }

    @Test
    void word_count_adds_up_what_was_counted_in_pieces() throws IOException {
        Files.writeString(work.resolve("text"), "the cat and the dog\nand the bird\nThe end\n".repeat(20));

        assertSucceeded(run("word-count", Map.of("text", work + "/text", "work", work + "/w")));

        assertThat(output).containsSubsequence("80 the", "40 and").last().isEqualTo("the most frequent word is the");
    }

    @Test
    void staged_deploy_takes_back_what_does_not_work_and_does_not_go_on() throws IOException {
        Files.createDirectories(work.resolve("release"));
        Files.writeString(work.resolve("release/smoke.sh"), "exit 0\n");
        var params = Map.of("release", work + "/release", "stages", work + "/stages");

        assertSucceeded(run("staged-deploy", params));
        Files.writeString(work.resolve("release/smoke.sh"), "exit 1\n");
        var failed = run("staged-deploy", params);

        assertThat(failed.state()).isEqualTo(RunState.FAILED);
        assertThat(output).last().isEqualTo("staging failed, production not-run");
        assertThat(work.resolve("stages/staging/smoke.sh")).content().isEqualTo("exit 0\n");
    }

    private void copy(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            for (Path file : files.toList()) {
                var to = work.resolve(file.toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
    }

    private static boolean hasProgram(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    private static void assertSucceeded(RunReport report) {
        assertThat(report.state()).as(report.why()).isEqualTo(RunState.SUCCEEDED);
    }

    private RunReport run(String name, Map<String, String> params) {
        return run(name, params, Map.of());
    }

    /** Runs an example and the jobs at its end. */
    private RunReport run(String name, Map<String, String> params, Map<String, String> secrets) {
        var environment = new HashMap<>(System.getenv());
        environment.putAll(secrets);
        var file = WorkflowFile.load(
                Path.of(name + ".orrery.yaml"),
                LoadOptions.defaults().parameters(params).environment(environment));
        var report = file.workflow(line -> output.add(line.text())).run();
        file.last(report, line -> output.add(line.text())).ifPresent(last -> assertSucceeded(last.run()));
        return report;
    }
}
