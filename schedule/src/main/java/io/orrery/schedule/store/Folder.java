package io.orrery.schedule.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a store: one a schedule, and a lock that says who may write, which the operating system releases when a process
 * ends, however it does.
 */
final class Folder {

    /** The version of a file that has to be looked at again. */
    static final String FRESH = "fresh";

    private static final String SUFFIX = ".schedule";
    private static final String LOCK = "lock";
    private static final long TICK = 50; // milliseconds; clocks of file systems are coarse
    /** Locks of files hold between processes; these do within this one. */
    private static final Map<Path, ReentrantLock> TURNS = new ConcurrentHashMap<>();

    private final Path path;
    private final ReentrantLock turn;
    private final FileChannel lockFile;
    private @Nullable FileLock lock;

    Folder(Path path) throws IOException {
        this.path = path;
        Files.createDirectories(path);
        this.turn = TURNS.computeIfAbsent(path.toRealPath(), key -> new ReentrantLock());
        this.lockFile = FileChannel.open(
                path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** In turn: with the file goes every lock that this process holds on it. */
    void close() throws IOException {
        turn.lock();
        try (lockFile) {
            lock = null;
        } finally {
            turn.unlock();
        }
    }

    /** Waits for one's turn; returns the number of changes so far. */
    long enter() throws IOException {
        turn.lock();
        try {
            lock = lockFile.lock();
            ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
            lockFile.read(number, 0);
            return number.getLong(0);
        } catch (IOException | RuntimeException e) {
            leave();
            throw e;
        }
    }

    void leave() throws IOException {
        try {
            if (lock != null) {
                lock.release();
                lock = null;
            }
        } finally {
            turn.unlock();
        }
    }

    /** Says that there is a change, before it is made: who finds none looks in vain, and no change is overlooked. */
    void announce(long number) throws IOException {
        lockFile.write(ByteBuffer.allocate(Long.BYTES).putLong(0, number), 0);
    }

    /**
     * What tells one version of each file from another; {@link #FRESH} if nothing does, since it was written so shortly before
     * the last change that another version may have the same time.
     */
    Map<String, String> files() throws IOException {
        var files = new HashMap<String, String>();
        long fresh = Files.getLastModifiedTime(path.resolve(LOCK)).toMillis() - TICK;
        try (Stream<Path> all = Files.list(path)) {
            for (Path file : (Iterable<Path>) all.filter(Folder::isOfSchedule)::iterator) {
                try {
                    var facts = Files.readAttributes(file, BasicFileAttributes.class);
                    boolean settled = facts.lastModifiedTime().toMillis() < fresh;
                    files.put(
                            file.getFileName().toString(),
                            settled ? facts.fileKey() + " " + facts.lastModifiedTime() + " " + facts.size() : FRESH);
                } catch (NoSuchFileException e) {
                    files.remove(file.getFileName().toString());
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return files;
    }

    /** Whether it has a name that this store gives to files; others are somebody else's. */
    private static boolean isOfSchedule(Path file) {
        String name = file.getFileName().toString();
        try {
            return name.endsWith(SUFFIX)
                    && !id(name).isBlank()
                    && fileName(id(name)).equals(name);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static String fileName(String id) {
        String escaped = URLEncoder.encode(id, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace(".", "%2E");
        if (escaped.length() > 200) {
            throw new IllegalArgumentException("An id becomes the name of a file, of at most 200 characters, but \""
                    + id + "\" would have " + escaped.length() + ". Choose a shorter one.");
        }
        return escaped + SUFFIX;
    }

    static String id(String fileName) {
        return URLDecoder.decode(fileName.substring(0, fileName.length() - SUFFIX.length()), StandardCharsets.UTF_8);
    }

    String read(String fileName) throws IOException {
        return Files.readString(path.resolve(fileName));
    }

    /** Puts a file in its place as a whole, so that who reads it finds the old one or the new one. */
    void write(String fileName, String text) throws IOException {
        Path fresh = path.resolve("new");
        try (var out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(fresh, path.resolve(fileName), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync();
    }

    void delete(String fileName) throws IOException {
        Files.deleteIfExists(path.resolve(fileName));
        sync();
    }

    private void sync() throws IOException {
        try (var folder = FileChannel.open(path, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
