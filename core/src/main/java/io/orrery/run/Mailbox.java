package io.orrery.run;

import io.orrery.time.TimeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Takes mail from any thread and has it handled by one thread at a time.
 *
 * <p>There is no thread that waits for mail. Whoever brings the first letter to an idle mailbox becomes the one who
 * handles it, and all that arrives meanwhile; so no lock is held while a run's state changes, and nobody who brings mail
 * ever waits. What has arrived is handled as one batch. In manual time the batch is all that happens at one instant.
 */
final class Mailbox implements TimeSource.Settler {

    private static final Comparator<Mail> ORDER =
            Comparator.comparing(Mail::rank).thenComparingInt(Mail::job);

    private final TimeSource time;
    private final Handler handler;
    private final AtomicReference<@Nullable Mail> newest = new AtomicReference<>();
    private final AtomicBoolean busy = new AtomicBoolean();

    /** What handles the mail. */
    interface Handler {
        /** Handles a batch, in this order. */
        void handle(List<Mail> batch);

        /** Handles that {@link #handle} threw, which must not keep anybody waiting for ever. Must not throw. */
        void failed(Throwable fault);

        /** How deeply the run is nested: the mail of inner runs is handled before that of outer ones. */
        int depth();

        /** Orders runs of the same depth. */
        String path();
    }

    Mailbox(TimeSource time, Handler handler) {
        this.time = time;
        this.handler = handler;
    }

    void post(Mail mail) {
        Mail before;
        do {
            before = newest.get();
            mail.previous = before;
        } while (!newest.compareAndSet(before, mail));
        if (busy.compareAndSet(false, true)) {
            time.settle(this);
        }
    }

    @Override
    public boolean settle() {
        try {
            handler.handle(takeAll());
        } catch (Throwable e) {
            handler.failed(e);
        } finally {
            busy.set(false);
        }
        return newest.get() != null && busy.compareAndSet(false, true);
    }

    private List<Mail> takeAll() {
        var batch = new ArrayList<Mail>(2);
        for (Mail mail = newest.getAndSet(null); mail != null; ) {
            batch.add(mail);
            Mail before = mail.previous;
            mail.previous = null;
            mail = before;
        }
        if (batch.size() < 2) {
            return batch;
        }
        List<Mail> inOrderOfArrival = batch.reversed();
        batch = new ArrayList<>(inOrderOfArrival);
        batch.sort(ORDER); // a stable sort
        return batch;
    }

    @Override
    public int compareTo(TimeSource.Settler other) {
        if (other == this || !(other instanceof Mailbox mailbox)) {
            return 0;
        }
        int byDepth = Integer.compare(mailbox.handler.depth(), handler.depth());
        return byDepth != 0 ? byDepth : handler.path().compareTo(mailbox.handler.path());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
