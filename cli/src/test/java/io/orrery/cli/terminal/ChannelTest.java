package io.orrery.cli.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class ChannelTest {

    @Test
    void what_nobody_reads_is_dropped_without_a_failure() {
        var channel = failing("Broken pipe");

        channel.println("x");
        channel.println("y");

        assertThat(channel.failure()).isNull();
    }

    @Test
    void a_full_disk_is_a_failure() {
        var channel = failing("No space left on device");

        channel.println("x");

        assertThat(channel.failure()).hasMessage("No space left on device");
    }

    @Test
    void what_the_charset_lacks_becomes_a_question_mark() {
        var bytes = new ByteArrayOutputStream();

        new Channel(bytes, US_ASCII, false).print("é✔");

        assertThat(bytes.toString(US_ASCII)).isEqualTo("??");
    }

    private static Channel failing(String message) {
        return new Channel(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException(message);
                    }
                },
                US_ASCII,
                false);
    }
}
