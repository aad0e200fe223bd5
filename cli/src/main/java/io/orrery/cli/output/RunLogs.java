package io.orrery.cli.output;

import io.orrery.workflowfile.process.OutputLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The logs of a run: a file for each job that prints something, in the run's folder. Safe for use by any thread. */
public final class RunLogs {

    /** How big the log of a job becomes before it is begun anew; there are at most two of that size. */
    static final long LIMIT = 8L * 1024 * 1024;

    private static final int LONGEST_NAME = 120;

    private final RunFolder folder;
    private final Map<String, LogFile> files = new ConcurrentHashMap<>();
    private volatile @Nullable String problem;

    public RunLogs(RunFolder folder) {
        this.folder = folder;
    }

    void add(OutputLine line) {
        try {
            LogFile file = files.get(line.job());
            if (file == null) {
                Path path = folder.path().resolve(name(line.job()));
                file = files.computeIfAbsent(line.job(), job -> new LogFile(path, LIMIT));
            }
            file.add(line);
        } catch (IOException e) {
            problem = "The log of " + line.job() + " can't be written: " + e
                    + ". Make room, or let ORRERY_DIR name another folder.";
        }
    }

    /** A job's path as the path of a file: only characters that every file system takes. */
    private static String name(String job) {
        return Stream.of(job.split("/"))
                .map(part -> part.replaceAll("[^\\p{L}\\p{N}._\\[\\]=,#-]|^\\.+", "_"))
                .map(part -> part.substring(0, Math.min(part.length(), LONGEST_NAME)))
                .collect(Collectors.joining("/", "", ".log"));
    }

    /** The log of a job; empty if it has printed nothing. */
    public Optional<Path> of(String job) {
        return Optional.ofNullable(files.get(job)).map(LogFile::path);
    }

    /** Where the logs are; empty if there are none. */
    public Optional<Path> folder() {
        return files.isEmpty() ? Optional.empty() : folder.made();
    }

    /** What went wrong with them; empty if nothing. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Closes the log of a job that has ended. */
    public void close(String job) {
        LogFile file = files.get(job);
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                problem = "The log of " + job + " can't be written: " + e + ". Make room.";
            }
        }
    }

    /** Closes all that are open. */
    public void close() {
        files.keySet().forEach(this::close);
    }
}
