package io.orrery.workflow;

import io.orrery.job.Requirement;
import java.util.List;

/**
 * Which part of a workflow to keep: what is reachable both from the starts and from the ends. No starts, or no ends, means
 * no bound on that side. A sequence counts as all of its jobs. Immutable.
 *
 * @param starts where the part begins
 * @param ends where it ends
 * @param keepStarts whether the starts themselves are kept
 * @param keepEnds whether the ends themselves are kept
 */
public record Between(List<Requirement> starts, List<Requirement> ends, boolean keepStarts, boolean keepEnds) {

    /** Copies the lists. */
    public Between {
        starts = List.copyOf(starts);
        ends = List.copyOf(ends);
    }

    /** Everything, until ends are set. */
    public static Between unbounded() {
        return new Between(List.of(), List.of(), true, true);
    }

    /** What comes after these, they included. */
    public static Between starts(Requirement... starts) {
        return new Between(List.of(starts), List.of(), true, true);
    }

    /** And before these, they included. */
    public Between ends(Requirement... ends) {
        return new Between(starts, List.of(ends), keepStarts, keepEnds);
    }

    /** Without the starts themselves, unless one lies behind another one. */
    public Between withoutStarts() {
        return new Between(starts, ends, false, keepEnds);
    }

    /** Without the ends themselves, unless one lies before another one. */
    public Between withoutEnds() {
        return new Between(starts, ends, keepStarts, false);
    }
}
