package io.orrery.cli.output;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * needed; of all runs, the last {@value #KEPT} keep theirs. Safe for use by any thread.
 */
public final class RunFolder {

    private static final String VARIABLE = "ORRERY_DIR";
    private static final String RUNS = "runs";
    private static final int KEPT = 100;
    /** A run id, a ULID: names sort by the time of the run. */
    private static final Pattern RUN_ID = Pattern.compile("[0-9A-HJKMNP-TV-Z]{26}");

    private final Path home;
    private final String runId;
    private @Nullable Path made; // guarded by this

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

    private Path make() throws IOException {
        try {
            Path runs = Files.createDirectories(home.resolve(RUNS));
            keepOutOfVersionControl();
            dropOldOnes(runs);
            return Files.createDirectories(runs.resolve(runId));
        } catch (IOException e) {
            return Files.createTempDirectory("orrery-" + runId + "-");
        }
    }

    private void keepOutOfVersionControl() throws IOException {
        try {
            Files.writeString(Files.createFile(home.resolve(".gitignore")), "*\n");
        } catch (FileAlreadyExistsException e) {
            // from an earlier run, or the user's own
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
        for (Path old : all.subList(Math.min(KEPT - 1, all.size()), all.size())) {
            drop(old);
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
