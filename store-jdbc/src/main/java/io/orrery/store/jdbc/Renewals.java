package io.orrery.store.jdbc;

import io.orrery.schedule.ScheduleInfo.History;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.store.Cell;
import io.orrery.schedule.store.Held;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.Renewal;
import io.orrery.schedule.store.ScheduleRow;
import io.orrery.schedule.store.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The heartbeat, and what comes with it: news about own leases, leases of nodes that are gone, and old history. */
final class Renewals {

    private static final int CHUNK = 500;
    private static final int BEATS_A_SWEEP = 20;
    private static final int SWEEPS_OF_SUMS = 100 * BEATS_A_SWEEP;

    private final Session session;
    private final Claims claims;
    private final Hints hints;

    // Touched by the one thread that renews. What was found is kept until it is told, since a heartbeat may fail
    // half-way.
    private int beats;
    private boolean news;
    private final List<Lease> cancelled = new ArrayList<>();
    private final List<Lease> abandoned = new ArrayList<>();
    private final List<ScheduleRow> asked = new ArrayList<>();

    Renewals(Session session, Claims claims, Hints hints) {
        this.session = session;
        this.claims = claims;
        this.hints = hints;
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
        claims.recall();
        Nodes.Beat beat = session.database.hurry(
                "renew leases", connection -> session.nodes.beat(connection, session.leases.size()));
        if (!beat.alive()) {
            session.beginAnew();
        }
        news |= session.nodes.heard(beat);
        if (news || session.database.doubt.get()) {
            compare();
            news = false;
        }
        beat.dead().forEach(this::takeOver);
        if (beat.free()) {
            claims.callMine();
            session.site.wake().run();
        }
        if (beats % BEATS_A_SWEEP == 0) {
            session.database.transact("remove old history", connection -> {
                session.limits.sweep(connection);
                if (beats % SWEEPS_OF_SUMS == 0) {
                    session.runs.sweepSums(connection, beat.now());
                }
                return session.runs.sweep(connection, beat.now());
            });
        }
        beats++;
        return told(beat.leave());
    }

    private Renewal told(boolean leave) {
        var found = new Renewal(
                session.takeLost(), List.copyOf(cancelled), List.copyOf(abandoned), List.copyOf(asked), leave);
        cancelled.clear();
        abandoned.clear();
        asked.clear();
        return found;
    }

    // ------------------------------------------------------------------------------------- own leases

    /** Compares what this node has with the database, when somebody has changed it, or nobody knows. */
    private void compare() {
        List<Lease> lost = new ArrayList<>();
        session.leases.settling.writeLock().lock();
        try {
            session.database.transact("look at leases", connection -> {
                lost.clear(); // of an attempt of this that has failed
                cancelled.clear();
                List<Lease> mine = session.leases.all();
                for (int from = 0; from < mine.size(); from += CHUNK) {
                    compare(connection, mine.subList(from, Math.min(mine.size(), from + CHUNK)), lost);
                }
                return 0;
            });
            lost.forEach(session.leases::remove);
            session.lose(lost);
            if (session.database.doubt.getAndSet(false)) {
                giveBackUnknown();
            }
        } finally {
            session.leases.settling.writeLock().unlock();
        }
    }

    private void compare(Connection connection, List<Lease> mine, List<Lease> lost) throws SQLException {
        Map<String, Sheet> sheets = session.sheets.find(
                connection,
                mine.stream().map(lease -> lease.fire().schedule()).distinct().toList());
        String node = Long.toString(session.nodes.owner());
        for (Lease lease : mine) {
            Sheet sheet = sheets.get(lease.fire().schedule());
            Held held = sheet == null ? null : sheet.cell.valid(lease);
            if (held == null || !held.node().equals(node)) {
                if (!session.leases.isDoubtful(lease)) { // or its end, which is told again, may be what took it away
                    lost.add(lease);
                }
            } else if (held.phase() == Held.Phase.CANCELLED) {
                cancelled.add(lease);
            }
        }
    }

    /** Leases that a transaction has given, the end of which was not heard: nobody has begun to run these fires. */
    private void giveBackUnknown() {
        boolean worked = false;
        try {
            inChunks(ids(session.nodes.owner()), (sheet, grant) -> {
                sheet.cell.giveBack(held -> !session.leases.has(held.fire(), held.token()), grant);
                return List.of();
            });
            worked = true;
        } finally {
            if (!worked) {
                session.database.doubt.set(true);
            }
        }
    }

    /** Gives back what this node has, but for what it is to keep: others take that over when the leases of this node run out. */
    void giveBackAll() {
        session.takeLeave();
        boolean keeps = session.leases.keep(session.site.user().kept().get());
        giveBackUnknown();
        if (keeps) {
            return;
        }
        session.database.transact("take leave", connection -> {
            session.nodes.forget(connection, session.nodes.owner());
            return 0;
        });
    }

    // ------------------------------------------------------------------------------------- leases of others

    /** Takes the leases of a node away that has not renewed them. */
    private void takeOver(long dead) {
        boolean gone = session.database.transact(
                "take over", connection -> session.nodes.bury(connection, dead, session.database.now(connection)));
        if (!gone) {
            return;
        }
        String node = Long.toString(dead);
        inChunks(ids(dead), (sheet, grant) -> sheet.cell.lost(node::equals, grant));
        session.database.transact("forget a node", connection -> {
            session.nodes.forget(connection, dead);
            return 0;
        });
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
        List<Lease> to(Sheet sheet, Cell.Grant grant);
    }

    private void inChunks(List<String> ids, Change change) {
        for (int from = 0; from < ids.size(); from += CHUNK) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + CHUNK));
            Over over = session.database.transact("take leases away", connection -> apply(connection, some, change));
            abandoned.addAll(over.leases());
            asked.addAll(over.asked());
        }
        if (!ids.isEmpty()) {
            session.horizon.earlier(0);
            session.site.wake().run();
        }
    }

    /** The leases of fires that are over now, and the schedules about which somebody is to be asked. */
    private record Over(List<Lease> leases, List<ScheduleRow> asked) {}

    private Over apply(Connection connection, List<String> ids, Change change) throws SQLException {
        long now = session.database.now(connection);
        Runs.Entries runs = session.runs.entries(session.nodes.name(), now);
        List<Sheet> changed = new ArrayList<>();
        List<Sheet> removed = new ArrayList<>();
        var all = new Over(new ArrayList<>(), new ArrayList<>());
        Collection<Sheet> sheets = session.sheets.lock(connection, ids).values();
        Limits.Locked limits = session.limits.lock(connection, sheets, List.of());
        Cell.Grant grant = session.grant(now, limits);
        for (Sheet sheet : sheets) {
            ScheduleRow before = sheet.cell.row();
            List<Lease> over = change.to(sheet, grant);
            var history = new History(null, "failed", Nanos.instant(now), null, "the node that ran it is gone");
            over.forEach(lease -> runs.ended(lease, history));
            all.leases().addAll(over);
            if (before.state() != ScheduleState.QUARANTINED && sheet.cell.row().state() == ScheduleState.QUARANTINED) {
                all.asked().add(sheet.cell.row());
            }
            if (sheet.cell.isOver()) {
                removed.add(sheet);
            } else if (sheet.cell.row().version() != before.version()) {
                changed.add(sheet);
            }
        }
        if (!changed.isEmpty()) {
            session.sheets.update(connection, changed);
        }
        if (!removed.isEmpty()) {
            session.sheets.remove(connection, removed);
        }
        long called = limits.settle(connection, changed, removed, now);
        hints.tellWithin(
                connection,
                changed.stream().mapToLong(sheet -> Nanos.of(sheet.cell.look())).reduce(called, Math::min));
        runs.write(connection, session.nodes.owner());
        return all;
    }
}
