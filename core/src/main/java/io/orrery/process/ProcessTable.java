package io.orrery.process;

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

/** Looks at the processes of this machine: in {@code /proc} where there is one, else with what the JDK knows. */
public final class ProcessTable {

    private static final Path PROC = Path.of("/proc");
    private static final boolean HAS_PROC = Files.isReadable(PROC.resolve("self/environ"));

    private static final byte[] OTHERS = {0};
    /** The parent of the kernel's own threads, which have no environment. */
    private static final long KERNEL = 2;

    /**
     * A process that lives.
     *
     * @param pid its number
     * @param parent the number of its parent
     * @param marked whether it carries the mark
     */
    public record Entry(long pid, long parent, boolean marked) {}

    private ProcessTable() {}

    /** The numbers of all processes; empty where they can't be listed cheaply. */
    public static Set<Long> pids() {
        var pids = new HashSet<Long>();
        if (HAS_PROC) {
            for (String name : numbers()) {
                pids.add(Long.valueOf(name));
            }
        }
        return pids;
    }

    /**
     * A look at the processes.
     *
     * @param entries those that live
     * @param certain whether all was seen: not if one ended meanwhile, which may have left a child behind that was not yet
     *     listed, or if one was just becoming another program, which has no environment for a moment
     */
    public record Look(List<Entry> entries, boolean certain) {}

    /** All processes that live, but those whose numbers are in {@code except}. */
    public static Look look(String mark, Set<Long> except) {
        var entries = new ArrayList<Entry>();
        boolean certain = true;
        if (HAS_PROC) {
            byte[] wanted = mark.getBytes(StandardCharsets.US_ASCII);
            for (String name : numbers()) {
                if (!except.contains(Long.valueOf(name))) {
                    certain &= add(name, wanted, entries);
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
        return new Look(entries, certain);
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

    /** Adds a process, if it lives; returns whether it is certain what it is. */
    private static boolean add(String pid, byte[] mark, List<Entry> entries) {
        Path folder = PROC.resolve(pid);
        String[] rest;
        try {
            // "12 (name) S 1 ...": number, name, state, parent; the name may hold anything
            String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
            rest = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 3);
        } catch (IOException e) {
            return false; // it ended meanwhile
        }
        if (rest[0].equals("Z") || rest[0].equals("X")) {
            return true; // it has ended, but its parent has not taken notice of that yet
        }
        long parent = Long.parseLong(rest[1]);
        byte[] environment;
        try {
            environment = Files.readAllBytes(folder.resolve("environ"));
        } catch (IOException e) {
            environment = OTHERS; // not ours to look at, so not ours
        }
        entries.add(new Entry(Long.parseLong(pid), parent, contains(environment, mark)));
        return environment.length > 0 || parent == KERNEL;
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
