package io.orrery.systemtests.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What all processes have noted, and what of it must not be. */
final class CrashNotes {

    private final Map<String, List<String>> begun = new HashMap<>(); // the nodes, by fire and attempt
    private final Map<String, Set<Integer>> attempts = new HashMap<>(); // by fire
    private final Set<String> ended = new HashSet<>(); // schedules
    private final Set<String> added = new TreeSet<>();

    static CrashNotes in(Path folder) throws IOException {
        var notes = new CrashNotes();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                // what follows the last line feed was being written when the process was killed
                text.substring(0, text.lastIndexOf('\n') + 1)
                        .lines()
                        .forEach(line -> notes.add(line, file.getFileName().toString()));
            }
        }
        return notes;
    }

    private void add(String line, String node) {
        String[] words = line.split(" ", 2);
        switch (words[0]) {
            case "begin" -> {
                begun.computeIfAbsent(words[1], key -> new ArrayList<>()).add(node);
                int space = words[1].lastIndexOf(' ');
                attempts.computeIfAbsent(words[1].substring(0, space), key -> new TreeSet<>())
                        .add(Integer.valueOf(words[1].substring(space + 1)));
            }
            case "end" -> ended.add(words[1].substring(0, words[1].lastIndexOf('@')));
            case "added" -> added.add(words[1]);
            default -> {} // ready, drained
        }
    }

    int fires() {
        return attempts.size();
    }

    int added() {
        return added.size();
    }

    long repeated() {
        return attempts.values().stream().filter(numbers -> numbers.size() > 1).count();
    }

    /** Attempts that were begun more than once, and where. */
    List<String> begunTwice() {
        return begun.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(Map.Entry::toString)
                .toList();
    }

    /** Fires that were begun again although they must not be. */
    List<String> repeatedAgainstTheirPolicy() {
        return attempts.entrySet().stream()
                .filter(entry ->
                        entry.getKey().startsWith("once ") && entry.getValue().size() > 1)
                .map(Map.Entry::toString)
                .toList();
    }

    /** Schedules of which somebody knew that they were added, and that have not run to their end. */
    Set<String> lost() {
        var lost = new TreeSet<>(added);
        lost.removeAll(ended);
        return lost;
    }
}
