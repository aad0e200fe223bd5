package io.orrery.cli.output;

import io.orrery.time.TimeSource;
import io.orrery.workflowfile.process.OutputLine;
import io.orrery.workflowfile.process.OutputLines;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The logs of a run: a file for each job that prints something, in the run's folder. Safe for use by any thread. */
public final class RunLogs {

    private static final int LONGEST_NAME = 120;

    private final RunFolder folder;
    private final long limit;
    private final TimeSource time;
    private final Map<String, LogFile> files = new ConcurrentHashMap<>();
    private volatile @Nullable String problem;

    /**
     * Logs in a folder.
     *
     * @param limit how big one becomes before it is begun anew; there are at most two of that size
     * @param time the clock
     */
    public RunLogs(RunFolder folder, long limit, TimeSource time) {
        this.folder = folder;
        this.limit = limit;
        this.time = time;
    }

    void add(OutputLines lines) {
        var kind = lines.stream() == OutputLine.Stream.STDOUT ? LogFile.Kind.OUT : LogFile.Kind.ERR;
        write(lines.job(), log -> log.add(time.instant(), kind, lines));
    }

    /** Adds what the engine says about a job. */
    void note(String job, String message) {
        write(job, log -> log.note(time.instant(), message));
    }

    /** Something to write. */
    @FunctionalInterface
    private interface Entry {
        void writeTo(LogFile log) throws IOException;
    }

    private void write(String job, Entry entry) {
        try {
            LogFile file = files.get(job);
            if (file == null) {
                Path path = path(folder.path(), job);
                file = files.computeIfAbsent(job, added -> new LogFile(path, limit));
            }
            entry.writeTo(file);
        } catch (IOException e) {
            problem = "The log of " + job + " can't be written: " + e
                    + ". Make room, or let ORRERY_DIR name another folder.";
        }
    }

    private static Path path(Path folder, String job) {
        try {
            return folder.resolve(name(job));
        } catch (InvalidPathException e) {
            return folder.resolve(ascii(name(job))); // the locale has fewer letters
        }
    }

    /** The text with the numbers of all characters that are not ASCII in their place: {@code _00e9}. */
    static String ascii(String name) {
        var ascii = new StringBuilder();
        name.chars().forEach(c -> ascii.append(c < 0x80 ? String.valueOf((char) c) : "_%04x".formatted(c)));
        return ascii.toString();
    }

    /** A job's path as the path of a file: only characters that every file system takes. */
    static String name(String job) {
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
        return Optional.ofNullable(problem).or(folder::problem);
    }

    /** Closes the log of a job that has ended; what is still added opens it again. */
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

    /** Closes all that are open; what is still added opens them again. */
    public void closeFiles() {
        files.keySet().forEach(this::close);
    }

    /** Closes all that are open, and lets go of the folder. */
    public void close() {
        closeFiles();
        folder.close();
    }

    /** Has what was added be there for others to read. */
    void flush(String job) {
        LogFile file = files.get(job);
        if (file != null) {
            try {
                file.flush();
            } catch (IOException e) {
                problem = "The log of " + job + " can't be written: " + e + ". Make room.";
            }
        }
    }
}
