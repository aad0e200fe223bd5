package io.orrery.schedule.scheduler;

/** There is no schedule of that id. */
public final class NoSuchScheduleException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String id;

    NoSuchScheduleException(String id) {
        super("A schedule is found by its id, but there is none with the id \"" + id
                + "\". Ask schedules() for those that there are.");
        this.id = id;
    }

    /** The id. */
    public String id() {
        return id;
    }
}
