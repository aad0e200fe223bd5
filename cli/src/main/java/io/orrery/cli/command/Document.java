package io.orrery.cli.command;

import io.orrery.cli.terminal.Channel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Data on the standard output. */
final class Document {

    private Document() {}

    /**
     * Writes a document as UTF-8, with a line feed at its end.
     *
     * @throws CommandFailure if it can't be written; that nobody reads it to its end is fine
     */
    static void write(Channel out, String document) {
        String text = document.endsWith("\n") ? document : document + "\n";
        out.write(text.getBytes(StandardCharsets.UTF_8));
        IOException failure = out.failure();
        if (failure != null) {
            throw new CommandFailure(
                    ExitCode.INTERNAL_ERROR,
                    "The standard output can't be written: " + failure.getMessage() + ". Send it elsewhere.");
        }
    }
}
