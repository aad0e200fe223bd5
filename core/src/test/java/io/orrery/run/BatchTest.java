package io.orrery.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.run.Mail.Rank;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {
    private final Batch batch = new Batch();

    @Test
    void letters_come_in_the_order_of_their_ranks_and_jobs_then_in_that_of_arrival() {
        Mail question = mail(Rank.QUERY, 0);
        Mail seven = mail(Rank.COMPLETION, 7);
        Mail three = mail(Rank.COMPLETION, 3);
        Mail threeAgain = mail(Rank.COMPLETION, 3);

        batch.set(arrived(question, seven, three, threeAgain));

        assertThat(rest()).containsExactly(three, threeAgain, seven, question);
    }

    @Test
    void it_is_taken_up_to_a_rank_and_then_that_rank() {
        Mail end = mail(Rank.COMPLETION, 1);
        Mail question = mail(Rank.QUERY, 0);
        batch.set(arrived(end, question));

        assertThat(batch.poll(Rank.QUERY)).isNull();
        assertThat(batch.pollBefore(Rank.QUERY)).isSameAs(end);
        assertThat(batch.pollBefore(Rank.QUERY)).isNull();
        assertThat(batch.isEmpty()).isFalse();
        assertThat(batch.poll(Rank.QUERY)).isSameAs(question);
        assertThat(batch.poll(Rank.QUERY)).isNull();
        assertThat(batch.pollBefore(Rank.QUERY)).isNull();
        assertThat(batch.isEmpty()).isTrue();
    }

    @Test
    void what_was_taken_holds_on_to_nothing() {
        Mail one = mail(Rank.COMPLETION, 1);
        batch.set(arrived(one, mail(Rank.COMPLETION, 2)));

        batch.poll();

        assertThat(one.beside).isNull();
    }

    @Test
    void letters_that_can_not_be_sorted_are_still_there() {
        var asked = new int[1];
        Mail question = new Mail() {
            @Override
            Rank rank() {
                if (++asked[0] > 1) { // seen to be out of order, then compared
                    throw new OutOfMemoryError("no room to sort");
                }
                return Rank.QUERY;
            }

            @Override
            void deliver() {}
        };
        Mail end = mail(Rank.COMPLETION, 1);

        assertThatThrownBy(() -> batch.set(arrived(question, end))).hasMessage("no room to sort");

        assertThat(rest()).containsExactly(question, end);
    }

    private static Mail mail(Rank rank, int job) {
        return Mail.of(rank, job, () -> {});
    }

    /** The latest of some letters, as a mailbox holds them. */
    private static Mail arrived(Mail... letters) {
        for (int i = 1; i < letters.length; i++) {
            letters[i].beside = letters[i - 1];
        }
        return letters[letters.length - 1];
    }

    private List<Mail> rest() {
        var rest = new ArrayList<Mail>();
        for (Mail mail = batch.poll(); mail != null; mail = batch.poll()) {
            rest.add(mail);
        }
        return rest;
    }
}
