package io.orrery.cli.command;

import io.orrery.cli.terminal.Channel;
import java.nio.charset.StandardCharsets;

/** Data on the standard output. */
final class Document {

    private Document() {}

    /**
     * Writes a document as UTF-8, with a line feed at its end. Whether that went well is looked at when the command ends.
     */
    static void write(Channel out, String document) {
        String text = document.endsWith("\n") ? document : document + "\n";
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
