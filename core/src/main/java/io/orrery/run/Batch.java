package io.orrery.run;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Mail that is handled together, in its order. The letters hang together by themselves, so that a batch of a million takes no
 * memory if it has arrived in order. Used by whoever handles the mail.
 */
final class Batch {

    private static final Comparator<Mail> ORDER = Comparator.comparingLong(Mail::order);

    private @Nullable Mail first;

    boolean isEmpty() {
        return first == null;
    }

    /** Takes what comes next if it is of this rank; null otherwise. */
    @Nullable
    Mail poll(Mail.Rank rank) {
        return first != null && first.rank() == rank ? poll() : null;
    }

    /** Takes what comes next unless it is of this rank; null otherwise. */
    @Nullable
    Mail pollBefore(Mail.Rank rank) {
        return first != null && first.rank() != rank ? poll() : null;
    }

    /** Takes what comes next; null if nothing does. */
    @Nullable
    Mail poll() {
        Mail mail = first;
        if (mail != null) {
            first = mail.beside;
            mail.beside = null;
        }
        return mail;
    }

    /** Becomes what has arrived: the latest letter, with the one that arrived before it beside it, and so on. */
    void set(@Nullable Mail latest) {
        int count = 0;
        boolean sorted = true;
        long after = Long.MAX_VALUE;
        Mail next = null;
        for (Mail mail = latest; mail != null; ) {
            Mail before = mail.beside;
            long order = mail.order();
            sorted &= order <= after;
            after = order;
            mail.beside = next;
            next = mail;
            mail = before;
            count++;
        }
        first = next;
        if (!sorted) {
            sort(count);
        }
    }

    /** Relinks nothing before all is sorted: where there is no memory for that, the letters are still there. */
    private void sort(int count) {
        Mail[] letters = new Mail[count];
        Mail next = first;
        for (int i = 0; next != null; i++, next = next.beside) {
            letters[i] = next;
        }
        Arrays.sort(letters, ORDER); // a stable sort
        for (int i = count - 1; i >= 0; i--) {
            letters[i].beside = next;
            next = letters[i];
        }
        first = next;
    }

    /** Forgets what has not been taken. */
    void clear() {
        first = null;
    }
}
