package io.orrery.schedule.scheduler;

/** As many fires of the schedule run as may, so another one was not started. */
public final class MaxInstancesException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    private final String id;
    private final int instances;

    MaxInstancesException(String id, int instances) {
        super("At most " + instances + " fires of \"" + id
                + "\" run at once, and so many do. Wait for one to end, or raise its maxInstances.");
        this.id = id;
        this.instances = instances;
    }

    /** The id of the schedule. */
    public String id() {
        return id;
    }

    /** How many may run at once. */
    public int instances() {
        return instances;
    }
}
