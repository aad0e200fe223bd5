import org.jspecify.annotations.NullMarked;

/** Test your own jobs and workflows without waiting: time that jumps, records of what happened, assertions on reports. */
@NullMarked
module io.orrery.testkit {
    requires static org.jspecify;
    requires transitive io.orrery;
    requires transitive io.orrery.schedule;
    requires transitive org.junit.jupiter.api;

    // the extension, recorders, trails, assertions on reports, changes of clocks, seeded chance; what every store has
    // to do
    exports io.orrery.testkit;
}
