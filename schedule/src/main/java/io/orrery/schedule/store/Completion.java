package io.orrery.schedule.store;

import io.orrery.schedule.ScheduleInfo.History;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The end of one attempt of a fire.
 *
 * @param lease the lease that it ran under
 * @param started when it began; null if it did not
 * @param history what to remember of it in its schedule; the previous time in it is ignored
 * @param retryAt when the fire is to be tried again; null if it is over
 * @param nextDue when its schedule is due next, where that depends on the end of the run; null if it does not
 */
public record Completion(
        Lease lease,
        @Nullable Instant started,
        History history,
        @Nullable Instant retryAt,
        @Nullable NextDue nextDue) {

    /** The same with another note in its history. */
    public Completion noting(String note) {
        var noted = new History(history.previous(), history.outcome(), history.ended(), history.lateness(), note);
        return new Completion(lease, started, noted, retryAt, nextDue);
    }

    /**
     * With nothing that anybody has made up: its outcome and a note. It is not tried again, and if its schedule counts from it,
     * nobody knows when that is due next.
     */
    public Completion bare(String note) {
        var plain = new History(null, history.outcome(), history.ended(), null, note);
        NextDue unknown = nextDue == null
                ? null
                : new NextDue.Unknown(note + ". Resume the schedule, or give it another trigger.");
        return new Completion(lease, started, plain, null, unknown);
    }
}
