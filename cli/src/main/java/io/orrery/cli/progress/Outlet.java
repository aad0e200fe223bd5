package io.orrery.cli.progress;

import io.orrery.cli.terminal.Channel;
import io.orrery.cli.terminal.Colours;
import io.orrery.cli.terminal.OutputText;
import io.orrery.workflowfile.process.OutputLine;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Where the output of jobs is shown, and how: each line after the name of its job, in one piece. A terminal gets text that
 * does nothing to it but colour; a file or pipe gets the bytes as they are.
 */
record Outlet(Channel channel, Colours colours) {

    boolean isTerminal() {
        return channel.isTerminal();
    }

    /** What is to be written for a line. */
    byte[] bytes(OutputLine line) {
        if (isTerminal()) {
            return (text(line) + "\n").getBytes(channel.charset());
        }
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes((line.job() + " | ").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(line.bytes());
        bytes.write('\n');
        return bytes.toByteArray();
    }

    /** The line for a terminal. */
    String text(OutputLine line) {
        return colours.faint(line.job() + " |") + " " + OutputText.forTerminal(line.text(), colours == Colours.ON);
    }

    void write(OutputLine line) {
        channel.write(bytes(line));
    }
}
