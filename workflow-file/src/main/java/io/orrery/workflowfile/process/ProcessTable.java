package io.orrery.workflowfile.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at the processes of this machine: in {@code /proc} where there is one, else with what the JDK knows. */
final class ProcessTable {

    private static final Path PROC = Path.of("/proc");
    private static final boolean HAS_PROC = Files.isReadable(PROC.resolve("self/environ"));

    /**
     * A process that lives.
     *
     * @param pid its number
     * @param parent the number of its parent
     * @param marked whether it carries the mark
     */
    record Entry(long pid, long parent, boolean marked) {}

    private ProcessTable() {}

    /** The numbers of all processes; empty where they can't be listed cheaply. */
    static Set<Long> pids() {
        var pids = new HashSet<Long>();
        if (HAS_PROC) {
            for (String name : numbers()) {
                pids.add(Long.valueOf(name));
            }
        }
        return pids;
    }

    /** All processes that live, but those whose numbers are in {@code except}. */
    static List<Entry> scan(String mark, Set<Long> except) {
        var entries = new ArrayList<Entry>();
        if (HAS_PROC) {
            byte[] wanted = mark.getBytes(StandardCharsets.US_ASCII);
            for (String name : numbers()) {
                Entry entry = except.contains(Long.valueOf(name)) ? null : entry(name, wanted);
                if (entry != null) {
                    entries.add(entry);
                }
            }
        } else {
            try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
                all.filter(ProcessHandle::isAlive)
                        .forEach(handle -> entries.add(new Entry(
                                handle.pid(),
                                handle.parent().map(ProcessHandle::pid).orElse(0L),
                                false)));
            }
        }
        return entries;
    }

    private static List<String> numbers() {
        var names = new ArrayList<String>();
        try (var folders = Files.newDirectoryStream(
                PROC, path -> isNumber(path.getFileName().toString()))) {
            folders.forEach(path -> names.add(path.getFileName().toString()));
        } catch (IOException | DirectoryIteratorException e) {
            throw new IllegalStateException("The process table in /proc can't be read", e);
        }
        return names;
    }

    private static boolean isNumber(String name) {
        return name.charAt(0) >= '1' && name.charAt(0) <= '9';
    }

    /** One process; null if it has ended, be it that its parent has not taken notice of that yet. */
    private static @Nullable Entry entry(String pid, byte[] mark) {
        try {
            // "12 (name) S 1 ...": number, name, state, parent; the name may hold anything
            String stat = Files.readString(PROC.resolve(pid).resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] rest = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 3);
            boolean dead = rest[0].equals("Z") || rest[0].equals("X");
            return dead ? null : new Entry(Long.parseLong(pid), Long.parseLong(rest[1]), carries(pid, mark));
        } catch (IOException | RuntimeException e) {
            return null; // it ended while it was looked at
        }
    }

    private static boolean carries(String pid, byte[] mark) {
        try {
            return contains(Files.readAllBytes(PROC.resolve(pid).resolve("environ")), mark);
        } catch (IOException e) {
            return false; // not ours to look at, so not ours
        }
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            int j = 0;
            while (j < wanted.length && bytes[i + j] == wanted[j]) {
                j++;
            }
            if (j == wanted.length) {
                return true;
            }
        }
        return false;
    }
}
