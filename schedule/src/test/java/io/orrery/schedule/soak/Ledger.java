package io.orrery.schedule.soak;

import io.orrery.schedule.Fire;
import io.orrery.schedule.Overlap;
import io.orrery.schedule.ScheduleEvent;
import io.orrery.schedule.ScheduleEvent.OfSchedule;
import io.orrery.schedule.ScheduleInfo;
import io.orrery.schedule.SchedulePolicy;
import io.orrery.schedule.SchedulePolicy.Coalesce;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.Skip;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The book that is kept of one schedule: each moment at which it should fire has to be accounted for by exactly one event, and
 * each attempt has to end. What does not add up is a problem. For use by one thread at a time.
 */
final class Ledger {

    private final Tally tally;
    private Subject subject;
    private Moments moments;
    private @Nullable Instant next; // the first moment that time has not come to; null for none
    private Instant dealt = Instant.MIN; // the last one that it has come to
    private boolean paused;
    private boolean there; // in the store
    private boolean drops; // whether what waits to be tried again may have been ended by a later fire
    private boolean excused; // for running more than may, since more did before its policy changed

    /** The moments that time has come to, and that nothing was said about yet: their fires wait. */
    private final NavigableSet<Instant> open = new TreeSet<>();

    /** Fires that were submitted and have not ended, with the moment of the next attempt if they wait for one. */
    private final Map<Fire, Instant> live = new HashMap<>();

    private final Set<Fire> former = new HashSet<>(); // what runs still, though its schedule was removed
    private final Set<Instant> afterCompletion = new HashSet<>(); // when one that fires so may
    private boolean manualMayBeRefused;
    private @Nullable Instant lastEvent;
    private @Nullable Instant
            owed; // when some of several that were due together were left out: the first of them has to start

    Ledger(Tally tally, Subject subject, Instant now) {
        this.tally = tally;
        this.subject = subject;
        this.moments = subject.moments().registered(now);
        begin(subject, now);
    }

    // -------------------------------------------------------------------------------------- what is done to it

    /** It is registered, or begins anew. */
    void begin(Subject anew, Instant now) {
        paused = paused && there;
        there = true;
        fires(anew, now);
    }

    /** It fires otherwise from now on, as if it were registered now. */
    void fires(Subject otherwise, Instant now) {
        subject = otherwise;
        Overlap overlap = subject.schedule().policy().overlap();
        drops |= overlap == Overlap.CANCEL_OTHER || overlap == Overlap.TERMINATE_OTHER;
        moments = subject.moments().registered(now);
        dealt = Instant.MIN;
        afterCompletion.add(now.plus(subject.afterCompletion()));
        next = subject.isAfterCompletion() ? null : moments.after(subject.once() ? Instant.MIN : now.minusNanos(1));
    }

    /** It keeps its next moment, and fires otherwise after that. */
    void updated(Subject otherwise, Instant now) {
        subject = otherwise;
        moments = otherwise.moments().registered(now);
    }

    /** Another one takes its place. */
    void replaced(Subject anew, Instant now) {
        paused = false;
        excused = true;
        fires(anew, now);
    }

    /** Whether nothing runs of it any more. */
    boolean hasEnded() {
        return live.isEmpty() && former.isEmpty();
    }

    boolean isPaused() {
        return paused;
    }

    boolean isThere() {
        return there;
    }

    Subject subject() {
        return subject;
    }

    void paused() {
        paused = true;
    }

    /** What it missed is not made up for, unless it has never fired and fires once. */
    void resumed(Instant now) {
        paused = false;
        afterCompletion.add(now.plus(subject.afterCompletion()));
        if (!subject.once() && !subject.isAfterCompletion()) {
            next = moments.after(now.isAfter(dealt) ? now.minusNanos(1) : dealt);
        }
    }

    void removed() {
        there = false;
        paused = false;
        next = null;
        tally.removed += open.size();
        open.clear();
        live.values().removeIf(Objects::nonNull);
        former.addAll(live.keySet());
        live.clear();
    }

    void manualMayBeRefused(boolean may) {
        manualMayBeRefused = may;
    }

    /** Time has come to that moment, and nothing is left to do. */
    void at(Instant now) {
        if (!paused) {
            dueUpTo(now);
        }
    }

    private void dueUpTo(Instant moment) {
        for (Instant one = next; one != null && !one.isAfter(moment); one = next) {
            open.add(one);
            dealt = one;
            next = moments.after(one);
            tally.due++;
        }
    }

    // -------------------------------------------------------------------------------------------- what is heard

    void hear(OfSchedule event) {
        Instant now = event.origin().at();
        if (!now.equals(lastEvent)) {
            excused &= running() > most();
            check(event, excused || running() <= most(), "more fires run at once than may");
            check(event, owed == null, "at " + owed + " there was room");
            owed = null;
        }
        switch (event) {
            case ScheduleEvent.Submitted(var _, Fire fire) -> submitted(event, fire, now);
            case ScheduleEvent.Executed(var _, Fire fire, var _, var _) -> {
                tally.succeeded++;
                ended(event, fire, null, now);
            }
            case ScheduleEvent.Failed(var _, Fire fire, var _, var outcome, Instant retryAt) -> {
                tally.failed++;
                ended(event, fire, retryAt, now);
            }
            case ScheduleEvent.Missed(var _, var _, Skip skip) -> missed(event, skip, now);
            case ScheduleEvent.MaxInstances(var _, var _, Skip skip) -> overlapped(event, skip, now);
            case ScheduleEvent.Removed _ -> removed();
            case ScheduleEvent.Modified modified ->
                check(event, !modified.because().startsWith("quarantined"), "it should not be quarantined");
            case ScheduleEvent.Added _ -> {}
        }
        lastEvent = now;
    }

    private void check(Object what, boolean holds, String problem) {
        if (!holds) {
            tally.problem(subject.schedule() + " " + subject.schedule().policy() + ": " + problem + ": " + what
                    + "; next " + next + ", open " + open + ", live " + live);
        }
    }

    private long running() {
        return live.values().stream().filter(Objects::isNull).count();
    }

    private long most() {
        SchedulePolicy policy = subject.schedule().policy();
        return policy.overlap() == Overlap.ALLOW_ALL ? Long.MAX_VALUE : policy.maxInstances();
    }

    private void submitted(Object event, Fire fire, Instant now) {
        tally.attempts++;
        if (fire.attempt() > 1) {
            Instant retryAt = live.put(fire, null);
            check(event, retryAt != null && !retryAt.isAfter(now), "nobody said it would be tried again now");
            return;
        }
        check(event, !live.containsKey(fire), "it runs already");
        check(event, !fire.at().isAfter(now) || open.contains(fire.at()), "it is early");
        if (fire.manual()) {
            tally.manual++;
        } else {
            tally.fires++;
            tally.coalesced += fire.coalesced();
            take(event, fire.at(), fire.coalesced());
        }
        live.put(fire, null);
        owed = null;
    }

    /** Accounts for one moment, and so many others that it stands for. */
    private void take(Object event, Instant at, int others) {
        if (subject.isAfterCompletion()) {
            check(event, afterCompletion.remove(at) || open.remove(at), "it is not due then");
            tally.due++;
            return;
        }
        dueUpTo(at);
        check(event, open.remove(at), "it is not due then, or twice accounted for");
        boolean earliest = subject.schedule().policy().coalesce() == Coalesce.EARLIEST;
        check(event, others == 0 || subject.schedule().policy().coalesce() != Coalesce.ALL, "nothing is coalesced");
        Instant one = at;
        for (int i = 0; i < others; i++) {
            if (earliest && open.higher(at) == null && next != null) {
                dueUpTo(next);
            }
            one = earliest ? open.higher(at) : open.lower(at);
            check(event, one != null && open.remove(one), "it stands for more than were due");
        }
    }

    private void missed(Object event, Skip skip, Instant now) {
        Fire fire = Fire.at(subject.schedule().id(), skip.first());
        if (skip.count() == 1 && live.containsKey(fire) && !open.contains(skip.first())) {
            tally.begunTooLate++;
            ended(event, fire, null, now);
            return;
        }
        tally.tooLate += skip.reason() == Skip.Reason.TOO_LATE ? skip.count() : 0;
        tally.tooMany += skip.reason() == Skip.Reason.CATCH_UP_LIMIT ? skip.count() : 0;
        if (subject.isAfterCompletion()) {
            take(event, skip.first(), 0);
            afterCompletion.add(now.plus(subject.afterCompletion()));
            return;
        }
        dueUpTo(skip.last());
        Set<Instant> skipped = open.subSet(skip.first(), true, skip.last(), true);
        check(event, skipped.size() == skip.count(), "so many were not due: " + skipped.size());
        if (skip.reason() == Skip.Reason.TOO_LATE) {
            Duration late = Duration.between(skip.last(), now);
            check(event, late.compareTo(grace(skip.last())) > 0, "it is not too late");
        }
        skipped.clear();
    }

    private Duration grace(Instant last) {
        SchedulePolicy policy = subject.schedule().policy();
        Instant following = moments.after(last);
        if (policy.isNeverTooLate() || following == null || policy.coalesce() == Coalesce.ALL) {
            return policy.grace().orElse(Duration.ofDays(99_999));
        }
        return policy.grace().orElse(Duration.between(last, following));
    }

    private void overlapped(Object event, Skip skip, Instant now) {
        if (manualMayBeRefused && !open.contains(skip.first()) && !skip.first().equals(next)) {
            return;
        }
        boolean room = live.size() < most() && open.isEmpty() && !now.equals(lastEvent);
        owed = room ? now : owed;
        tally.overlapped += skip.count();
        take(event, skip.first(), (int) skip.count() - 1);
    }

    private void ended(Object event, Fire fire, @Nullable Instant retryAt, Instant now) {
        if (!live.containsKey(fire) && former.remove(fire)) {
            return;
        }
        check(event, live.containsKey(fire) && live.get(fire) == null, "it ends without running");
        if (retryAt != null && there) {
            live.put(fire, retryAt);
            return;
        }
        live.remove(fire);
        if (!fire.manual()) {
            afterCompletion.add(now.plus(subject.afterCompletion()));
        }
    }

    // ------------------------------------------------------------------------------------------------- the end

    /** Compares the book with what the scheduler says when nothing is left to do. */
    void close(@Nullable ScheduleInfo info, Instant now) {
        at(now);
        if (info == null) {
            check("gone", !there && live.isEmpty(), "it is gone, and should not be");
            return;
        }
        Set<String> running = new TreeSet<>();
        Set<String> waiting = new TreeSet<>();
        live.forEach((fire, retryAt) -> (retryAt == null ? running : waiting).add(fire.id()));
        open.forEach(at -> waiting.add(Fire.at(info.id(), at).id()));
        SchedulePolicy policy = subject.schedule().policy();
        check(info.running(), running.equals(new TreeSet<>(info.running())), "other fires run: " + running);
        var left = new TreeSet<>(info.waiting());
        boolean stand = policy.coalesce() != Coalesce.ALL && !left.isEmpty(); // for others that are open, too
        boolean alike = drops || stand ? waiting.containsAll(left) : waiting.equals(left);
        waiting.removeAll(left);
        left.removeAll(waiting);
        check(left, alike, "should wait: " + waiting);
        if (subject.isAfterCompletion()) {
            check(info, info.next() != null || info.isSubmitted() || paused, "it will never fire again");
        } else if (info.state() == ScheduleState.SCHEDULED) {
            check(info, Objects.equals(info.next(), next), "it should fire next at " + next);
        }
        tally.waiting += open.size();
        tally.running += live.size();
    }
}
