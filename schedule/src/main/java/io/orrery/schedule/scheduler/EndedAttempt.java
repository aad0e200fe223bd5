package io.orrery.schedule.scheduler;

import io.orrery.job.JobOutcome;
import io.orrery.schedule.executor.Attempt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that has ended.
 *
 * @param attempt which one
 * @param started when it began; null if it did not
 * @param outcome how it ended
 */
record EndedAttempt(Attempt attempt, @Nullable Instant started, JobOutcome outcome) {}
