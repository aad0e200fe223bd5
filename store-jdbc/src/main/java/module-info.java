import org.jspecify.annotations.NullMarked;

/** Remembers schedules in a SQL database: H2 as a file, PostgreSQL, MariaDB, MySQL. Nodes may share one. */
@NullMarked
module io.orrery.store.jdbc {
    requires static org.jspecify;
    requires transitive io.orrery.schedule;
    requires transitive java.sql;
    requires flyway.core;
    requires tools.jackson.databind;
    requires static com.h2database;
    requires static org.checkerframework.checker.qual;
    requires static org.postgresql.jdbc;

    // a store, what it knows of nodes and runs, and transactions that are shared with it
    exports io.orrery.store.jdbc;
}
