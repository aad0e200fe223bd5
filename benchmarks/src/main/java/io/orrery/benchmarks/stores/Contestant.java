package io.orrery.benchmarks.stores;

import java.time.Instant;
import java.util.List;
import java.util.function.IntConsumer;

/** A scheduler that keeps what it has in PostgreSQL, in the configuration that is best for it. Used by one thread. */
interface Contestant {

    /** Its name in tables and on the command line. */
    String title();

    /** How many jobs it gets of what a measurement is about, so that turns take about as long; 0 if it cannot do that. */
    int jobs(Measure measure, int whole);

    /** It takes part in every so many rounds only, being slow. */
    default int every() {
        return 1;
    }

    /** Makes its tables, if they are not there. */
    void create(Server server) throws Exception;

    /** The tables that are emptied between turns. */
    List<String> tables();

    /** A query that has a row for as long as there are jobs that have not ended. */
    String unfinished();

    /** Another one of its processes, so to speak. */
    Node open(Server server) throws Exception;

    /** One scheduler. It fires nothing before it is started. Only {@link #add} is for use by several threads. */
    interface Node extends AutoCloseable {

        /** Adds so many one-shots as fast as it can, due from that moment on, one each microsecond. */
        void fill(int jobs, Instant due) throws Exception;

        /** Adds so many schedules that are due again as soon as they have been run. */
        void fillRecurring(int schedules) throws Exception;

        /** Adds a one-shot with that number; returns when it is certain to stay. */
        void add(int number, Instant due) throws Exception;

        /** Begins to fire: each job is handed its number. */
        void start(IntConsumer job) throws Exception;

        @Override
        void close();
    }
}
