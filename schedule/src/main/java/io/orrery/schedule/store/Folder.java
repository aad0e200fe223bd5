package io.orrery.schedule.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
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
 * The files of a store: one a schedule, a lock that says who may write, and one lock a node that says it is alive. The
 * operating system releases locks when a process ends, however it does.
 */
final class Folder {

    private static final String SUFFIX = ".schedule";
    /** Locks of files hold between processes; these do within this one. */
    private static final Map<Path, ReentrantLock> TURNS = new ConcurrentHashMap<>();

    private final Path path;
    private final Path nodes;
    private final ReentrantLock turn;
    private final FileChannel lockFile;
    private @Nullable FileLock lock;

    Folder(Path path) throws IOException {
        this.path = path;
        this.nodes = Files.createDirectories(path.resolve("nodes"));
        this.turn = TURNS.computeIfAbsent(path.toRealPath(), key -> new ReentrantLock());
        this.lockFile = FileChannel.open(
                path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    void close() throws IOException {
        lockFile.close();
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

    /** What tells one version of each file from another. */
    Map<String, String> files() throws IOException {
        var files = new HashMap<String, String>();
        try (Stream<Path> all = Files.list(path)) {
            for (Path file : (Iterable<Path>) all.filter(one -> one.toString().endsWith(SUFFIX))::iterator) {
                try {
                    var facts = Files.readAttributes(file, BasicFileAttributes.class);
                    files.put(
                            file.getFileName().toString(),
                            facts.fileKey() + " " + facts.lastModifiedTime() + " " + facts.size());
                } catch (NoSuchFileException e) {
                    files.remove(file.getFileName().toString());
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return files;
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

    /** Says that a node is alive for as long as the channel is open. */
    FileChannel claim(String node) throws IOException {
        FileChannel channel =
                FileChannel.open(nodes.resolve(fileName(node)), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // said below
        }
        channel.close();
        throw new IllegalArgumentException("Each scheduler has an id of its own, but \"" + node
                + "\" is using the store already. Give this one another with node(…).");
    }

    /** Whether a node is no more; its file is removed then, while its lock is held, so that nobody holds another one. */
    boolean isGone(String node) {
        Path file = nodes.resolve(fileName(node));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock mine = channel.tryLock()) {
            if (mine != null) {
                Files.deleteIfExists(file);
            }
            return mine != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            return false; // not known
        }
    }
}
