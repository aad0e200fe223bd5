package io.orrery.store.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets many threads share transactions. Safe for use by any thread.
 *
 * <h2>How it works</h2>
 *
 * <p>A thread puts what it wants into a queue. If nobody leads, it leads: it takes what is in the queue, its own wish among
 * it, has all of it done in one transaction, and tells the others. Meanwhile the queue fills again, so the batches are as big
 * as the load is high, without a timer, and a lone thread never waits. Having led once, a thread passes the lead to the first
 * in the queue: nobody works for others longer than for one batch more. There is no thread but those that come.
 */
final class GroupCommit<T, R> {

    private final int most;
    private final Function<List<T>, List<R>> batch;
    private final Queue<Ticket<T, R>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger free; // how many more may lead

    private enum Stage {
        WAITING,
        LEADING,
        DONE
    }

    private static final class Ticket<T, R> {
        final T wish;
        final Thread thread = Thread.currentThread();

        @Nullable
        R result; // written before the stage

        @Nullable
        RuntimeException failure;

        volatile Stage stage = Stage.WAITING;

        Ticket(T wish) {
            this.wish = wish;
        }

        void tell(Stage next) {
            stage = next;
            LockSupport.unpark(thread);
        }
    }

    /**
     * @param leaders how many transactions at once
     * @param most how many wishes in one
     * @param batch gets wishes done; gives back as many results, in the same order
     */
    GroupCommit(int leaders, int most, Function<List<T>, List<R>> batch) {
        this.free = new AtomicInteger(leaders);
        this.most = most;
        this.batch = batch;
    }

    /** Gets it done, with what others want; throws what the transaction throws. */
    R submit(T wish) {
        var ticket = new Ticket<T, R>(wish);
        queue.add(ticket);
        boolean interrupted = false;
        appoint();
        while (ticket.stage == Stage.WAITING) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted(); // the wish is in the hands of others: its end is waited for
        }
        if (ticket.stage == Stage.LEADING) {
            interrupted |= Thread.interrupted(); // a broken connection would be the failure of all
            lead(ticket);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (ticket.failure != null) {
            throw ticket.failure;
        }
        return result(ticket);
    }

    @SuppressWarnings("NullAway") // R may be a nullable type
    private static <R> R result(Ticket<?, R> ticket) {
        return ticket.result;
    }

    /** Makes the first in the queue lead, if there is one, and somebody may. */
    private void appoint() {
        while (!queue.isEmpty() && free.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            Ticket<T, R> next = queue.poll();
            if (next != null) {
                next.tell(Stage.LEADING);
                return;
            }
            free.incrementAndGet();
        }
    }

    private void lead(Ticket<T, R> own) {
        List<Ticket<T, R>> tickets = new ArrayList<>();
        tickets.add(own);
        while (tickets.size() < most) {
            Ticket<T, R> next = queue.poll();
            if (next == null) {
                break;
            }
            tickets.add(next);
        }
        try {
            run(tickets);
        } finally {
            free.incrementAndGet();
            appoint();
        }
    }

    private void run(List<Ticket<T, R>> tickets) {
        @Nullable RuntimeException failure = new IllegalStateException("The transaction was not finished.");
        try {
            List<R> results =
                    batch.apply(tickets.stream().map(ticket -> ticket.wish).toList());
            for (int i = 0; i < tickets.size(); i++) {
                tickets.get(i).result = results.get(i);
            }
            failure = null;
        } catch (IllegalArgumentException e) { // something about one of them
            failure = e;
            if (tickets.size() > 1) {
                tickets.forEach(ticket -> run(List.of(ticket)));
            }
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            for (Ticket<T, R> ticket : tickets) {
                if (ticket.stage != Stage.DONE) {
                    ticket.failure = failure;
                    ticket.tell(Stage.DONE);
                }
            }
        }
    }
}
