package io.orrery.store.jdbc;

import io.orrery.schedule.ScheduleInfo.History;
import io.orrery.schedule.cell.Held;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.Renewal;
import io.orrery.schedule.store.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The heartbeat, and what comes with it: news about own leases, leases of nodes that are gone, and old history. */
final class Renewals {

    private static final int CHUNK = 500;
    private static final int BEATS_A_SWEEP = 20;

    private final Session session;
    private int beats; // touched by the one thread that renews

    Renewals(Session session) {
        this.session = session;
    }

    /** The numbers of the nodes that are to hear of a step: those that run fires which it ends. What is removed may end. */
    static List<Long> owners(Sheet sheet, Step step) {
        if (step.what() == Step.What.WRITE || step.what() == Step.What.REMOVE) {
            return List.of();
        }
        return sheet.cell.fires().stream()
                .filter(Held::isLeased)
                .map(held -> Long.valueOf(held.node()))
                .toList();
    }

    Renewal renew() {
        Nodes.Beat beat = session.database.hurry(
                "renew leases", connection -> session.nodes.beat(connection, session.leases.size()));
        if (!beat.alive()) {
            session.beginAnew();
        }
        List<Lease> cancelled = new ArrayList<>();
        List<Lease> lost = new ArrayList<>(session.takeLost());
        if (beat.news() || session.database.doubt.get()) {
            compare(lost, cancelled);
        }
        List<Lease> abandoned = new ArrayList<>();
        for (long dead : beat.dead()) {
            abandoned.addAll(takeOver(dead));
        }
        if (beats++ % BEATS_A_SWEEP == 0) {
            session.database.transact("remove old history", connection -> session.runs.sweep(connection, beat.now()));
        }
        return new Renewal(lost, cancelled, abandoned);
    }

    // ------------------------------------------------------------------------------------- own leases

    /** Compares what this node has with the database, when somebody has changed it, or nobody knows. */
    private void compare(List<Lease> lost, List<Lease> cancelled) {
        session.leases.settling.writeLock().lock();
        try {
            session.database.transact("look at leases", connection -> {
                lost.removeIf(lease -> session.leases.find(lease) != null); // of an attempt of this that has failed
                cancelled.clear();
                List<Lease> mine = session.leases.all();
                for (int from = 0; from < mine.size(); from += CHUNK) {
                    compare(connection, mine.subList(from, Math.min(mine.size(), from + CHUNK)), lost, cancelled);
                }
                return 0;
            });
            lost.forEach(session.leases::remove);
            if (session.database.doubt.getAndSet(false)) {
                giveBackUnknown();
            }
        } finally {
            session.leases.settling.writeLock().unlock();
        }
    }

    private void compare(Connection connection, List<Lease> mine, List<Lease> lost, List<Lease> cancelled)
            throws SQLException {
        Map<String, Sheet> sheets = session.sheets.find(
                connection,
                mine.stream().map(lease -> lease.fire().schedule()).distinct().toList());
        String node = Long.toString(session.nodes.owner());
        for (Lease lease : mine) {
            Sheet sheet = sheets.get(lease.fire().schedule());
            Held held = sheet == null ? null : sheet.cell.valid(lease);
            if (held == null || !held.node().equals(node)) {
                lost.add(lease);
            } else if (held.phase() == Held.Phase.CANCELLED) {
                cancelled.add(lease);
            }
        }
    }

    /** Leases that a transaction has given, the end of which was not heard: nobody has begun to run these fires. */
    private void giveBackUnknown() {
        String me = Long.toString(session.nodes.owner());
        boolean worked = false;
        try {
            inChunks(ids(session.nodes.owner()), (sheet, now) -> {
                boolean changed = false;
                List<Held> fires = sheet.cell.fires();
                for (int i = 0; i < fires.size(); i++) {
                    Held held = fires.get(i);
                    if (held.isLeased() && held.node().equals(me) && !session.leases.has(held.fire(), held.token())) {
                        fires.set(i, held.due(held.fire(), now));
                        changed = true;
                    }
                }
                if (changed) {
                    sheet.cell.touch();
                }
                return List.of();
            });
            worked = true;
        } finally {
            if (!worked) {
                session.database.doubt.set(true);
            }
        }
    }

    /** Gives back all that this node has. */
    void giveBackAll() {
        session.leases.clear();
        giveBackUnknown();
        session.database.transact("take leave", connection -> {
            session.nodes.forget(connection, session.nodes.owner());
            return 0;
        });
    }

    // ------------------------------------------------------------------------------------- leases of others

    /** Takes the leases of a node away that has not renewed them; gives back those of fires that are over now. */
    private List<Lease> takeOver(long dead) {
        boolean gone = session.database.transact(
                "take over", connection -> session.nodes.bury(connection, dead, session.database.now(connection)));
        if (!gone) {
            return List.of();
        }
        String node = Long.toString(dead);
        List<Lease> abandoned = inChunks(ids(dead), (sheet, now) -> sheet.cell.lost(node::equals, now));
        session.database.transact("forget a node", connection -> {
            session.nodes.forget(connection, dead);
            return 0;
        });
        return abandoned;
    }

    private List<String> ids(long owner) {
        return session.database.transact("look for leases", connection -> {
            List<String> ids = new ArrayList<>();
            String text = "select id from #schedule where owner = ? union select schedule from #fire where owner = ?";
            try (var statement = Database.with(connection.prepareStatement(session.database.sql(text)), owner, owner)) {
                Bulk.read(statement, row -> row.getString(1), ids);
            }
            return ids;
        });
    }

    private interface Change {
        List<Lease> to(Sheet sheet, Instant now);
    }

    private List<Lease> inChunks(List<String> ids, Change change) {
        List<Lease> all = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += CHUNK) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + CHUNK));
            all.addAll(session.database.transact("take leases away", connection -> apply(connection, some, change)));
        }
        if (!ids.isEmpty()) {
            session.horizon.earlier(0);
            session.site.wake().run();
        }
        return all;
    }

    private List<Lease> apply(Connection connection, List<String> ids, Change change) throws SQLException {
        long now = session.database.now(connection);
        Runs.Entries runs = session.runs.entries(session.nodes.name(), now);
        List<Sheet> changed = new ArrayList<>();
        List<Sheet> removed = new ArrayList<>();
        List<Lease> leases = new ArrayList<>();
        for (Sheet sheet : new HashMap<>(session.sheets.lock(connection, ids)).values()) {
            long version = sheet.cell.row().version();
            List<Lease> over = change.to(sheet, Nanos.instant(now));
            var history = new History(null, "failed", Nanos.instant(now), null, "the node that ran it is gone");
            over.forEach(lease -> runs.ended(lease, history));
            leases.addAll(over);
            if (sheet.cell.isOver()) {
                removed.add(sheet);
            } else if (sheet.cell.row().version() != version) {
                changed.add(sheet);
            }
        }
        if (!changed.isEmpty()) {
            session.sheets.update(connection, changed);
        }
        if (!removed.isEmpty()) {
            session.sheets.remove(connection, removed);
        }
        runs.write(connection, session.nodes.owner());
        return leases;
    }
}
