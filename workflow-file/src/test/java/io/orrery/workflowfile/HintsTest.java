package io.orrery.workflowfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.spec.Spec;
import io.orrery.workflowfile.spelling.Spelling;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a problem tells its reader to do. */
@Spec("GB-63")
class HintsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        unknown-job           | Did you mean "build" (line 3)?
        unknown-job-field     | Did you mean "retries"?
        unknown-top-field     | Did you mean "window"?
        dialect-requires      | Write "requires"
        dialect-critical      | Write "critical: false"
        dialect-timeout       | Write "timeout", with a unit such as 15m
        dialect-retries       | Write "max": the attempts after the first one
        merge-key             | YAML 1.2 has no merge keys
        duplicate-job         | first on line 3
        cycle                 | ping (line 3) -> report (line 6) -> ping
        job-elsewhere         | It is inside "lab" (line 5); jobs require their siblings only: require "lab"
        job-elsewhere         | It is outside "lab" (line 6); jobs require their siblings only: let "lab" require it
        requires-forever      | make "a" forever too
        bad-durations         | Did you mean "90s"?
        remote                | This version runs jobs on this machine only, but job "a" needs another one
        dialects-of-jobs      | Write "if"
        dialects-of-files     | Write "finally"
        not-upstream          | Add it to "requires"
        types-that-do-not-fit | "&&" takes true or false, but 3 is a whole number
        unknown-names         | Did you mean "branch"?
        injection             | Pass it through env: {BRANCH: "${{ params.branch }}"}, and write "$BRANCH"
        params-given-wrongly  | Parameter "most" is of type int: a whole number such as 3, but the value given is "x"
        params-given-wrongly  | Did you mean "reps"?
        expression-of-the-wrong-type   | which is "many"
        expression-unquoted-in-flow    | Put quotes around ${{ ... }}
        """)
    void names_the_remedy(String file, String remedy) throws IOException {
        assertRemedy(file, remedy);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        text-with-a-colon              | Put quotes around all of a text in which a space follows a colon
        text-with-braces-in-flow       | Put quotes around text with brackets, braces, commas or colons
        text-that-begins-with-a-percent | Put quotes around all of a text that begins with this character
        key-without-colon              | a key without its colon
        tab-indentation                | Use spaces for indentation
        if-of-another-dialect          | write requires: {JOB: succeeded}
        if-of-another-dialect          | write requires: {JOB: failed}
        if-of-another-dialect          | stands under "finally"
        number-that-loses-a-zero       | Put quotes around it if it is text, as a version is: "3.10"
        """)
    void knows_the_mistakes_that_beginners_make_most(String file, String remedy) throws IOException {
        assertRemedy(file, remedy);
    }

    private static void assertRemedy(String file, String remedy) throws IOException {
        assertThat(Corpus.load(Corpus.FOLDER.resolve(file + ".yaml")).problems())
                .extracting(Problem::message)
                .anySatisfy(message -> assertThat(message).contains(remedy));
    }

    @Test
    void a_word_is_taken_for_the_one_that_is_most_like_it() {
        var known = List.of("retries", "requires", "run", "env");

        assertThat(Spelling.nearest("retrys", known)).isEqualTo("retries");
        assertThat(Spelling.nearest("REQUIRES", known)).isEqualTo("requires");
        assertThat(Spelling.nearest("rnu", known)).isEqualTo("run");
        assertThat(Spelling.nearest("elephants", known)).isNull();
        assertThat(Spelling.nearest("x", known)).isNull();
    }
}
