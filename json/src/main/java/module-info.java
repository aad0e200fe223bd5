import org.jspecify.annotations.NullMarked;

/** Payloads of schedules as JSON, for stores that outlive the process and for jobs in other processes. */
@NullMarked
module io.orrery.json {
    requires static org.jspecify;
    requires transitive io.orrery.schedule;
    requires transitive tools.jackson.databind;

    // the codec
    exports io.orrery.json;
}
