package io.orrery.workflowfile.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds programs. They are looked for in the {@code PATH} of the command; the JDK would look in the {@code PATH} of this
 * process.
 */
final class Executables {

    private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

    private Executables() {}

    /** The program that a name stands for in a search path; null if there is none. */
    static @Nullable Path find(String name, @Nullable String searchPath, Path workdir) {
        String path = searchPath == null ? USUAL_PATH : searchPath;
        for (String folder : path.split(File.pathSeparator)) {
            Path candidate = candidate(workdir, folder, name);
            if (candidate != null && Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    private static @Nullable Path candidate(Path workdir, String folder, String name) {
        try {
            return workdir.resolve(folder).resolve(name);
        } catch (InvalidPathException e) {
            return null; // a folder that can't exist holds no programs
        }
    }

    /** Whether a program is given by its name, not by a path. */
    static boolean isName(String program) {
        return program.indexOf('/') < 0 && File.separatorChar == '/';
    }
}
