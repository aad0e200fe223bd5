package io.orrery.systemtests;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs files of conformance vectors and prints how many have passed, failed, and been skipped, and each that has failed.
 * Usage: {@code config/conformance FILE...}. Ends with 1 if one has failed.
 *
 * <p>The dialect of a row decides how cron counts weekdays. Rows of a dialect that is not known are skipped.
 */
public final class Conformance {
    private static final Set<String> DIALECTS = Set.of("az", "aps2", "aps3", "aps4");

    private int passed;
    private int skipped;
    private int failed;

    private Conformance() {}

    /** Runs the files. */
    public static void main(String[] files) throws IOException {
        var all = new Conformance();
        for (String file : files) {
            all.run(Files.readAllLines(Path.of(file)), System.out);
        }
        System.out.println(all);
        System.exit(all.failed == 0 && files.length > 0 ? 0 : 1);
    }

    /** Runs the rows of one file. */
    static Conformance of(List<String> lines, PrintStream out) {
        var one = new Conformance();
        one.run(lines, out);
        return one;
    }

    private void run(List<String> lines, PrintStream out) {
        for (VectorRow row : VectorRow.read(lines)) {
            if (!DIALECTS.contains(row.dialect())) {
                skipped++;
                continue;
            }
            Optional<String> problem = problem(row);
            if (problem.isEmpty()) {
                passed++;
            } else {
                failed++;
                out.println("line " + row.line() + ": " + row.kind() + " " + row.fields() + " previous "
                        + row.previous() + " now " + row.now() + ": expected " + row.expected() + ", but "
                        + problem.get());
            }
        }
    }

    private static Optional<String> problem(VectorRow row) {
        try {
            return new VectorCheck(row).problem();
        } catch (RuntimeException e) {
            return Optional.of("threw " + e);
        }
    }

    @Override
    public String toString() {
        return "passed " + passed + ", failed " + failed + ", skipped " + skipped;
    }
}
