package io.orrery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.run.Mail.Rank;
import io.orrery.time.ManualTime;
import io.orrery.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private final List<String> delivered = new ArrayList<>();

    /** Delivers all, and shows what came in one batch. */
    private class Recipient implements Mailbox.Handler {
        private final String path;

        Recipient(String path) {
            this.path = path;
        }

        @Override
        public void handle(Batch batch) {
            for (Mail mail = batch.poll(); mail != null; mail = batch.poll()) {
                mail.deliver();
            }
            delivered.add("|");
        }

        @Override
        public void failed(Throwable fault) {
            delivered.add("failed: " + fault.getMessage());
        }

        @Override
        public boolean isAlone() {
            return false;
        }

        @Override
        public int depth() {
            return path.length();
        }

        @Override
        public String path() {
            return path;
        }
    }

    private Mail mail(Rank rank, int job) {
        return Mail.of(rank, job, () -> delivered.add(rank + " " + job));
    }

    @Test
    void mail_of_one_instant_is_one_batch_by_rank_then_by_job_then_by_arrival() throws InterruptedException {
        var time = ManualTime.skipping();
        var mailbox = new Mailbox(time, new Recipient(""));

        time.start(Thread.ofVirtual(), () -> {
            mailbox.post(mail(Rank.CANCEL, 0));
            mailbox.post(mail(Rank.COMPLETION, 7));
            mailbox.post(mail(Rank.COMPLETION, 3));
            mailbox.post(mail(Rank.CRITICAL_FAILURE, 9));
            mailbox.post(Mail.of(Rank.CANCEL, 0, () -> delivered.add("later")));
        });
        time.awaitIdle();

        assertThat(delivered)
                .containsExactly("CRITICAL_FAILURE 9", "COMPLETION 3", "COMPLETION 7", "CANCEL 0", "later", "|");
    }

    @Test
    void mail_that_comes_while_a_batch_is_handled_is_in_the_next_one() {
        var mailbox = new Mailbox(TimeSource.system(), new Recipient(""));

        mailbox.post(Mail.of(Rank.COMPLETION, 1, () -> {
            delivered.add("one");
            mailbox.post(mail(Rank.CRITICAL_FAILURE, 2));
        }));

        assertThat(delivered).containsExactly("one", "|", "CRITICAL_FAILURE 2", "|");
    }

    @Test
    void inner_mail_is_handled_before_outer_mail_of_the_same_instant() throws InterruptedException {
        var time = ManualTime.skipping();
        var outer = new Mailbox(time, new Recipient(""));
        var inner = new Mailbox(time, new Recipient("a"));
        var sibling = new Mailbox(time, new Recipient("b"));

        time.start(Thread.ofVirtual(), () -> {
            outer.post(mail(Rank.COMPLETION, 1));
            sibling.post(mail(Rank.COMPLETION, 2));
            inner.post(mail(Rank.COMPLETION, 3));
        });
        time.awaitIdle();

        assertThat(delivered).containsExactly("COMPLETION 3", "|", "COMPLETION 2", "|", "COMPLETION 1", "|");
    }

    @Test
    void many_threads_post_and_every_letter_is_delivered_once_by_one_thread_at_a_time() throws InterruptedException {
        int threads = 8;
        int letters = 20_000;
        var inside = new AtomicInteger();
        var counts = new int[threads];
        var all = new CountDownLatch(threads * letters);
        var mailbox = new Mailbox(TimeSource.system(), new Recipient("") {
            @Override
            public void handle(Batch batch) {
                assertThat(inside.incrementAndGet()).isEqualTo(1);
                for (Mail mail = batch.poll(); mail != null; mail = batch.poll()) {
                    mail.deliver();
                }
                inside.decrementAndGet();
            }
        });

        for (int i = 0; i < threads; i++) {
            int thread = i;
            Thread.ofVirtual().start(() -> {
                for (int n = 0; n < letters; n++) {
                    mailbox.post(Mail.of(Rank.COMPLETION, thread, () -> {
                        counts[thread]++; // not atomic: it is one thread at a time
                        all.countDown();
                    }));
                }
            });
        }
        all.await();

        assertThat(counts).containsOnly(letters);
    }

    @Test
    void a_handler_that_throws_is_told_and_goes_on_getting_mail() {
        var mailbox = new Mailbox(TimeSource.system(), new Recipient(""));

        mailbox.post(Mail.of(Rank.COMPLETION, 1, () -> {
            throw new IllegalStateException("one");
        }));
        mailbox.post(mail(Rank.COMPLETION, 2));

        assertThat(delivered).containsExactly("failed: one", "COMPLETION 2", "|");
    }
}
