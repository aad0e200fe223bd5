package io.orrery.cli.output;

import io.orrery.workflowfile.process.OutputLine;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The log of one job, of bounded size: when it is full, it becomes the old one (replacing the one before it), and a new one
 * is begun. So the last output is always there. Safe for use by any thread.
 */
final class LogFile {

    private final Path path;
    private final long limit;
    private @Nullable OutputStream out; // guarded by this
    private long size; // guarded by this
    private boolean broken; // guarded by this

    LogFile(Path path, long limit) {
        this.path = path;
        this.limit = limit;
    }

    Path path() {
        return path;
    }

    /**
     * Adds a line; opens the file again if it was closed.
     *
     * @throws IOException the first time that it can't be written; after that, lines are dropped
     */
    synchronized void add(byte[] line, boolean ended) throws IOException {
        if (broken) {
            return;
        }
        try {
            OutputStream open = size >= limit ? turn() : open();
            open.write(line);
            size += line.length + 1;
            if (ended || line.length < OutputLine.MAX_BYTES) {
                open.write('\n');
            }
            open.flush();
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }

    private OutputStream open() throws IOException {
        if (out == null) {
            Files.createDirectories(path.getParent());
            out = new BufferedOutputStream(
                    Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        }
        return out;
    }

    private OutputStream turn() throws IOException {
        close();
        Path old = path.resolveSibling(path.getFileName() + ".old");
        Files.move(path, old, StandardCopyOption.REPLACE_EXISTING);
        String note = "[what came before is in " + old.getFileName() + ", or was dropped]\n";
        OutputStream open = open();
        open.write(note.getBytes(StandardCharsets.UTF_8));
        size = note.length();
        return open;
    }

    synchronized void close() throws IOException {
        if (out != null) {
            out.close();
            out = null;
        }
    }
}
