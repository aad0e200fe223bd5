package io.orrery.schedule;

/** What to do if there is a schedule of that id already. */
public enum OnConflict {
    /** Refuse the new one. The default. */
    FAIL,
    /** Put the new one in its place: it begins anew. */
    REPLACE,
    /** Keep the old one as it is. */
    KEEP,
    /** Put the new definition in its place, but keep the next fire time, and whether it is paused. */
    UPDATE
}
