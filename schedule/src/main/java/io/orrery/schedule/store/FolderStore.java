package io.orrery.schedule.store;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleState;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Remembers schedules in a folder of a local disk, one file each, shared by any number of processes of one machine. Safe for
 * use by any thread.
 *
 * <h2>One file, one transaction</h2>
 *
 * <p>A file has a schedule and those of its fires that have not ended, so both change together: it is written beside the old
 * one, forced to the disk, and put in its place by one rename. A crash leaves the old file or the new one.
 *
 * <h2>One lock</h2>
 *
 * <p>Whoever does something holds a lock on a file meanwhile, which the operating system releases when a process dies. A number
 * in that file grows with each change, so that who finds the number it knows need not look at any other file.
 *
 * <h2>Leases</h2>
 *
 * <p>A lease is valid until somebody has found its node {@linkplain Nodes dead or frozen} and has taken it away: what a killed
 * process ran is taken over when the others look next, what a frozen one ran after a lease. One that is thawed finds its
 * leases void when it renews them, and whatever it wants to write under them is refused. Frozen while it holds the lock, a
 * process keeps the others waiting until it is thawed or killed.
 *
 * <h2>What can't be read</h2>
 *
 * <p>stays where it is, and is shown as quarantined. It goes only when somebody removes it.
 */
final class FolderStore implements ScheduleStore {

    private static final Duration POLL = Duration.ofSeconds(1);

    private final Path path;
    private final Object turn = new Object();

    // Guarded by the turn.
    private @Nullable Open open;
    private final Map<String, String> known = new HashMap<>(); // versions of files by name
    private final Set<String> unreadable = new HashSet<>(); // ids
    private final List<Lease> held = new ArrayList<>();
    private final Shelf.Loss loss = new Shelf.Loss(); // what was not told yet
    private final Map<Lease, Completed> untold = new HashMap<>(); // ends that were written with one that could not be
    private long number = -1; // of changes that are known; -1 for none
    private boolean torn; // whether what is in memory may be ahead of the files

    private record Open(StoreSite site, Folder folder, Nodes nodes, Shelf shelf) {}

    /** What is done in turn. */
    private interface Task<T extends @Nullable Object> {
        T run(Open open) throws IOException;
    }

    private FolderStore(Path path) {
        this.path = path;
    }

    /** A store in that folder, which is created when the store is opened. */
    static FolderStore in(Path folder) {
        return new FolderStore(folder);
    }

    @Override
    public void open(StoreSite site) {
        synchronized (turn) {
            try {
                var folder = new Folder(path);
                open = new Open(site, folder, claimed(folder, site), Shelf.shared(site, this::save));
            } catch (IOException e) {
                throw failed(e);
            }
            number = -1;
            known.clear();
            unreadable.clear();
            held.clear();
            untold.clear();
            loss.clear();
            inTurn(now -> {
                now.shelf.lost(site.node()::equals, loss); // of one of its id before it
                return null;
            });
        }
    }

    private Nodes claimed(Folder folder, StoreSite site) throws IOException {
        try {
            folder.enter();
            try {
                return new Nodes(path.resolve("nodes"), site);
            } finally {
                folder.leave();
            }
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private StoreException failed(IOException e) {
        return new StoreException(
                "The files of the store in " + path + " could not be used: " + e
                        + ". Make room, or mend the permissions.",
                e);
    }

    private <T extends @Nullable Object> T inTurn(Task<T> task) {
        synchronized (turn) {
            Open now = Objects.requireNonNull(open, "A store is used between open and close.");
            try {
                long current = now.folder.enter();
                try {
                    now.nodes.keepAlive(); // before anything is leased to this node
                    refresh(now, current);
                    return task.run(now);
                } finally {
                    now.folder.leave();
                }
            } catch (IOException e) {
                torn = true;
                throw failed(e);
            } finally {
                number = torn ? -1 : number;
                torn = false;
            }
        }
    }

    private void refresh(Open now, long current) throws IOException {
        if (current == number) {
            return;
        }
        if (number == -1) {
            List.copyOf(now.shelf.cells())
                    .forEach(cell -> now.shelf.forget(cell.row().id()));
            known.clear();
            unreadable.clear();
        }
        Map<String, String> files = now.folder.files();
        for (String gone :
                known.keySet().stream().filter(name -> !files.containsKey(name)).toList()) {
            now.shelf.forget(Folder.id(gone));
            unreadable.remove(Folder.id(gone));
            known.remove(gone);
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (file.getValue().equals(Folder.FRESH) || !file.getValue().equals(known.get(file.getKey()))) {
                now.shelf.put(load(now, file.getKey()));
                known.put(file.getKey(), file.getValue());
            }
        }
        number = current;
    }

    private TimedCell load(Open now, String name) throws IOException {
        String id = Folder.id(name);
        try {
            TimedCell cell = CellText.read(now.folder.read(name), now.site.alias());
            unreadable.remove(id);
            return cell;
        } catch (RuntimeException | StackOverflowError | CharacterCodingException e) {
            unreadable.add(id);
            Schedule unknown = Schedule.named(id).job("unknown").store(now.site.alias());
            return new TimedCell(ScheduleRow.of(unknown, ScheduleState.QUARANTINED, null)
                    .quarantined("its file " + name + " cannot be read: " + e.getMessage()
                            + " Mend the file, or remove the schedule.")
                    .written(0, 0));
        }
    }

    /** Called by the shelf for what it has changed. */
    private void save(TimedCell cell) {
        Open now = Objects.requireNonNull(open);
        String id = cell.row().id();
        String name = Folder.fileName(id);
        try {
            now.folder.announce(++number);
            if (now.shelf.cell(id) == null) {
                now.folder.delete(name);
                known.remove(name);
                unreadable.remove(id);
                return;
            }
            now.folder.write(name, CellText.write(cell));
            known.put(name, Folder.FRESH);
        } catch (IOException e) {
            torn = true;
            throw failed(e);
        }
    }

    @Override
    public boolean isLocal() {
        return false;
    }

    @Override
    public Optional<StoredSchedule> find(String id) {
        return inTurn(now -> now.shelf.find(id));
    }

    @Override
    public List<StoredSchedule> all() {
        return inTurn(now -> now.shelf.all());
    }

    @Override
    public @Nullable List<Lease> write(Step step) {
        return inTurn(now -> {
            if (unreadable.contains(step.row().id())
                    && step.what() != Step.What.REMOVE
                    && step.row().version() > 0) {
                throw new IllegalArgumentException("What cannot be read is kept as it is, but \""
                        + step.row().id() + "\" would be written over. Mend its file, or remove the schedule.");
            }
            Folder.fileName(step.row().id()); // refuses what is too long
            List<Lease> leases = now.shelf.write(step);
            if (leases != null) {
                held.addAll(leases);
            }
            return leases;
        });
    }

    @Override
    public Instant nextLook() {
        Instant[] poll = new Instant[1];
        Instant next = inTurn(now -> {
            poll[0] = now.site.time().instant().plus(POLL); // others may add something
            return now.shelf.nextLook();
        });
        return next.isBefore(poll[0]) ? next : poll[0];
    }

    @Override
    public Taken take(int limit, Function<ScheduleRow, Step> decision) {
        return inTurn(now -> {
            Taken taken = now.shelf.take(limit, decision);
            held.addAll(taken.leases());
            return taken;
        });
    }

    @Override
    public List<Completed> complete(List<Completion> completions) {
        synchronized (turn) {
            List<Completed> completed = new ArrayList<>(completions.size());
            try {
                return inTurn(now -> {
                    for (Completion completion : completions) {
                        Completed before = untold.isEmpty() ? null : untold.remove(completion.lease());
                        completed.add(before == null ? now.shelf.complete(completion) : before);
                        held.remove(completion.lease());
                    }
                    return completed;
                });
            } catch (StoreException e) {
                for (int i = 0; i < completed.size(); i++) {
                    untold.put(completions.get(i).lease(), completed.get(i));
                }
                throw e;
            }
        }
    }

    @Override
    public Renewal renew() {
        return inTurn(now -> {
            now.nodes.beat();
            Set<String> gone = new HashSet<>();
            now.shelf.cells().stream()
                    .flatMap(cell -> cell.fires().stream())
                    .filter(Held::isLeased)
                    .map(Held::node)
                    .distinct()
                    .filter(node -> !node.equals(now.site.node()) && now.nodes.isGone(node))
                    .forEach(gone::add);
            if (!gone.isEmpty()) {
                now.shelf.lost(gone::contains, loss);
            }
            List<Lease> lost = new ArrayList<>();
            List<Lease> cancelled = new ArrayList<>();
            for (Lease lease : held) {
                TimedCell cell = now.shelf.cell(lease.schedule().id());
                if (cell != null && cell.valid(lease) == null) {
                    lost.add(lease);
                } else if (cell != null && cell.isCancelled(lease)) {
                    cancelled.add(lease);
                }
            }
            held.removeAll(lost);
            var renewal = new Renewal(lost, cancelled, List.copyOf(loss.abandoned()), List.copyOf(loss.asked()));
            loss.clear();
            return renewal;
        });
    }

    @Override
    public void close() {
        Open opened;
        synchronized (turn) {
            opened = open;
        }
        if (opened == null) {
            return;
        }
        Predicate<Held> keeping = opened.site.user().keeping(); // which waits for ends that are being written
        synchronized (turn) {
            if (open == null) {
                return;
            }
            try (Nodes _ = open.nodes) {
                inTurn(now -> {
                    now.shelf.giveBack(keeping.negate());
                    return null;
                });
            } catch (IOException e) {
                throw failed(e);
            } finally {
                Folder folder = open.folder;
                open = null;
                close(folder);
            }
        }
    }

    private void close(Folder folder) {
        try {
            folder.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
