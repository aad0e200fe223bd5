package io.orrery.cli.output;

import io.orrery.workflowfile.process.OutputLine;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What jobs print, byte for byte, in a file for each. Safe for use by any thread. */
public final class OutputFiles {

    private final Path folder;
    private final Map<String, OutputStream> open = new HashMap<>(); // guarded by this
    private @Nullable String problem; // guarded by this

    /** Files in a folder, which is made if there is none. */
    public OutputFiles(Path folder) {
        this.folder = folder;
    }

    /** Adds a line to the file of its job; a job that is tried again adds to what is there. */
    public synchronized void add(OutputLine line) {
        try {
            OutputStream out = open.get(line.job());
            if (out == null) {
                Path file = folder.resolve(RunLogs.name(line.job()));
                Files.createDirectories(file.getParent());
                out = new BufferedOutputStream(Files.newOutputStream(file));
                open.put(line.job(), out);
            }
            out.write(line.bytes());
            if (line.ended()) {
                out.write('\n');
            }
        } catch (IOException e) {
            problem = "What " + line.job() + " prints can't be written to " + folder + ": " + e + ". Make room.";
        }
    }

    /** Closes all of them. */
    public synchronized void close() {
        for (OutputStream out : open.values()) {
            try {
                out.close();
            } catch (IOException e) {
                problem = "The files in " + folder + " can't be written: " + e + ". Make room.";
            }
        }
        open.clear();
    }

    /** What went wrong with them; empty if nothing. */
    public synchronized Optional<String> problem() {
        return Optional.ofNullable(problem);
    }
}
