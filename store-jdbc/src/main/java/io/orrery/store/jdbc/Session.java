package io.orrery.store.jdbc;

import io.orrery.schedule.store.Cell;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.StoreException;
import io.orrery.schedule.store.StoreSite;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An open store: the parts that its operations share. Safe for use by any thread. */
final class Session {

    final StoreSite site;
    final Database database;
    final Sheets sheets;
    final Bulk bulk;
    final Nodes nodes;
    final Runs runs;
    final Limits limits;
    final Leases leases = new Leases();
    final Horizon horizon;

    private final List<Lease> lost = new ArrayList<>(); // guarded by itself
    private volatile boolean left; // this node takes leave, and gets no other number

    Session(StoreSite site, Database database, JdbcStore.Options options) {
        this.site = site;
        this.database = database;
        this.bulk = Bulk.of(database);
        this.sheets = new Sheets(bulk);
        this.limits = new Limits(bulk, sheets, site.time());
        this.nodes = new Nodes(database, site.node(), site.lease());
        this.runs = new Runs(database, bulk, options.retention());
        this.horizon = new Horizon(site.time(), options.pause());
    }

    /** What is to be done in a transaction by a node that may have leases. */
    interface Work<T extends @Nullable Object> {
        T in(Connection connection, long now) throws SQLException;
    }

    /**
     * Does it in a transaction, under the settling lock. If this node has been away for so long that others have taken over,
     * it begins anew with another number.
     *
     * @param after what is to be noted when it has been committed
     */
    <T extends @Nullable Object> T transact(String what, Work<T> work, After<T> after) {
        while (true) {
            leases.settling.readLock().lock();
            try {
                T result = database.transactAsNode(
                        what, connection -> work.in(connection, database.now(connection, nodes.owner())));
                after.noted(result);
                return result;
            } catch (Database.Superseded e) {
                // below, without the lock
            } finally {
                leases.settling.readLock().unlock();
            }
            beginAnew();
        }
    }

    /**
     * The same in a transaction that begins with something of somebody else's. That may take long, and heartbeats wait for the
     * lock, and for the row of the node, so both are had only when it is done.
     */
    <T extends @Nullable Object> T transact(String what, Database.Work<?> first, Work<T> work, After<T> after) {
        while (true) {
            try {
                T result = database.transactAsNode(what, connection -> {
                    leave(); // if this was tried before
                    first.in(connection);
                    if (!leases.settling.readLock().tryLock()) {
                        throw new Settling();
                    }
                    return work.in(connection, database.now(connection, nodes.owner()));
                });
                after.noted(result);
                return result;
            } catch (Settling e) {
                leases.settling.readLock().lock();
            } catch (Database.Superseded e) {
                leave();
                beginAnew();
            } finally {
                leave();
            }
        }
    }

    /** Leases are being compared with the database, which might wait for what this transaction has locked. */
    private static final class Settling extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private void leave() {
        if (leases.settling.getReadHoldCount() > 0) {
            leases.settling.readLock().unlock();
        }
    }

    /** What is to be noted. */
    interface After<T extends @Nullable Object> {
        void noted(T result);
    }

    /** Gives this node no leases any more: what is under way ends before, and what comes after is refused. */
    void takeLeave() {
        left = true;
        database.transact("give no more leases", connection -> {
            nodes.retire(connection);
            return 0;
        });
    }

    /** Another number, without the leases of the old one. */
    void beginAnew() {
        if (left) {
            throw new StoreException(
                    "A store that is being closed gives no leases. Open another one.", new Database.Superseded());
        }
        leases.settling.writeLock().lock();
        try {
            database.transact("register the node", connection -> {
                try {
                    database.now(connection, nodes.owner());
                } catch (Database.Superseded e) {
                    lose(leases.clear()); // whatever becomes of the new number
                    nodes.register(connection);
                }
                return 0;
            });
        } finally {
            leases.settling.writeLock().unlock();
        }
    }

    /** Remembers leases that were lost until that is told. */
    void lose(List<Lease> some) {
        synchronized (lost) {
            lost.addAll(some);
        }
    }

    /** The leases that were lost since this was asked. */
    List<Lease> takeLost() {
        synchronized (lost) {
            List<Lease> all = List.copyOf(lost);
            lost.clear();
            return all;
        }
    }

    /** What this node's leases are given with; until when they last is known after that. */
    Cell.Grant grant(long present, Limits.Locked limits) {
        Instant now = Nanos.instant(present);
        return new Cell.Grant(Long.toString(nodes.owner()), now, Instant.MAX, site.zone(), limits.places);
    }

    /** The same leases with the end that they have by the last heartbeat. */
    List<Lease> dated(List<Lease> given) {
        var until = Nanos.instant(nodes.until());
        return given.stream().map(lease -> lease.until(until)).toList();
    }
}
