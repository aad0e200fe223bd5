package io.orrery.cli.output;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a job has printed to its standard output, taken from its log. */
final class LogContent {
    private static final Pattern LINE = Pattern.compile("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} out \\d+([:~]) ([^\n]*)\n");

    private LogContent() {}

    static byte[] of(Path log) throws IOException {
        var lines = LINE.matcher(new String(Files.readAllBytes(log), ISO_8859_1));
        var content = new ByteArrayOutputStream();
        while (lines.find()) {
            content.writeBytes(lines.group(2).getBytes(ISO_8859_1));
            if (lines.group(1).equals(":")) {
                content.write('\n');
            }
        }
        return content.toByteArray();
    }
}
