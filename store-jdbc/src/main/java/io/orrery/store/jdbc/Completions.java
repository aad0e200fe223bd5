package io.orrery.store.jdbc;

import io.orrery.schedule.store.Cell;
import io.orrery.schedule.store.Completed;
import io.orrery.schedule.store.Completion;
import io.orrery.schedule.store.Held;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Ends of attempts, all that have come together in one transaction.
 *
 * <h2>Two ways</h2>
 *
 * <p>Most fires are the only one of their schedule, and their ends change nothing but its row: a one-shot goes, another one
 * forgets who had the fire. These are {@link SimpleEnds}. What they leave, because a fire is tried again, others wait, or the lease
 * is another's, is done by reading the rows, applying the rules, and writing them.
 */
final class Completions {

    private static final int MOST = 5_000;

    private final Session session;
    private final Hints hints;
    private final GroupCommit<List<Completion>, List<Completed>> group = new GroupCommit<>(2, MOST, this::run);
    /** Leases that have been ended with the effects of their jobs, before their attempts. */
    private final Map<Lease, Completed> early = new ConcurrentHashMap<>();
    /** Leases of which nobody knows whether they have been ended with the effects of their jobs. */
    private final Set<Lease> unheard = ConcurrentHashMap.newKeySet();

    Completions(Session session, Hints hints) {
        this.session = session;
        this.hints = hints;
    }

    List<Completed> complete(List<Completion> completions) {
        return completions.isEmpty() ? List.of() : group.submit(completions);
    }

    private List<List<Completed>> run(List<List<Completion>> wishes) {
        List<Completion> all = wishes.stream().flatMap(List::stream).toList();
        Result result;
        try {
            result = session.transact(
                    "write what has become of fires",
                    (connection, now) -> in(connection, now, all),
                    done -> note(all, done));
        } catch (RuntimeException e) {
            if (session.database.doubt.get()) {
                all.forEach(completion -> session.leases.doubt(completion.lease()));
            }
            throw e;
        }
        List<List<Completed>> parts = new ArrayList<>(wishes.size());
        int from = 0;
        for (List<Completion> wish : wishes) {
            wish.forEach(completion -> forget(completion.lease()));
            parts.add(List.copyOf(Arrays.asList(result.results()).subList(from, from + wish.size())));
            from += wish.size();
        }
        return parts;
    }

    private void forget(Lease lease) {
        early.remove(lease);
        unheard.remove(lease);
    }

    private void note(List<Completion> all, Result result) {
        for (Completion completion : all) {
            session.leases.remove(completion.lease());
        }
        if (result.earliest() < Nanos.NEVER && session.horizon.earlier(result.earliest())) {
            session.site.wake().run();
        }
        if (result.earliest() < Nanos.NEVER) {
            hints.tell(result.earliest()); // this node need not know the job, or serve the queue
        }
    }

    /** What was made of the ends, and the first moment at which there is something to hand out because of them. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares it
    record Result(Completed[] results, long earliest) {}

    /** Ends them in a transaction: that of the caller, or one of its own. */
    Result in(Connection connection, long now, List<Completion> all) throws SQLException {
        var results = new Completed[all.size()];
        var simple = new SimpleEnds(session);
        boolean others = false;
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < results.length; i++) {
            Completion completion = all.get(i);
            Completed before = early.get(completion.lease());
            if (before != null) {
                results[i] = before;
            }
            others |= before != null || !ids.add(id(completion)) || !simple.add(i, completion);
        }
        if (others) {
            lockAll(connection, all); // in one order, so that two nodes do not wait for each other
        }
        long renewed = simple.write(connection, results);
        Set<Lease> written = new HashSet<>(early.keySet());
        long earliest = Math.min(renewed, lookCloser(connection, now, all, results, written));
        Runs.Entries runs = session.runs.entries(session.nodes.name(), now);
        for (int i = 0; i < results.length; i++) {
            Lease lease = all.get(i).lease();
            boolean accepted = results[i] != Completed.REFUSED && results[i] != Completed.GONE;
            if (accepted && !written.contains(lease)) {
                runs.ended(lease, all.get(i).history());
            }
        }
        runs.write(connection, session.nodes.owner());
        return new Result(results, earliest);
    }

    private void lockAll(Connection connection, List<Completion> all) throws SQLException {
        List<String> ids = all.stream().map(Completions::id).distinct().sorted().toList();
        session.bulk.select(
                connection,
                "select id from #schedule where id",
                "order by id for update",
                ids,
                row -> row.getString(1),
                new ArrayList<>());
    }

    private static String id(Completion completion) {
        return completion.lease().fire().schedule();
    }

    /** @param written gets the leases whose ends turn out to have been written before */
    @SuppressWarnings("NullAway") // what has no result yet is null
    private long lookCloser(
            Connection connection, long now, List<Completion> all, Completed[] results, Set<Lease> written)
            throws SQLException {
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < results.length; i++) {
            if (results[i] == null) {
                left.add(i);
            }
        }
        if (left.isEmpty()) {
            return Nanos.NEVER;
        }
        Map<String, Sheet> sheets = session.sheets.lock(
                connection, left.stream().map(i -> id(all.get(i))).distinct().toList());
        Limits.Locked limits = session.limits.lock(connection, sheets.values(), List.of());
        Cell.Grant grant = session.grant(now, limits);
        Set<Sheet> changed = new LinkedHashSet<>();
        Set<Sheet> removed = new LinkedHashSet<>();
        for (int i : left) {
            Sheet sheet = sheets.get(id(all.get(i)));
            results[i] = complete(sheet, grant, all.get(i), written);
            if (sheet != null && results[i] == Completed.ACCEPTED) {
                changed.add(sheet);
            } else if (sheet != null && results[i] == Completed.ACCEPTED_AND_REMOVED) {
                changed.remove(sheet);
                removed.add(sheet);
            }
        }
        if (!changed.isEmpty()) {
            session.sheets.update(connection, List.copyOf(changed));
        }
        if (!removed.isEmpty()) {
            session.sheets.remove(connection, List.copyOf(removed));
        }
        long called = limits.settle(connection, changed, removed, now);
        return changed.stream().mapToLong(sheet -> Nanos.of(sheet.cell.look())).reduce(called, Math::min);
    }

    private Completed complete(@Nullable Sheet sheet, Cell.Grant grant, Completion completion, Set<Lease> written) {
        Lease lease = completion.lease();
        Held held = sheet == null ? null : sheet.cell.valid(lease);
        if (sheet != null && held != null && held.node().equals(grant.node())) {
            return sheet.cell.complete(completion, grant);
        }
        if (session.leases.find(lease) == null) {
            return Completed.REFUSED;
        }
        // Since this node is alive nobody else can have ended it: the transaction of which nobody knew was committed.
        if (session.leases.isDoubtful(lease)) {
            written.add(lease);
            return sheet == null ? Completed.ACCEPTED_AND_REMOVED : Completed.ACCEPTED;
        }
        return sheet == null
                ? Completed.GONE
                : Completed.REFUSED; // somebody has removed the schedule, or terminated this
    }

    /** What the effects of a job have thrown. */
    private static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final Exception what;

        Thrown(Exception what) {
            super(what);
            this.what = what;
        }
    }

    /** Ends a fire as succeeded, together with what a job does in the transaction; throws what that throws. */
    void completeWith(Lease lease, JdbcFire.Effects effects) throws Exception {
        try {
            session.transact(
                    "complete a fire with its effects",
                    connection -> {
                        JdbcFire.check(lease, session.leases.find(lease) != null);
                        apply(effects, connection);
                        return 0;
                    },
                    (connection, now) -> {
                        Result ended = in(connection, now, List.of(JdbcFire.succeeded(lease, Nanos.instant(now))));
                        Completed completed = ended.results()[0];
                        boolean twice = completed == Completed.GONE && unheard.contains(lease);
                        JdbcFire.check(lease, completed != Completed.REFUSED && !twice);
                        return ended;
                    },
                    ended -> {
                        early.put(lease, ended.results()[0]);
                        note(List.of(JdbcFire.succeeded(lease, lease.since())), ended);
                    });
        } catch (Thrown e) {
            throw e.what;
        } catch (StoreException e) {
            if (session.database.doubt.get()) {
                unheard.add(lease);
            }
            throw e;
        }
    }

    private static void apply(JdbcFire.Effects effects, Connection connection) {
        try {
            effects.on(connection);
        } catch (Exception e) {
            throw new Thrown(e);
        }
    }
}
