package io.orrery.schedule.store;

import io.orrery.schedule.Fire;
import io.orrery.schedule.OnLost;
import io.orrery.schedule.Overlap;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleInfo.History;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.trigger.Trigger;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One schedule with its fires, and the rules by which they change together, which are the same wherever it is kept: what a store builds
 * on that hands out leases. Not safe for use by several threads.
 */
public class Cell {

    private static final ScheduleRow NONE =
            ScheduleRow.of(Schedule.named("gone").trigger(Trigger.manual()), ScheduleState.FINISHED, null);

    private ScheduleRow row;
    private List<Held> fires = List.of(); // an ArrayList from the first fire on
    private long lastToken;
    private @Nullable String blockedOn; // the limit of which what is due waits for a place; null if it does not

    /**
     * To whom leases are given.
     *
     * @param node its id
     * @param now when they are given
     * @param until when they end unless they are renewed
     * @param zone where triggers count that have no zone
     * @param places of the limits; kept up to date
     */
    public record Grant(String node, Instant now, Instant until, ZoneId zone, Places places) {}

    /** One without fires. */
    public Cell(ScheduleRow row) {
        this.row = row;
    }

    /** As it was kept. */
    public Cell(ScheduleRow row, List<Held> fires, long lastToken) {
        this.row = row;
        this.fires = new ArrayList<>(fires);
        this.lastToken = lastToken;
    }

    /** The schedule, and how it stands. */
    public final ScheduleRow row() {
        return row;
    }

    /** Makes it a new version, though nothing of it has changed. */
    public final void touch() {
        row = row.written(row.live(), row.waiting());
    }

    /** Its fires, of which those who keep it may put some here. */
    public final List<Held> fires() {
        return fires;
    }

    /** The token of the last lease that was given of it. */
    public final long lastToken() {
        return lastToken;
    }

    /** The limit of which its fires that are due wait for a place; null if they do not. */
    public final @Nullable String blockedOn() {
        return blockedOn;
    }

    /** Since when it waits for a place, if it does: when the first of its fires was due. */
    public final Instant waitsSince() {
        Instant since = Instant.MAX;
        for (Held held : fires) {
            if (held.phase() == Held.Phase.DUE && held.due().isBefore(since)) {
                since = held.due();
            }
        }
        return since;
    }

    /** Says of which limit its fires that are due wait for a place; null if they are to be looked at. */
    public final void block(@Nullable String limit) {
        blockedOn = limit;
    }

    /** How many of its fires are leased: each has a place of each limit. */
    public final int leased() {
        int leased = 0;
        for (Held held : fires) {
            leased += held.isLeased() ? 1 : 0;
        }
        return leased;
    }

    /** The earliest moment at which there is something to hand out; {@link Instant#MAX} if there is nothing. */
    public final Instant look() {
        Instant earliest = Instant.MAX;
        if (row.due() != null && row.state() == ScheduleState.SCHEDULED) {
            earliest = row.due();
        }
        if (isOpen() && blockedOn == null) {
            for (int i = 0; i < fires.size(); i++) {
                Held held = fires.get(i);
                if (held.phase() == Held.Phase.DUE && held.due().isBefore(earliest)) {
                    earliest = held.due();
                }
            }
        }
        return earliest;
    }

    private boolean isOpen() {
        return row.state() != ScheduleState.QUARANTINED;
    }

    /** Whether the schedule itself is due. */
    public final boolean isDue(Instant now) {
        return row.due() != null
                && row.state() == ScheduleState.SCHEDULED
                && !row.due().isAfter(now);
    }

    /** What others see of it. */
    public final StoredSchedule view() {
        return new StoredSchedule(row, ids(Held::isLeased), ids(held -> !held.isLeased()), blockedOn);
    }

    private List<String> ids(Predicate<Held> which) {
        return fires.isEmpty()
                ? List.of()
                : fires.stream().filter(which).map(held -> held.fire().id()).toList();
    }

    /** Writes a step that fits; leases what is to start, as far as there are places. */
    public final List<Lease> apply(Step step, Grant grant) {
        Schedule before = row.schedule();
        int kept = before.isLimited() ? leased() : 0;
        if (step.what() == Step.What.TERMINATE_LIVE || step.what() == Step.What.REMOVE) {
            grant.places.add(before, -kept);
            kept = 0;
        }
        List<Lease> leases = step(step, grant);
        grant.places.add(before, -kept);
        if (row.schedule().isLimited()) {
            grant.places.add(row.schedule(), leased() - leases.size());
        }
        return leases;
    }

    private List<Lease> step(Step step, Grant grant) {
        switch (step.what()) {
            case WRITE -> {}
            case CANCEL_LIVE -> cancelLive();
            case TERMINATE_LIVE -> terminateLive();
            case REMOVE -> {
                fires = List.of();
                return List.of();
            }
        }
        if (blockedOn != null
                && !step.row().schedule().places().equals(row.schedule().places())) {
            blockedOn = null;
        }
        row = step.row();
        List<Lease> leases = start(step.starting(), grant);
        for (Fire fire : step.waiting()) {
            if (isNew(fire)) {
                add(Held.waiting(fire));
            }
        }
        promote(grant.now);
        if (row.schedule().trigger().timing() == Trigger.Timing.AFTER_COMPLETION) {
            keepDue(grant);
        }
        written();
        return leases;
    }

    private List<Lease> start(List<Fire> starting, Grant grant) {
        List<Lease> leases = new ArrayList<>(starting.size());
        for (int i = 0; i < starting.size(); i++) {
            if (isNew(starting.get(i))) {
                lease(add(Held.waiting(starting.get(i))), grant, leases);
            }
        }
        return leases;
    }

    private void terminateLive() {
        if (!fires.isEmpty()) {
            fires.removeIf(Held::isLive);
        }
    }

    private void cancelLive() {
        if (!fires.isEmpty()) {
            fires.removeIf(held -> held.phase() == Held.Phase.DUE);
            fires.replaceAll(held -> held.isLive() ? held.cancelled() : held);
        }
    }

    private boolean isNew(Fire fire) {
        for (int i = 0; i < fires.size(); i++) {
            if (fires.get(i).fire().equals(fire)) {
                return false;
            }
        }
        return true;
    }

    private int add(Held held) {
        if (fires.isEmpty()) {
            fires = new ArrayList<>(1);
        }
        fires.add(held);
        return fires.size() - 1;
    }

    /** Leases a fire; if there is no place for it, it is due, and waits for one. */
    private void lease(int index, Grant grant, List<Lease> leases) {
        Held fire = fires.get(index);
        String missing = grant.places.missing(row.schedule());
        if (missing != null) {
            blockedOn = missing;
            if (fire.phase() != Held.Phase.DUE) {
                Instant at = fire.fire().at();
                fires.set(index, fire.due(fire.fire(), at.isBefore(grant.now) ? at : grant.now));
            }
            return;
        }
        grant.places.add(row.schedule(), 1);
        lastToken = Math.max(lastToken + 1, grant.now.toEpochMilli());
        Held held = fire.leasedTo(grant.node, lastToken);
        fires.set(index, held);
        leases.add(new Lease(held.fire(), row.schedule(), lastToken, grant.now, grant.until, handle()));
    }

    /** What its leases find it by; null if they are not to keep it. */
    @Nullable
    Object handle() {
        return null;
    }

    /** Leases the fires whose turn it is, as far as there are places. */
    public final List<Lease> claim(Grant grant) {
        if (fires.isEmpty() || !isOpen()) {
            return List.of();
        }
        blockedOn = null;
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < fires.size() && blockedOn == null; i++) {
            Held held = fires.get(i);
            if (held.phase() == Held.Phase.DUE && !held.due().isAfter(grant.now)) {
                lease(i, grant, leases);
            }
        }
        return leases;
    }

    /** Lets those be due who wait for others, as many as there is room for. */
    private void promote(Instant now) {
        int room = live() == fires.size() ? 0 : room(); // as a rule nobody waits
        for (int i = 0; i < fires.size() && room > 0; i++) {
            Held held = fires.get(i);
            if (held.phase() == Held.Phase.WAITING) {
                fires.set(i, held.due(held.fire(), now));
                room--;
            }
        }
    }

    private int room() {
        return row.schedule().policy().overlap() == Overlap.ALLOW_ALL
                ? Integer.MAX_VALUE
                : row.schedule().policy().maxInstances() - live();
    }

    private int live() {
        int live = 0;
        for (int i = 0; i < fires.size(); i++) {
            live += fires.get(i).isLive() ? 1 : 0;
        }
        return live;
    }

    /** What has no due time and no fire that would give it one gets one: of each row something comes. */
    private void keepDue(Grant grant) {
        if (row.state() != ScheduleState.SCHEDULED || row.due() != null) {
            return;
        }
        Trigger trigger = row.schedule().trigger();
        boolean counts = switch (trigger.timing()) {
            case SCHEDULED, AFTER_COMPLETION -> true;
            case AT_SHUTDOWN, ON_DEMAND -> false;
        };
        if (!counts || fires.stream().anyMatch(held -> !held.fire().manual())) {
            return;
        }
        try {
            row = trigger.next(row.schedule().zone().orElse(grant.zone), grant.now, grant.now)
                    .map(due -> row.standing(ScheduleState.SCHEDULED, due))
                    .orElseGet(() -> row.standing(ScheduleState.FINISHED, null));
        } catch (RuntimeException | StackOverflowError e) { // a trigger's fault must not stop the others
            row = row.quarantined(
                    "its next time cannot be found: " + e + ". Give the schedule another trigger, or remove it.");
        }
    }

    private void written() {
        int live = live();
        row = row.written(live, fires.size() - live);
        if (blockedOn != null && (!isOpen() || fires.stream().noneMatch(held -> held.phase() == Held.Phase.DUE))) {
            blockedOn = null;
        }
    }

    /** The fire of a lease; null if the lease is not valid. */
    public final @Nullable Held valid(Lease lease) {
        int index = indexOf(lease);
        return index < 0 ? null : fires.get(index);
    }

    /** Where the fire of a valid lease is; -1 if it is not valid. */
    private int indexOf(Lease lease) {
        for (int i = 0; i < fires.size(); i++) {
            Held held = fires.get(i);
            if (held.token() == lease.token() && held.isLeased() && held.fire().equals(lease.fire())) {
                return i;
            }
        }
        return -1;
    }

    /** Ends the fire of a lease, unless the lease is not valid. */
    public final Completed complete(Completion completion, Grant grant) {
        int index = indexOf(completion.lease());
        if (index < 0) {
            return Completed.REFUSED;
        }
        Held held = fires.get(index);
        grant.places.add(row.schedule(), -1);
        Instant retryAt = completion.retryAt();
        if (retryAt == null && fires.size() == 1 && isGoing()) {
            fires.clear();
            return Completed.ACCEPTED_AND_REMOVED;
        }
        if (retryAt != null && held.phase() != Held.Phase.CANCELLED) {
            fires.set(index, held.due(held.fire().again(), retryAt));
        } else {
            fires.remove(index);
        }
        row = row.remembering(completion.history().after(row.previous()));
        NextDue nextDue = completion.nextDue();
        if (nextDue != null && row.due() == null && row.state() == ScheduleState.SCHEDULED) {
            row = row.standing(nextDue);
        }
        promote(grant.now);
        keepDue(grant);
        written();
        return isOver() ? Completed.ACCEPTED_AND_REMOVED : Completed.ACCEPTED;
    }

    /** Whether nothing will ever come of it, and nobody wants it kept. */
    public final boolean isOver() {
        return fires.isEmpty() && isGoing();
    }

    /** Whether it goes with its last fire. */
    private boolean isGoing() {
        return row.state() == ScheduleState.FINISHED && !row.schedule().isKeptWhenFinished();
    }

    /** Lets go of what it holds when it is kept no more: a collector of young garbage does not know that it is garbage itself. */
    final void letGo() {
        row = NONE;
        fires = List.of();
    }

    /** Takes the leases away from nodes that are no more; gives back those of fires that are over now. */
    public final List<Lease> lost(Function<String, Boolean> isGone, Grant grant) {
        Instant now = grant.now;
        List<Lease> abandoned = new ArrayList<>();
        boolean changed = false;
        for (int i = 0; i < fires.size(); i++) {
            Held held = fires.get(i);
            if (!held.isLeased() || !isGone.apply(held.node())) {
                continue;
            }
            changed = true;
            grant.places.add(row.schedule(), -1);
            if (held.phase() == Held.Phase.CANCELLED || row.schedule().policy().onLost() == OnLost.FAIL) {
                fires.remove(i--);
                abandoned.add(new Lease(held.fire(), row.schedule(), held.token(), held.due(), now));
                continue;
            }
            fires.set(i, held.due(held.fire().again(), now));
            if (row.schedule().policy().onLost() == OnLost.ASK) {
                row = row.quarantined("the node that ran " + held.fire().id()
                        + " is gone, and whether the job may be repeated is for you to say. Resume the schedule to"
                        + " have it run again, or remove it.");
            }
        }
        if (changed) {
            if (!abandoned.isEmpty()) {
                row = row.remembering(new History(row.previous(), "failed", now, null, "the node that ran it is gone"));
            }
            promote(now);
            keepDue(grant);
            written();
        }
        return abandoned;
    }

    /** Lets others run what a node holds of these, but for what was cancelled, which is over; whether it held something. */
    public final boolean giveBack(Predicate<Held> which, Grant grant) {
        boolean holds = false;
        for (int i = 0; i < fires.size(); i++) {
            Held held = fires.get(i);
            if (held.isLeased() && held.node().equals(grant.node) && which.test(held)) {
                grant.places.add(row.schedule(), -1);
                holds = true;
                if (held.phase() == Held.Phase.CANCELLED) {
                    fires.remove(i--);
                } else {
                    fires.set(i, held.due(held.fire(), grant.now));
                }
            }
        }
        if (holds) {
            promote(grant.now);
            keepDue(grant);
            written();
        }
        return holds;
    }

    /** What was cancelled of a node's. */
    public final boolean isCancelled(Lease lease) {
        Held held = valid(lease);
        return held != null && held.phase() == Held.Phase.CANCELLED;
    }
}
