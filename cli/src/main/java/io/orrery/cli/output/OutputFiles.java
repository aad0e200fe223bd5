package io.orrery.cli.output;

import io.orrery.workflowfile.process.OutputLines;
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

    /** Adds lines to the file of their job; a job that is tried again adds to what is there. */
    public synchronized void add(OutputLines lines) {
        try {
            OutputStream out = open.get(lines.job());
            if (out == null) {
                Path file = folder.resolve(RunLogs.name(lines.job()));
                Files.createDirectories(file.getParent());
                out = new BufferedOutputStream(Files.newOutputStream(file));
                open.put(lines.job(), out);
            }
            out.write(lines.bytes(), lines.start(0), lines.end(lines.count() - 1) - lines.start(0));
            if (lines.ended()) {
                out.write('\n');
            }
        } catch (IOException e) {
            problem = "What " + lines.job() + " prints can't be written to " + folder + ": " + e + ". Make room.";
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
