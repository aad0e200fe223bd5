package io.orrery.store.jdbc;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.Work;
import io.orrery.schedule.store.Cell;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.ScheduleRow;
import io.orrery.schedule.store.Step;
import io.orrery.schedule.store.StoreException;
import io.orrery.schedule.store.Taken;
import io.orrery.time.ManualTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hands out what is due: locks rows that nobody else has locked, lets the scheduler decide about each, and writes all of it
 * in one transaction. Two transactions at once would cost more than they bring: each goes through what the other one has locked.
 *
 * <p>What was handed out stays where it is in the index until its row is gone, so of a backlog each look would go through all that the
 * looks before it have taken. It begins where the last one has ended instead, but for one now and then, which finds what has come
 * before that meanwhile.
 */
final class Claims {

    private static final int LOOKS_FROM_THE_FIRST = 10; // one of so many

    private final Session session;
    private final Hints hints;
    private final Set<String> strangers = ConcurrentHashMap.newKeySet(); // jobs that this node does not know
    private final List<String> queues; // that this node serves; empty for all
    private final boolean servesDefault;
    private volatile boolean more; // whether the last look left something
    private volatile long reached = Long.MIN_VALUE; // of a backlog: the last that was looked at
    private int looks; // of the one thread that takes
    private int most = Integer.MAX_VALUE; // to take at once, of that thread: less when it has not come through

    /**
     * What was handed out, and from which sheets the leases are.
     *
     * @param last the last moment that was looked at
     * @param next when something is due that this node can run
     * @param called when something is due for which there is a place now, whoever can run it
     */
    private record Result(Taken taken, List<Sheet> sheets, long last, long now, long next, long called) {}

    Claims(Session session, Hints hints) {
        this.session = session;
        this.hints = hints;
        this.queues = session.site.self().queues().stream().sorted().toList();
        this.servesDefault = queues.contains(Schedule.DEFAULT);
    }

    /** Asks again about jobs that were unknown. */
    void recall() {
        strangers.removeIf(session.site.runs());
    }

    /** Of those who wait though there are places calls such as this node can run: others may be nobody's. */
    void callMine() {
        call(mine());
    }

    private void call(Limits.Which which) {
        session.transact(
                "call who waits for a place",
                (connection, now) -> session.limits.call(connection, which, now),
                called -> {
                    session.horizon.earlier(called);
                    hints.tell(called);
                });
    }

    Taken take(int limit, Function<ScheduleRow, Step> decision) {
        if (session.limits.isBehind()) {
            call(Limits.Which.ALL);
        }
        long look = session.horizon.look();
        if (!more) {
            long[] next = session.database.ask("look what is due", this::probe);
            if (next[0] > next[1]) {
                seen(look, next[1], next[0], /* found= */ false);
                return Taken.NOTHING;
            }
        }
        long from = more && ++looks % LOOKS_FROM_THE_FIRST != 0 ? reached : Long.MIN_VALUE;
        Result result = takeSome(from, limit, decision);
        more = result.taken().more();
        reached = Math.max(from, result.last());
        boolean found = !result.sheets().isEmpty() || !result.taken().steps().isEmpty();
        seen(look, result.now(), result.next(), found);
        return result.taken();
    }

    /**
     * What cannot be decided in time is tried with fewer: a server that hears nothing meanwhile ends the transaction, and one trigger
     * that is slow is not to keep all others from being fired.
     */
    private Result takeSome(long from, int limit, Function<ScheduleRow, Step> decision) {
        int some = Math.min(limit, most);
        try {
            Result result = take(from, some, decision);
            most = some < limit ? some * 2 : Integer.MAX_VALUE;
            return result;
        } catch (StoreException e) {
            most = Math.max(1, some / 2);
            throw e;
        }
    }

    private void seen(long look, long now, long next, boolean found) {
        long due = session.limits.isBehind() ? Math.min(next, now + Limits.PAUSE) : next;
        session.horizon.seen(look, now, due, found);
    }

    private Result take(long from, int limit, Function<ScheduleRow, Step> decision) {
        return session.transact(
                "take what is due", (connection, now) -> in(connection, from, now, limit, decision), claimed -> {
                    for (int i = 0; i < claimed.taken().leases().size(); i++) {
                        session.leases.add(
                                claimed.taken().leases().get(i),
                                claimed.sheets().get(i));
                    }
                    hints.tell(claimed.called());
                });
    }

    /** What a row has to say to be this node's: its job is known, and its queue is served. */
    private Limits.Which mine() {
        List<Object> values = new ArrayList<>(strangers);
        String text = values.isEmpty() ? "" : " and s.job not in (" + marks(values) + ")";
        if (!queues.isEmpty()) {
            values.addAll(queues);
            text += (servesDefault ? " and (s.queue is null or s.queue in (" : " and (s.queue in (") + marks(queues)
                    + "))";
        }
        return new Limits.Which(text, values);
    }

    private static String marks(Collection<?> values) {
        return String.join(", ", Collections.nCopies(values.size(), "?"));
    }

    private boolean isManual() {
        return session.site.time() instanceof ManualTime;
    }

    /** When something is due, and the present. */
    private long[] probe(Connection connection) throws SQLException {
        Limits.Which mine = mine();
        boolean manual = isManual();
        String clock = manual ? "0" : session.database.dialect.now;
        String text = "select " + clock + ", (select s.look from #schedule s where s.armed = true" + mine.text()
                + " order by s.look, s.place limit 1)";
        try (var statement = Database.with(
                        connection.prepareStatement(session.database.sql(text)),
                        mine.values().toArray());
                var rows = statement.executeQuery()) {
            rows.next();
            long now = manual ? Nanos.of(session.site.time().instant()) : rows.getLong(1);
            long next = rows.getLong(2);
            return new long[] {rows.wasNull() ? Nanos.NEVER : next, now};
        }
    }

    private Result in(Connection connection, long from, long now, int limit, Function<ScheduleRow, Step> decision)
            throws SQLException {
        List<Sheet> sheets = lock(connection, from, now, limit);
        session.sheets.fill(connection, sheets);
        Limits.Locked limits = session.limits.lock(connection, sheets, List.of());
        var choice = new Choice(session.grant(now, limits), decision, session.runs.entries(session.nodes.name(), now));
        List<Sheet> changed = new ArrayList<>(sheets.size());
        List<Sheet> removed = new ArrayList<>();
        List<Lease> leases = new ArrayList<>(sheets.size());
        List<Sheet> leased = new ArrayList<>(sheets.size());
        for (Sheet sheet : sheets) {
            if (sheet.unreadable != null) {
                sheet.cell.touch();
                changed.add(sheet);
                continue;
            }
            if (isStrange(sheet)) {
                continue;
            }
            long version = sheet.cell.row().version();
            List<Lease> given = decide(sheet, choice);
            session.dated(given).forEach(lease -> {
                leases.add(lease);
                leased.add(sheet);
            });
            if (sheet.cell.isOver()) {
                removed.add(sheet);
            } else if (sheet.cell.row().version() != version
                    || !given.isEmpty()
                    || !Objects.equals(sheet.blocked, sheet.cell.blockedOn())) {
                changed.add(sheet);
            }
        }
        write(connection, choice, changed, removed);
        long called = limits.settle(connection, changed, removed, now);
        boolean full = sheets.size() == limit;
        long next = full ? now : probe(connection)[0];
        long last = sheets.isEmpty() ? Long.MIN_VALUE : look(sheets.getLast());
        return new Result(new Taken(choice.steps, leases, full), leased, last, now, next, called);
    }

    private void write(Connection connection, Choice choice, List<Sheet> changed, List<Sheet> removed)
            throws SQLException {
        if (!changed.isEmpty()) {
            session.sheets.update(connection, changed);
        }
        if (!removed.isEmpty()) {
            session.sheets.remove(connection, removed);
        }
        choice.runs.write(connection, session.nodes.owner());
        session.nodes.tell(connection, choice.news);
    }

    private static long look(Sheet sheet) {
        return Objects.requireNonNull(sheet.standing).look();
    }

    private List<Sheet> lock(Connection connection, long from, long now, int limit) throws SQLException {
        Limits.Which mine = mine();
        String text = "select " + session.sheets.columns()
                + " from #schedule s where s.look between ? and ? and s.armed = true" + mine.text()
                + " order by s.look, s.place limit " + limit + " for update skip locked";
        List<@Nullable Object> values = new ArrayList<>();
        values.add(from);
        values.add(now);
        values.addAll(mine.values());
        List<Sheet> sheets = new ArrayList<>(limit);
        try (var statement = Database.with(connection.prepareStatement(session.database.sql(text)), values.toArray())) {
            statement.setFetchSize(0);
            Bulk.read(statement, session.sheets::read, sheets);
        }
        return sheets;
    }

    private boolean isStrange(Sheet sheet) {
        if (session.site.runs(sheet.cell.row().schedule())) {
            return false;
        }
        Schedule schedule = sheet.cell.row().schedule();
        if (session.site.serves(schedule) && schedule.work() instanceof Work.Named named) {
            strangers.add(named.job());
        }
        return true;
    }

    /** What the scheduler decides in one transaction. */
    private record Choice(
            Cell.Grant grant,
            Function<ScheduleRow, Step> decision,
            Runs.Entries runs,
            List<Step> steps,
            List<Long> news) {

        Choice(Cell.Grant grant, Function<ScheduleRow, Step> decision, Runs.Entries runs) {
            this(grant, decision, runs, new ArrayList<>(), new ArrayList<>());
        }
    }

    private List<Lease> decide(Sheet sheet, Choice choice) {
        List<Lease> leases = new ArrayList<>(sheet.cell.claim(choice.grant));
        if (sheet.cell.isDue(choice.grant.now())) {
            Step step = choice.decision.apply(sheet.cell.row());
            choice.runs.skipped(step);
            choice.news.addAll(Renewals.owners(sheet, step));
            leases.addAll(sheet.cell.apply(step, choice.grant));
            choice.steps.add(step);
        }
        return leases;
    }
}
