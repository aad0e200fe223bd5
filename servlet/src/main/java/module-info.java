import org.jspecify.annotations.NullMarked;

/** A scope for each web application, and work that outlives the client of a request. */
@NullMarked
module io.orrery.servlet {
    requires static org.jspecify;
    requires transitive io.orrery;
    requires transitive jakarta.servlet;

    exports io.orrery.servlet;
}
