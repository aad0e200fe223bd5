package io.orrery.run;

import io.orrery.time.TimeSource;
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

    private final TimeSource time;
    private final Handler handler;
    private final boolean direct; // whether there is nobody whose turn it might be first
    /** What arrived last and has not been taken, with what arrived before behind it. */
    private final AtomicReference<@Nullable Mail> latest = new AtomicReference<>();
    /** Whether somebody handles mail, or will as soon as it is its turn. */
    private final AtomicBoolean busy = new AtomicBoolean();
    /** What is being handled; used by whoever does that. */
    private final Batch batch = new Batch();

    /** What handles the mail. */
    interface Handler {
        /** Takes all mail from a batch and handles it, in this order. */
        void handle(Batch batch);

        /** Handles that {@link #handle} threw, which must not keep anybody waiting for ever. Must not throw. */
        void failed(Throwable fault);

        /** Whether handling mail is never news for another mailbox. */
        boolean isAlone();

        /** How deeply the run is nested: the mail of inner runs is handled before that of outer ones. */
        int depth();

        /** Orders runs of the same depth. */
        String path();
    }

    Mailbox(TimeSource time, Handler handler) {
        this.time = time;
        this.handler = handler;
        this.direct = handler.isAlone() && time == TimeSource.system();
    }

    /** Delivers mail: now, or as soon as those can who are at it. */
    void post(Mail mail) {
        if (direct && latest.get() == null && busy.compareAndSet(false, true)) {
            batch.set(mail);
            handle();
        } else {
            leave(mail);
        }
        wake();
    }

    /** Leaves mail here. Whoever does that sees to it that somebody wakes this mailbox soon. */
    @SuppressWarnings("ReferenceEquality") // the very letter
    void leave(Mail mail) {
        Mail before = latest.get();
        while (true) {
            mail.beside = before;
            Mail found = latest.compareAndExchange(before, mail);
            if (found == before) {
                return;
            }
            before = found;
        }
    }

    /** Has all mail handled that is here, unless somebody is at it. */
    void wake() {
        if (takeTurn()) {
            time.settle(this);
        }
    }

    /** Whether mail is handled by whoever wakes this, at once. */
    boolean isDirect() {
        return direct;
    }

    /** Whether some mail has not been taken. */
    boolean hasMail() {
        return latest.get() != null;
    }

    @Override
    public boolean settle() {
        try {
            batch.set(latest.getAndSet(null));
        } catch (Throwable e) {
            handler.failed(e);
        }
        handle();
        return takeTurn();
    }

    @Override
    public void giveWay() {
        busy.set(false);
    }

    @Override
    public boolean takeTurn() {
        return latest.get() != null && busy.compareAndSet(false, true);
    }

    /** Handles the batch, and gives way. */
    private void handle() {
        try {
            handler.handle(batch);
        } catch (Throwable e) {
            batch.clear();
            handler.failed(e);
        }
        giveWay();
    }

    @Override
    public boolean isAlone() {
        return handler.isAlone();
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
