package io.orrery.workflowfile.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MaskerTest {
    private static final String SECRET = "p\"ä/ss'w&rd %1";
    private static final Masker MASKER = Masker.of(List.of(SECRET, "abcd", "bc12", "line one\nline number two\nx"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p\"ä/ss'w&rd %1",
                "p\\\"ä/ss'w&rd %1",
                "p\\\"ä\\/ss'w&rd %1",
                "p\\\"\\u00e4/ss'w&rd %1",
                "p%22%C3%A4%2Fss%27w%26rd+%251",
                "p%22%C3%A4%2Fss%27w%26rd%20%251",
                "p%22%c3%a4%2fss'w%26rd%20%251",
                "p%22%C3%A4/ss%27w%26rd%20%251",
                "p&quot;ä/ss&#39;w&amp;rd %1",
                "p\"ä/ss'\\''w&rd %1",
                "line number two"
            })
    void a_secret_is_found_in_all_its_forms(String form) {
        assertThat(MASKER.mask("before " + form + " after")).isEqualTo("before *** after");
    }

    @Test
    void what_only_begins_like_a_secret_stays() {
        assertThat(MASKER.mask("abc abd bc1 p\"ä")).isEqualTo("abc abd bc1 p\"ä");
        assertThat(Masker.NONE.mask(SECRET)).isEqualTo(SECRET);
        assertThat(Masker.of(List.of(""))).isSameAs(Masker.NONE);
    }

    @Test
    void secrets_that_overlap_are_one_mask_and_those_that_do_not_are_two() {
        assertThat(MASKER.mask("abcd12")).isEqualTo("***12");
        assertThat(MASKER.mask("xabc12y")).isEqualTo("xa***y");
        assertThat(MASKER.mask("abcd-abcd")).isEqualTo("***-***");
        assertThat(MASKER.mask("abcdabcd")).isEqualTo("***");
    }

    @Test
    void a_secret_that_spans_lines_is_found_across_them() {
        assertThat(MASKER.mask("[line one\nline number two\nx]")).isEqualTo("[***]");
    }

    @Test
    void what_comes_after_the_end_of_a_text_is_another_text() {
        var out = new ByteArrayOutputStream();
        Masker.Stream stream = MASKER.stream(out::write);
        for (String text : List.of("see abc", "d and ab", "cd", "abcd", "bc12")) {
            byte[] bytes = text.getBytes(UTF_8);
            stream.feed(bytes, bytes.length);
            stream.finish();
            out.write('|');
        }

        assertThat(out.toString(UTF_8)).isEqualTo("see abc|d and ab|cd|***|***|");
    }

    @Test
    void of_values_that_are_nothing_nothing_is_shown() {
        assertThat(MASKER.shown(Collections.singletonMap("abcd", null)))
                .isEqualTo(Collections.singletonMap("***", null));
        assertThat(MASKER.shownValue(Arrays.asList("abcd", null, 7))).isEqualTo(Arrays.asList("***", null, 7));
    }

    @Test
    void it_does_not_matter_in_which_pieces_the_bytes_come() {
        var text = "..abcd..bc12" + SECRET + "abcabcd" + "é".repeat(50) + "line one\nline number two\nx" + "bc1";
        var wanted = MASKER.mask(text);
        var random = new Random(7);
        for (int round = 0; round < 500; round++) {
            assertThat(inPieces(text.getBytes(UTF_8), random)).isEqualTo(wanted);
        }
    }

    private static String inPieces(byte[] bytes, Random random) {
        var out = new ByteArrayOutputStream();
        var stream = MASKER.stream((some, from, length) -> out.write(some, from, length));
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(9));
            var piece = new byte[length];
            System.arraycopy(bytes, at, piece, 0, length);
            stream.feed(piece, length);
            at += length;
        }
        stream.finish();
        return out.toString(UTF_8);
    }

    @Test
    void a_secret_as_long_as_what_is_held_back_is_found() {
        var secret = "x".repeat(40_000) + "y";
        var masker = Masker.of(List.of(secret));

        assertThat(masker.mask("a" + "x".repeat(100) + secret + "b")).isEqualTo("a" + "x".repeat(100) + "***b");
    }
}
