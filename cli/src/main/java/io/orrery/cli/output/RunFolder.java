package io.orrery.cli.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one run, {@code .orrery/runs/ID} below the current folder, or below the one that the environment variable
 * ORRERY_DIR names instead of {@code .orrery}; a temporary one where that can't be written. It is made when it is first
 * needed; of all runs, the last {@value #KEPT} keep theirs, and those that are still going: each holds a lock on a file beside
 * its logs. Safe for use by any thread.
 */
public final class RunFolder {

    private static final String VARIABLE = "ORRERY_DIR";
    private static final String RUNS = "runs";
    private static final String LOCK = ".lock";
    private static final int KEPT = 100;
    /** A run id, a ULID: names sort by the time of the run. */
    private static final Pattern RUN_ID = Pattern.compile("[0-9A-HJKMNP-TV-Z]{26}");

    private final Path home;
    private final String runId;
    private @Nullable Path made; // guarded by this
    private @Nullable FileChannel lock; // guarded by this; while open, the folder is in use
    private @Nullable String problem; // guarded by this

    /** The folder of a run that was started with {@code current} as current folder. */
    public RunFolder(Path current, Map<String, String> env, String runId) {
        String named = env.getOrDefault(VARIABLE, "");
        this.home = current.resolve(named.isEmpty() ? ".orrery" : named);
        this.runId = runId;
    }

    /**
     * The folder, which exists.
     *
     * @throws IOException if neither it nor a temporary one can be made
     */
    synchronized Path path() throws IOException {
        Path path = made;
        if (path == null) {
            path = make();
            made = path;
        }
        return path;
    }

    /** The folder, if it was needed. */
    synchronized Optional<Path> made() {
        return Optional.ofNullable(made);
    }

    /** Why it is not where it was to be; empty if it is. */
    synchronized Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Lets go of it: later runs may drop it. */
    synchronized void close() {
        if (made != null && lock != null) {
            try {
                lock.close();
                Files.deleteIfExists(made.resolve(LOCK));
            } catch (IOException e) {
                // the end of the process lets go of it, too
            }
            lock = null;
        }
    }

    private Path make() throws IOException {
        Path runs = home.resolve(RUNS);
        Path folder = runs.resolve(runId);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            Path temporary = Files.createTempDirectory("orrery-" + runId + "-");
            problem = "The logs are in " + temporary + ", since " + folder + " can't be made: " + e
                    + ". Let ORRERY_DIR name a folder that you may write to.";
            return temporary;
        }
        lock = hold(folder);
        keepOutOfVersionControl();
        try {
            dropOldOnes(runs);
        } catch (IOException | UncheckedIOException e) {
            // the next run tries again
        }
        return folder;
    }

    private static @Nullable FileChannel hold(Path folder) {
        try {
            FileChannel channel =
                    FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var _ = channel.tryLock();
            return channel;
        } catch (IOException e) {
            return null; // a file system without locks: the folder is as new as they are, so it stays for long
        }
    }

    private void keepOutOfVersionControl() {
        try {
            Files.writeString(Files.createFile(home.resolve(".gitignore")), "*\n");
        } catch (IOException e) {
            // most often from an earlier run, or the user's own
        }
    }

    private static void dropOldOnes(Path runs) throws IOException {
        List<Path> all;
        try (Stream<Path> folders = Files.list(runs)) {
            all = folders.filter(path ->
                            RUN_ID.matcher(path.getFileName().toString()).matches())
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
            try {
                dropUnlessHeld(old);
            } catch (IOException | UncheckedIOException e) {
                // somebody else's, perhaps; the others can go
            }
        }
    }

    private static void dropUnlessHeld(Path folder) throws IOException {
        Path file = folder.resolve(LOCK);
        if (!Files.exists(file)) {
            drop(folder);
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (channel.tryLock() != null) {
                drop(folder);
            }
        } catch (OverlappingFileLockException e) {
            // held by a run in this process
        }
    }

    private static void drop(Path folder) throws IOException {
        List<Path> content;
        try (Stream<Path> all = Files.walk(folder)) {
            content = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : content) {
            Files.deleteIfExists(path); // another run may be at it as well
        }
    }
}
