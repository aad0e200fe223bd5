package io.orrery.schedule.store;

import java.util.List;

/**
 * What renewing the leases of a node has brought to light.
 *
 * @param lost leases of this node that are void: what runs under them is to stop, its result does not count
 * @param cancelled leases of this node whose fires are to stop, since somebody wants that
 * @param abandoned leases of other nodes that have ended without news, of fires that must not be run again: they are over
 * @param asked schedules that this has quarantined, since a node that ran them is gone and somebody has to say whether they may
 *     be repeated
 * @param leave whether somebody wants this node to take no new fires, end what it runs, and leave the store
 */
public record Renewal(
        List<Lease> lost, List<Lease> cancelled, List<Lease> abandoned, List<ScheduleRow> asked, boolean leave) {

    /** No news. */
    public static final Renewal NOTHING = new Renewal(List.of(), List.of(), List.of());

    /** Nobody has to be asked. */
    public Renewal(List<Lease> lost, List<Lease> cancelled, List<Lease> abandoned) {
        this(lost, cancelled, abandoned, List.of());
    }

    /** Nobody wants this node to leave. */
    public Renewal(List<Lease> lost, List<Lease> cancelled, List<Lease> abandoned, List<ScheduleRow> asked) {
        this(lost, cancelled, abandoned, asked, false);
    }
}
