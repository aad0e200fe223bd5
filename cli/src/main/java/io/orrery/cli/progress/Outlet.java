package io.orrery.cli.progress;

import io.orrery.cli.terminal.Channel;
import io.orrery.cli.terminal.Colours;
import io.orrery.cli.terminal.OutputText;
import io.orrery.workflowfile.process.OutputLine;
import io.orrery.workflowfile.process.OutputLines;
import java.nio.charset.StandardCharsets;

/**
 * Where the output of jobs is shown, and how: each line after the name of its job, in one piece. A terminal gets text that
 * does nothing to it but colour; a file or pipe gets the bytes as they are.
 */
record Outlet(Channel channel, Colours colours, boolean prefixed) {

    private static final byte[] NOTHING = {};

    boolean isTerminal() {
        return channel.isTerminal();
    }

    /** The line for a terminal. */
    String text(OutputLine line) {
        String text = OutputText.forTerminal(line.text(), colours == Colours.ON);
        return prefixed ? colours.faint(line.job() + " |") + " " + text : text;
    }

    /** Writes lines, not necessarily at once. */
    void write(OutputLines lines) {
        if (isTerminal()) {
            lines.forEach(line -> channel.append((text(line) + "\n").getBytes(channel.charset())));
        } else {
            channel.append(prefixed ? (lines.job() + " | ").getBytes(StandardCharsets.UTF_8) : NOTHING, lines);
        }
    }

    void flush() {
        channel.flush();
    }
}
