package io.orrery.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run whose jobs print its secret in many ways leaves it in nothing that it shows or keeps. */
@Timeout(120)
class SecretsInArtefactsTest {
    private static final String SECRET = "S3cr\"et/wörd&1 x";

    /** What nobody may find. */
    private static final List<String> FORMS = List.of(
            SECRET,
            "S3cr\\\"et/wörd",
            "S3cr%22et%2Fw%C3%B6rd%261",
            "S3cr%22et%2fw",
            "S3cr&quot;et",
            "cr\\\"et/w",
            "et/wörd",
            "w%C3%B6rd",
            "rd&1 x",
            "first-line-of-it",
            "last line of it");

    private static final String SECRET_LINES = "first-line-of-it\nab\nlast line of it";

    private static final String JOB = """
        import io.orrery.job.JobBody;
        import io.orrery.job.JobContext;
        import io.orrery.job.JobSkippedException;
        import java.util.List;
        import java.util.Map;

        public final class Telling implements JobBody<Object> {
            private final String way;
            private final String secret;

            public Telling(Map<String, Object> with) {
                way = String.valueOf(with.get("way"));
                secret = String.valueOf(with.get("secret"));
                if (way.equals("constructor")) {
                    System.out.println("constructed with " + secret);
                }
            }

            static final class Failure extends RuntimeException implements io.orrery.job.Facts {
                private final String secret;

                Failure(String secret) {
                    super("no");
                    this.secret = secret;
                }

                @Override
                public Map<String, Object> facts() {
                    return Map.of("exitCode", 7, "outputs", Map.of("v", secret));
                }
            }

            record Result(String secret) implements io.orrery.job.Facts {
                @Override
                public Map<String, Object> facts() {
                    return Map.of("outputs", Map.of("v", List.of(secret)));
                }
            }

            @Override
            public Object run(JobContext context) throws Exception {
                context.log("log " + secret);
                context.progress(0.5, "progress " + secret);
                return switch (way) {
                    case "text" -> secret;
                    case "record" -> new Result(secret);
                    case "list" -> List.of(Map.of(secret, new StringBuilder(secret)));
                    case "prints" -> {
                        System.out.println("out " + secret);
                        System.out.print(secret.substring(0, 5));
                        System.out.print(secret.substring(5));
                        Thread other = new Thread(() -> System.err.println("err " + secret));
                        other.start();
                        other.join();
                        java.util.concurrent.CompletableFuture.runAsync(() -> System.out.println("pool " + secret)).join();
                        yield "printed";
                    }
                    case "fails" -> throw new IllegalStateException("no " + secret);
                    case "facts" -> throw new Failure(secret);
                    case "constructor" -> java.util.Collections.singletonMap("nothing", null);
                    case "cause" -> throw new IllegalStateException("no", new Exception(secret));
                    case "error" -> throw new AssertionError(secret);
                    case "skips" -> throw new JobSkippedException("not with " + secret);
                    default -> throw new IllegalArgumentException(way);
                };
            }
        }
        """;

    private static final String FILE = """
        version: 1
        name: telling
        description: a run
        secrets: {TOKEN: {env: THE_TOKEN}, LINES: {env: THE_LINES}}
        env: {T: "${{ secrets.TOKEN }}", COPY: "${{ env.THE_TOKEN }}"}
        jobs:
          plain: {run: 'echo "it is $T."; echo "$COPY" >&2'}
          pieces: {run: 'printf "%s" "${T:0:6}"; sleep 0.1; printf "%s" "${T:6:3}"; sleep 0.1; echo "${T:9}"'}
          json: {run: 'printf "%s" "$T" | sed "s/\\"/\\\\\\\\\\"/g; s/^/{\\"t\\": \\"/; s/$/\\"}/"; echo'}
          url: {run: 'printf "%s" "$T" | sed "s/\\"/%22/; s|/|%2F|; s/ö/%C3%B6/; s/&/%26/; s/ /%20/"; echo'}
          form: {run: 'printf "%s" "$T" | sed "s/\\"/%22/; s|/|%2f|; s/ö/%c3%b6/; s/&/%26/; s/ /+/"; echo'}
          html: {run: 'printf "%s" "$T" | sed "s/&/\\\\&amp;/; s/\\"/\\\\&quot;/"; echo'}
          quoted: {run: 'printf "%q\\n" "$T"'}
          long: {run: 'head -c 65530 /dev/zero | tr "\\0" x; printf "%s" "$T"; head -c 70000 /dev/zero | tr "\\0" y; echo'}
          output: {run: 'echo "v=$T" >> "$ORRERY_OUTPUT"', outputs: {v: {from: output-file}}}
          lines: {run: 'echo "$THE_LINES"; echo "$THE_LINES" | sed "s/^/    /"; printf "%s" "$THE_LINES" | head -n 1'}
          use: {requires: output, exec: [echo, "used ${{ jobs.output.outputs.v }}"], env: {V: "${{ toJson(jobs.output.outputs.v) }}"}}
          missing: {exec: ["no-${{ secrets.TOKEN }}"], critical: false}
          unreachable: {http: {url: "http://127.0.0.1:1/", headers: {A: "${{ sh(secrets.TOKEN) }}"}, query: {t: "${{ secrets.TOKEN }}"}}, critical: false}
          fails: {run: 'echo "dying: $T" >&2; exit 3', critical: false}
          fromJson: {exec: [echo, "${{ fromJson(secrets.TOKEN) }}"], critical: false}
          java:
            matrix: {way: [text, record, list, prints, constructor, fails, facts, cause, error, skips]}
            java: Telling
            with: {way: "${{ matrix.way }}", secret: "${{ secrets.TOKEN }}"}
            critical: false
          last: {requires: [fails, java], run: 'echo "$T" >&2; exit 4', shutdown: {run: 'echo "end $T"'}}
        finally:
          tell: {exec: [echo, "${{ run.why }} ${{ secrets.TOKEN }}"]}
        """;

    @TempDir
    private Path folder;

    @Test
    void nothing_that_is_shown_or_kept_has_it() throws Exception {
        var file = Files.writeString(folder.resolve("telling.yaml"), FILE);
        compile();
        int checked = 0;
        for (var options : List.of(
                "run --junit out/junit.xml",
                "run --json",
                "run --progress=json",
                "run --output=grouped --log-limit=none",
                "run --output=files:out/files",
                "run --dry-run",
                "run --dry-run --json",
                "validate --json",
                "graph --json")) {
            List<String> args = new ArrayList<>(List.of(options.split(" ")));
            args.add(file.toString());
            if (!options.startsWith("graph")) {
                args.addAll(List.of("--class-path", folder.toString()));
            }
            var env = Map.of("LC_ALL", "C.UTF-8", "THE_TOKEN", SECRET, "THE_LINES", SECRET_LINES);
            try (var orrery = OrreryProcess.start(folder, env, OrreryProcess.command(args.toArray()))) {
                var end = orrery.end();
                assertHarmless(options + " on stdout", end.out());
                assertHarmless(options + " on stderr", end.err());
                boolean isRun = options.startsWith("run") && !options.contains("--dry-run");
                assertThat(end.exitCode()).as(end.err()).isEqualTo(isRun ? ExitCode.RUN_FAILED : ExitCode.OK);
            }
            checked++;
        }

        for (Path kept : kept()) {
            assertHarmless(kept.toString(), new String(Files.readAllBytes(kept), UTF_8));
            checked++;
        }
        assertThat(checked).isGreaterThan(60);
    }

    private void compile() throws IOException {
        Path source = Files.writeString(folder.resolve("Telling.java"), JOB);
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-cp", path, "-d", folder.toString(), source.toString()))
                .isZero();
    }

    private static void assertHarmless(String where, String text) {
        assertThat(FORMS.stream().filter(text::contains)).as(where).isEmpty();
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(path -> !path.endsWith("telling.yaml"))
                    .toList();
        }
    }
}
