package io.orrery.workflowfile.body;

import io.orrery.time.TimeSource;
import io.orrery.workflowfile.expression.Evaluator;
import io.orrery.workflowfile.expression.ExpressionException;
import io.orrery.workflowfile.expression.Json;
import io.orrery.workflowfile.expression.Template;
import io.orrery.workflowfile.process.Masker;
import io.orrery.workflowfile.process.Outputs;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Sends an HTTP request, and looks at the answer. For one attempt. */
final class HttpRun {

    private static final int LONGEST = 16 * 1024 * 1024;
    private static final int SHOWN = 200;

    private final Work.HttpCall call;
    private final List<OutputRule> rules;
    private final Masker masker;
    private final Values values;

    HttpRun(Work.HttpCall call, List<OutputRule> rules, Masker masker, Values values) {
        this.call = call;
        this.rules = rules;
        this.masker = masker;
        this.values = values;
    }

    HttpResult run(Consumer<String> log) throws JobFailure, OutputMissing, Unreachable, InterruptedException {
        HttpRequest request = request();
        TimeSource time = TimeSource.system();
        long start = time.nanos();
        try (HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            HttpResponse<InputStream> response = send(client, request);
            byte[] bytes;
            try (InputStream in = response.body()) {
                bytes = in.readNBytes(LONGEST + 1);
            } catch (IOException e) {
                throw new Unreachable(what() + ": the answer broke off: " + e.getMessage());
            } finally {
                client.shutdownNow();
            }
            long millis = (time.nanos() - start) / 1_000_000;
            log.accept(
                    what() + ": status " + response.statusCode() + ", " + bytes.length + " bytes, " + millis + " ms");
            if (bytes.length > LONGEST) {
                throw new JobFailure(what() + ": an answer has at most 16 MiB. Download it with a command.");
            }
            String body = new String(bytes, StandardCharsets.UTF_8);
            check(response.statusCode(), body);
            Outputs outputs = rules.isEmpty() ? Outputs.NONE : new Outputs(outputs(response, body), masker);
            return new HttpResult(response.statusCode(), outputs);
        }
    }

    private HttpResponse<InputStream> send(HttpClient client, HttpRequest request)
            throws Unreachable, InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (ConnectException | HttpTimeoutException e) {
            boolean isUnknown = e.getCause() != null && e.getCause().getCause() instanceof UnresolvedAddressException
                    || e.getCause() instanceof UnresolvedAddressException;
            String reason = isUnknown ? "no such host" : String.valueOf(e.getMessage());
            throw new Unreachable(
                    what() + " can't be reached: " + (reason.equals("null") ? "connection refused" : reason) + ".");
        } catch (IOException e) {
            throw new Unreachable(what() + " gave no answer: " + e.getMessage() + ".");
        }
    }

    private String what() {
        return call.method() + " " + call.url().text();
    }

    private HttpRequest request() throws JobFailure {
        String url = values.text(call.url(), "\"url\"");
        String query = encoded(call.query(), "\"query\"");
        if (!query.isEmpty()) {
            url += (url.indexOf('?') < 0 ? "?" : "&") + query;
        }
        try {
            HttpRequest.Builder builder = HttpRequest.newBuilder(new URI(url));
            boolean hasType = false;
            for (Map.Entry<String, String> header :
                    values.texts(call.headers(), "\"headers\"").entrySet()) {
                builder.header(header.getKey(), header.getValue());
                hasType |= header.getKey().equalsIgnoreCase("content-type");
            }
            return body(builder, hasType).build();
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new JobFailure("The request can't be made: " + e.getMessage() + ". Change \"http\".");
        }
    }

    private HttpRequest.Builder body(HttpRequest.Builder builder, boolean hasType) throws JobFailure {
        String type = "";
        String body = "";
        switch (call.content()) {
            case Work.NoContent none -> {
                return builder.method(call.method(), BodyPublishers.noBody());
            }
            case Work.JsonContent(Object value) -> {
                type = "application/json";
                body = Json.text(values.whole(value, "\"json\""));
            }
            case Work.FormContent(var fields) -> {
                type = "application/x-www-form-urlencoded";
                body = encoded(fields, "\"form\"");
            }
            case Work.TextContent(var text) -> body = values.text(text, "\"body\"");
        }
        if (!type.isEmpty() && !hasType) {
            builder.header("Content-Type", type);
        }
        return builder.method(call.method(), BodyPublishers.ofString(body));
    }

    private String encoded(Map<String, Template> fields, String what) throws JobFailure {
        return values.texts(fields, what).entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void check(int status, String body) throws JobFailure {
        Work.Expected expected = call.expected();
        boolean isExpected = expected.statuses().isEmpty()
                ? status >= 200 && status < 300
                : expected.statuses().contains(status);
        if (!isExpected) {
            String wanted = expected.statuses().isEmpty()
                    ? "200 to 299"
                    : expected.statuses().stream().map(String::valueOf).collect(Collectors.joining(" or "));
            throw new JobFailure(what() + ": status " + status + ", but " + wanted + " was expected" + shown(body));
        }
        if (expected.match() != null && !expected.match().matcher(body).find()) {
            throw new JobFailure(what() + ": nothing in the answer matches "
                    + expected.match().pattern() + shown(body));
        }
        for (Map.Entry<String, Object> wanted : expected.json().entrySet()) {
            check(wanted.getKey(), values.whole(wanted.getValue(), "\"expect\""), body);
        }
    }

    private void check(String pointer, Object wanted, String body) throws JobFailure {
        try {
            Object value = Json.at(Json.value(body), pointer);
            if (!value.equals(wanted)) {
                throw new JobFailure(what() + ": at " + pointer + " there is " + Evaluator.text(value) + ", but "
                        + Evaluator.text(wanted) + " was expected.");
            }
        } catch (ExpressionException e) {
            throw new JobFailure(what() + ": " + e.text() + shown(body));
        }
    }

    private static String shown(String body) {
        String line = body.strip().replaceAll("\\s+", " ");
        return line.isEmpty()
                ? "."
                : ": "
                        + line.substring(
                                0, line.offsetByCodePoints(0, Math.min(SHOWN, line.codePointCount(0, line.length()))));
    }

    private Map<String, Object> outputs(HttpResponse<?> response, String body) throws OutputMissing {
        Map<String, Object> outputs = new LinkedHashMap<>();
        for (OutputRule rule : rules) {
            String text = rule.from() == OutputRule.Source.BODY
                    ? body
                    : response.headers()
                            .firstValue(rule.key())
                            .orElseThrow(() -> rule.missing("the answer has no header " + rule.key()));
            outputs.put(rule.name(), rule.value(text));
        }
        return outputs;
    }
}
