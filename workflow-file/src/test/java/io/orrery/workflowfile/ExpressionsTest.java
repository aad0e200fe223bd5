package io.orrery.workflowfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.NamedBody;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpressionsTest {
    @TempDir
    private Path folder;

    @Test
    void alone_in_a_scalar_has_the_type_of_its_value() {
        var job = load("""
            version: 1
            params: {critical: false, retries: 2, timeout: 5s}
            jobs:
              a:
                run: x
                critical: ${{ params.critical }}
                retries: ${{params.retries}}
                timeout: ${{ params . timeout }}
            """).workflow().plan().job(0).options();

        assertThat(job.critical()).isFalse();
        assertThat(job.retry().maxAttempts()).isEqualTo(3);
        assertThat(job.timeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void together_with_other_text_is_text() {
        assertThat(words("params: {n: 3}", "[a, \"n=${{ params.n }}, ${{ params.n }}.\", \"${{ params.n }}\"]"))
                .containsExactly("a", "n=3, 3.", "3");
    }

    @Test
    void is_evaluated_once_and_what_it_gives_is_not_looked_at_again() {
        assertThat(words("params: {n: 3, m: \"$\"}", "[\"${{ params.m }}{{ params.n }}\"]"))
                .containsExactly("${{ params.n }}");
        assertThat(WorkflowFile.load(
                                Yamls.write(folder, """
                                    version: 1
                                    params: {text: x}
                                    jobs: {a: {exec: [echo, "${{ params.text }}"]}}
                                    """),
                                LoadOptions.defaults().parameter("text", "${{ params.other }} \"quoted\"\nand: broken"))
                        .workflow()
                        .plan()
                        .job(0)
                        .details())
                .isEqualTo("echo ${{ params.other }} \"quoted\"\nand: broken");
    }

    @Test
    void what_looks_like_it_in_a_shell_is_left_to_the_shell() {
        assertThat(words("params: {}", "[\"${HOME} $HOME {{ params.n }}\"]"))
                .containsExactly("${HOME} $HOME {{ params.n }}");
    }

    @Test
    void sees_the_environment_as_it_is_at_its_place() {
        var file = WorkflowFile.load(
                Yamls.write(folder, """
                    version: 1
                    env: {A: "file+${{ env.A }}"}
                    jobs:
                      plain: {exec: ["${{ env.A }}"]}
                      own: {exec: ["${{ env.A }}"], env: {A: "job+${{ env.A }}"}}
                      nested:
                        env: {A: "nested+${{ env.A }}"}
                        jobs:
                          inner: {exec: ["${{ env.A }}"], env: {A: "inner+${{ env.A }}"}}
                    """), LoadOptions.defaults().environment(Map.of("A", "outside")));

        assertThat(file.problems()).isEmpty();
        var plan = file.workflow().plan();
        assertThat(plan.job(0).details()).isEqualTo("file+outside");
        assertThat(plan.job(1).details()).isEqualTo("job+file+outside");
        assertThat(plan.find("nested/inner").orElseThrow().details()).isEqualTo("inner+nested+file+outside");
    }

    @Test
    void numbers_in_text_stay_as_they_are_written() {
        assertThat(words("params: {}", "[1.10, 007, 0x1F, true, 1e3, \"2\", '3', null_, off]"))
                .containsExactly("1.10", "007", "0x1F", "true", "1e3", "2", "3", "null_", "off");
    }

    @Test
    void numbers_are_read_as_yaml_1_2_does() {
        assertThat(load("version: 1\nwindow: 0x10\njobs: {a: }\n")
                        .workflow()
                        .plan()
                        .settings()
                        .window())
                .isEqualTo(16);
        assertThat(load("version: 1\nwindow: 0o10\njobs: {a: }\n")
                        .workflow()
                        .plan()
                        .settings()
                        .window())
                .isEqualTo(8);
        assertThat(load("version: 1\nwindow: 010\njobs: {a: }\n")
                        .workflow()
                        .plan()
                        .settings()
                        .window())
                .isEqualTo(10);
    }

    private WorkflowFile load(String text) {
        return Yamls.valid(folder, text);
    }

    @SuppressWarnings("unchecked")
    private List<String> words(String params, String words) {
        var file = load("version: 1\n" + params + "\njobs: {a: {exec: " + words + "}}\n");
        var body = (NamedBody<?>) file.workflow().plan().job(0).body().orElseThrow();
        return (List<String>) body.arguments().get("argv");
    }
}
