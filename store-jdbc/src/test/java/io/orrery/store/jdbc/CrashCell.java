package io.orrery.store.jdbc;

import io.orrery.store.jdbc.CrashHistory.Due;
import io.orrery.store.jdbc.CrashHistory.Fault;
import io.orrery.store.jdbc.CrashHistory.Note;
import io.orrery.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A place for processes, one after the other, and what is done to them. Used by one thread. */
final class CrashCell implements AutoCloseable {

    private final String name;
    private final Path folder;
    private final CutProxy proxy;
    private final List<Fault> faults;
    private int generation;
    private @Nullable Process process;
    private long wellAgain; // when what is wrong with it ends
    private long wrongSince;
    private String wrong = ""; // frozen, stalled; or nothing

    CrashCell(String name, Servers.Server server, Path folder, List<Fault> faults) {
        this.name = name;
        this.folder = folder;
        this.proxy = new CutProxy(server.port);
        this.faults = faults;
    }

    private static long now() {
        return Nanos.of(TimeSource.system().instant());
    }

    private String node() {
        return name + "-" + generation;
    }

    void start() {
        generation++;
        Path log = folder.resolve(node() + ".log");
        try {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-XX:-UsePerfData",
                            "-Xshare:auto",
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            CrashNode.class.getName(),
                            CrashProof.url(proxy.port()),
                            node(),
                            folder.resolve(node() + ".journal").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isWell() {
        return wrong.isEmpty();
    }

    /** Kills it, and starts another one. */
    void kill() {
        Process running = process;
        if (running != null) {
            long at = now();
            running.destroyForcibly();
            try {
                running.waitFor();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            faults.add(new Fault(node(), "killed", at, now()));
            process = null;
        }
    }

    void freeze(Duration duration) {
        signal("STOP");
        begin("frozen", duration);
    }

    void stall(Duration duration) {
        proxy.stall(true);
        begin("stalled", duration);
    }

    private void begin(String what, Duration duration) {
        wrong = what;
        wrongSince = now();
        wellAgain = wrongSince + duration.toNanos();
    }

    void cut() {
        long at = now();
        proxy.cut();
        faults.add(new Fault(node(), "cut", at, now()));
    }

    /** Ends what has been wrong for long enough, and has a process in place of one that was killed. */
    void keepUp() {
        if (!isWell() && now() >= wellAgain) {
            if (wrong.equals("frozen")) {
                signal("CONT");
            } else {
                proxy.stall(false);
            }
            faults.add(new Fault(node(), wrong, wrongSince, now()));
            wrong = "";
        }
        if (process == null || !process.isAlive()) {
            start();
        }
    }

    private void signal(String name) {
        Process running = process;
        try {
            if (running != null) {
                new ProcessBuilder("kill", "-" + name, Long.toString(running.pid()))
                        .start()
                        .waitFor();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
        proxy.close();
    }

    /** What all of them have noted. */
    static List<Note> journals(Path folder) throws IOException {
        List<Note> notes = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".journal")).toList();
        }
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split("\t");
                if (parts.length == 7) { // the last line may be torn
                    notes.add(new Note(
                            parts[0],
                            parts[1],
                            new Due(parts[2], Long.parseLong(parts[3])),
                            Integer.parseInt(parts[4]),
                            Long.parseLong(parts[5]),
                            Long.parseLong(parts[6])));
                }
            }
        }
        return notes;
    }
}
