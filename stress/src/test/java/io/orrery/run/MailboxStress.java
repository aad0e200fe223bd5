package io.orrery.run;

import io.orrery.time.TimeSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LII_Result;

/** Two threads bring two letters each, to the mailbox of a lonely run or to one that has others to think of. */
@JCStressTest
@Outcome(id = "(alone|among others), 4, 0", expect = Expect.ACCEPTABLE, desc = "Each was delivered once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "One was lost or came twice, or two were delivered at once.")
@State
public class MailboxStress {
    private static final AtomicInteger TURN = new AtomicInteger();

    private final boolean alone = (TURN.getAndIncrement() & 1) == 0;
    private final Mailbox mailbox = new Mailbox(TimeSource.system(), new Recipient());
    private int delivered; // not atomic: it is one thread at a time
    private boolean isDelivering;
    private int collisions;

    private final class Recipient implements Mailbox.Handler {
        @Override
        public void handle(Batch batch) {
            collisions += isDelivering ? 1 : 0;
            isDelivering = true;
            for (Mail mail = batch.poll(); mail != null; mail = batch.poll()) {
                mail.deliver();
            }
            isDelivering = false;
        }

        @Override
        public void failed(Throwable fault) {
            collisions++;
        }

        @Override
        public boolean isAlone() {
            return alone;
        }

        @Override
        public int depth() {
            return 0;
        }

        @Override
        public String path() {
            return "";
        }
    }

    private void bring() {
        mailbox.post(Mail.of(Mail.Rank.COMPLETION, 0, () -> delivered++));
        mailbox.post(Mail.of(Mail.Rank.CANCEL, 0, () -> delivered++));
    }

    @Actor
    public void one() {
        bring();
    }

    @Actor
    public void other() {
        bring();
    }

    @Arbiter
    public void end(LII_Result result) {
        result.r1 = alone ? "alone" : "among others";
        result.r2 = delivered;
        result.r3 = collisions;
    }
}
