package io.orrery.benchmarks.parts;

import java.time.Instant;

/** A parsed cron expression. */
@FunctionalInterface
interface NextFireOf {

    /** The first fire after a moment. */
    Instant after(Instant moment);
}
