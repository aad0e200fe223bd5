package io.orrery.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is measured, piece by piece. With a folder, each piece is kept in a file of it, and a piece that is there is not measured
 * again: so a long run can be made of short ones.
 */
final class Pieces {

    private static final String FACTS = "facts";

    private final Optional<Path> folder;
    private final Optional<Duration> patience;
    private final long began = System.nanoTime();
    private int left;

    Pieces(Optional<Path> folder, Optional<Duration> patience) {
        this.folder = folder;
        this.patience = patience;
    }

    /** How many pieces have not been measured, since time was up. */
    int left() {
        return left;
    }

    /**
     * The facts of the first run that these pieces were measured by, which are {@code now} if this is the first.
     *
     * @throws IllegalArgumentException if that was at another commit, or with other options
     */
    Map<String, String> facts(Map<String, String> now) throws IOException {
        if (folder.isEmpty()) {
            return now;
        }
        Path file = folder.get().resolve(FACTS);
        if (!Files.exists(file)) {
            Files.createDirectories(folder.get());
            write(
                    FACTS,
                    now.entrySet().stream()
                            .map(fact -> fact.getKey() + "\t" + fact.getValue())
                            .toList());
            return now;
        }
        Map<String, String> known = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            int tab = line.indexOf('\t');
            known.put(line.substring(0, tab), line.substring(tab + 1));
        }
        for (String fact : List.of("commit", "run", "processor")) {
            if (!Objects.equals(known.get(fact), now.get(fact))) {
                throw new IllegalArgumentException("Pieces belong to one run, but those in " + folder.get() + " have "
                        + fact + " \"" + known.get(fact) + "\" and these would have \"" + now.get(fact)
                        + "\". Name another folder.");
            }
        }
        return known;
    }

    /** A piece: as it was kept, or measured now; empty if time is up. */
    List<Line> piece(String name, Supplier<List<Line>> measure) throws IOException {
        Optional<Path> kept = folder.map(one -> one.resolve(fileName(name)));
        if (kept.isPresent() && Files.exists(kept.get())) {
            return Files.readAllLines(kept.get()).stream()
                    .flatMap(line -> Line.parse(line).stream())
                    .toList();
        }
        if (patience.isPresent() && System.nanoTime() - began > patience.get().toNanos()) {
            left++;
            return List.of();
        }
        System.err.println(name);
        List<Line> lines = measure.get();
        if (folder.isPresent()) {
            write(fileName(name), lines.stream().map(Line::text).toList());
        }
        return lines;
    }

    private static String fileName(String name) {
        return name.replaceAll("[^A-Za-z0-9]+", "-");
    }

    /** A piece that is there is whole. */
    private void write(String name, List<String> lines) throws IOException {
        Path file = folder.orElseThrow().resolve(name);
        Path part = file.resolveSibling(name + ".part");
        Files.write(part, lines);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
