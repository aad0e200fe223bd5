package io.orrery.schedule.scheduler;

/** There is a schedule of that id already, and it says something else. */
public final class ScheduleConflictException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String id;

    ScheduleConflictException(String id, String message) {
        super(message);
        this.id = id;
    }

    /** The id of both. */
    public String id() {
        return id;
    }
}
