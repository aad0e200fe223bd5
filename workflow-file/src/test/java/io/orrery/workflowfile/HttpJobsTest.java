package io.orrery.workflowfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.orrery.job.JobOutcome;
import io.orrery.outcome.JobReport;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests to a server that tells what it was asked. */
@Timeout(60)
class HttpJobsTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> output = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @TempDir
    private Path folder;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            asked.add("%s %s type=%s auth=%s %s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI(),
                            exchange.getRequestHeaders().getFirst("Content-Type"),
                            exchange.getRequestHeaders().getFirst("Authorization"),
                            body)
                    .strip());
            var answer = "{\"status\": \"UP\", \"uptime\": 12, \"list\": [{\"id\": \"x\"}]}".getBytes(UTF_8);
            exchange.getResponseHeaders().add("X-Request-Id", "abc");
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/down") ? 503 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    @Shows({"file: secrets", "secret: env", "job: http", "http: method url headers query json form body expect"})
    void a_request_is_sent_as_it_is_described_and_its_answer_looked_at() {
        var report = run("""
            version: 1
            secrets: {TOKEN: {env: TOKEN}}
            jobs:
              ping:
                http:
                  url: http://127.0.0.1:PORT/health
                  headers: {Authorization: "Bearer ${{ secrets.TOKEN }}"}
                  query: {a b: "c&d", e: 1}
                  expect: {status: [200, 204], json: {/status: UP, /uptime: 12, /list/0/id: x}, match: '"UP"'}
                outputs:
                  uptime: {from: body, json: /uptime}
                  id: {from: header, name: x-request-id}
                  up: {from: body, match: '"status": "(\\w+)"'}
              post:
                requires: ping
                http: {method: post, url: "http://127.0.0.1:PORT/json", json: {n: "${{ jobs.ping.outputs.uptime }}", s: [a, true]}}
              form: {requires: post, http: {method: PUT, url: "http://127.0.0.1:PORT/form", form: {a: "b c", d: "é"}}}
              body: {requires: form, http: {method: POST, url: "http://127.0.0.1:PORT/body", body: "as it is"}}
              tell: {requires: body, exec: [echo, "${{ jobs.ping.outputs.id }} ${{ jobs.ping.outputs.up }}"]}
            """);

        assertThat(report.state()).as(report.why()).isEqualTo(RunState.SUCCEEDED);
        assertThat(asked)
                .containsExactly(
                        "GET /health?a+b=c%26d&e=1 type=null auth=Bearer hunter2-hunter2",
                        "POST /json type=application/json auth=null {\"n\":12,\"s\":[\"a\",true]}",
                        "PUT /form type=application/x-www-form-urlencoded auth=null a=b+c&d=%C3%A9",
                        "POST /body type=null auth=null as it is");
        assertThat(output).containsExactly("tell: abc UP");
    }

    @Test
    @Shows("expect: status json match")
    void an_answer_that_is_not_as_expected_fails_the_job_with_the_difference() {
        var report = run("""
            version: 1
            jobs:
              status: {critical: false, http: {url: "http://127.0.0.1:PORT/down"}}
              json: {critical: false, http: {url: "http://127.0.0.1:PORT/", expect: {json: {/status: DOWN}}}}
              nothing: {critical: false, http: {url: "http://127.0.0.1:PORT/", expect: {json: {/no: 1}}}}
              match: {critical: false, http: {url: "http://127.0.0.1:PORT/", expect: {match: "^ok"}}}
              header: {critical: false, http: {url: "http://127.0.0.1:PORT/"}, outputs: {v: {from: header}}}
            """);

        assertThat(message(report, "status")).contains("status 503, but 200 to 299 was expected: {\"status\": \"UP\"");
        assertThat(message(report, "json")).endsWith(": at /status there is UP, but DOWN was expected.");
        assertThat(message(report, "nothing")).contains("there is nothing at /no");
        assertThat(message(report, "match")).contains("nothing in the answer matches ^ok");
        assertThat(message(report, "header")).contains("the answer has no header v");
    }

    @Test
    @Shows("retries: on")
    void a_server_that_is_not_there_is_tried_again_as_often_as_is_said() {
        int port = server.getAddress().getPort();
        server.stop(0);
        var report = run("""
            version: 1
            jobs:
              gone: {http: {url: "http://127.0.0.1:%d/"}, retries: {max: 2, delay: 1ms, on: unreachable}}
            """.formatted(port));

        assertThat(report.find("gone").orElseThrow().attempts()).isEqualTo(3);
        assertThat(message(report, "gone")).contains("can't be reached");
    }

    private RunReport run(String text) {
        var port = String.valueOf(server.getAddress().getPort());
        var file = WorkflowFile.load(
                Yamls.write(folder, text.replace("PORT", port)),
                LoadOptions.defaults().environment(Map.of("TOKEN", "hunter2-hunter2")));
        return file.workflow(line -> output.add(line.job() + ": " + line.text()))
                .run();
    }

    private static String message(RunReport report, String path) {
        return report.find(path)
                .flatMap(JobReport::outcome)
                .flatMap(JobOutcome::failure)
                .orElseThrow()
                .getMessage();
    }
}
