package io.orrery.schedule.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who of those that share a folder is alive. Used by one process at a time, the one whose turn it is.
 *
 * <h2>Dead, and frozen</h2>
 *
 * <p>Each node has a file, and a lock on it for as long as it lives: the operating system releases it when the process ends,
 * however it does, and the others see that when they look next. A process that is frozen keeps its lock. So a node also counts
 * its beats in its file, some a lease. Who has watched that number stand still for a whole lease takes the node for gone.
 *
 * <h2>No clock is compared</h2>
 *
 * <p>A watcher measures on its own monotonic clock, from the moment at which it has seen a number first. A wall clock that is
 * set, or a machine that was asleep as a whole, makes nobody look dead; and a watcher that was frozen itself reads the numbers
 * anew before it judges. A node may rely on what it holds for a lease from its last beat on, which is always less.
 *
 * <h2>One process, one lock</h2>
 *
 * <p>A lock of a file belongs to the process, and is gone when the process closes the file, however often it has it open. So
 * the files of nodes of this process are not opened a second time: what they say is known here.
 */
final class Nodes implements AutoCloseable {

    private static final int SIZE = 2 * Long.BYTES; // the lease in nanoseconds, the number of beats
    /** The nodes of this process, by their files. */
    private static final Map<Path, Nodes> HERE = new ConcurrentHashMap<>();

    private final Path folder;
    private final StoreSite site;
    private final Path path;
    private final FileChannel channel;
    private final Map<String, Seen> others = new HashMap<>();
    private volatile Beat last; // read by other nodes of this process

    /** The length of a lease, and the number of beats. */
    private record Beat(long lease, long number, long at) {}

    /** The number of beats of another node, and when it was seen first. */
    private record Seen(long number, long since) {}

    /**
     * Says that this node is alive, until it is closed.
     *
     * @throws IllegalArgumentException if somebody else has its id
     */
    Nodes(Path folder, StoreSite site) throws IOException {
        this.folder = Files.createDirectories(folder).toRealPath();
        this.site = site;
        this.path = file(site.node());
        this.last = new Beat(site.lease().toNanos(), 0, site.time().nanos());
        if (HERE.putIfAbsent(path, this) != null) {
            throw taken();
        }
        try {
            this.channel = locked();
            beat();
        } catch (IOException | RuntimeException e) {
            HERE.remove(path);
            throw e;
        }
    }

    private Path file(String node) {
        return folder.resolve(Folder.fileName(node));
    }

    private FileChannel locked() throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (file.tryLock() == null) {
            file.close();
            throw taken();
        }
        return file;
    }

    private IllegalArgumentException taken() {
        return new IllegalArgumentException("Each scheduler has an id of its own, but \"" + site.node()
                + "\" is using the store already. Give this one another with node(…).");
    }

    /** Says that this node is alive, unless it has said so a short while ago. */
    void keepAlive() throws IOException {
        if (site.time().nanos() - last.at > last.lease / 4) {
            beat();
        }
    }

    /** Says that this node is alive. */
    void beat() throws IOException {
        var next = new Beat(last.lease, last.number + 1, site.time().nanos());
        channel.write(
                ByteBuffer.allocate(SIZE)
                        .putLong(next.lease)
                        .putLong(next.number)
                        .flip(),
                0);
        last = next;
    }

    /** Whether another node is no more, or frozen. */
    boolean isGone(String node) {
        Path file = file(node);
        Nodes here = HERE.get(file);
        if (here != null) {
            return isSilent(node, here.last.lease, here.last.number);
        }
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = other.tryLock()) {
            if (lock == null) {
                ByteBuffer text = ByteBuffer.allocate(SIZE);
                return other.read(text, 0) == SIZE && isSilent(node, text.getLong(0), text.getLong(Long.BYTES));
            }
            Files.deleteIfExists(file); // while it is locked, so that nobody locks what is no file any more
        } catch (NoSuchFileException e) {
            // it has closed the store
        } catch (IOException e) {
            return false; // not known
        }
        others.remove(node);
        return true;
    }

    private boolean isSilent(String node, long lease, long number) {
        long now = site.time().nanos();
        Seen seen = others.get(node);
        if (seen == null || seen.number != number) {
            others.put(node, new Seen(number, now));
            return false;
        }
        return now - seen.since >= lease;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(path);
        } finally {
            HERE.remove(path);
        }
    }
}
