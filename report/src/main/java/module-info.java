import org.jspecify.annotations.NullMarked;

/** Tells of a plan or a run in other words: JSON, DOT, Mermaid, a tree, a line for each event. Needs the JDK only. */
@NullMarked
module io.orrery.report {
    requires static org.jspecify;
    requires transitive io.orrery;

    // all of it
    exports io.orrery.report;
}
