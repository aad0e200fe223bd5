package io.orrery.schedule.soak;

import java.util.ArrayList;
import java.util.List;

/** What was counted, of all schedules together, and what did not add up. For use by one thread at a time. */
final class Tally {

    private static final int MOST = 20;

    long due;
    long fires;
    long coalesced;
    long tooLate;
    long overlapped;
    long tooMany;
    long begunTooLate;
    long manual;
    long manualRefused;
    long attempts;
    long succeeded;
    long failed;
    long waiting;
    long removed;
    long running;
    long actions;
    private final List<String> problems = new ArrayList<>();

    void problem(String what) {
        if (problems.size() < MOST) {
            problems.add(what);
        }
    }

    List<String> problems() {
        return problems;
    }

    /** The moments that are accounted for in one way or another. */
    long accounted() {
        return fires + coalesced + tooLate + overlapped + tooMany + waiting + removed;
    }

    @Override
    public String toString() {
        return String.format(
                "%,d due: %,d fired, %,d coalesced, %,d too late, %,d overlapping, %,d beyond the catch-up limit, %,d"
                        + " waiting, %,d removed; %,d by hand; %,d attempts: %,d succeeded, %,d failed, %,d begun too"
                        + " late, %,d running; %,d actions",
                due,
                fires,
                coalesced,
                tooLate,
                overlapped,
                tooMany,
                waiting,
                removed,
                manual,
                attempts,
                succeeded,
                failed,
                begunTooLate,
                running,
                actions);
    }
}
