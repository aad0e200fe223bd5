package io.orrery.workflow;

import io.orrery.job.ContextAction;
import io.orrery.job.Job;
import io.orrery.job.State;
import io.orrery.outcome.RunReport;
import io.orrery.run.RunOptions;
import io.orrery.time.ManualTime;
import java.time.Duration;
import java.util.List;

/** Runs on time that skips: what takes seconds here takes none, and happens at exactly the expected moment. */
final class Runs {

    private Runs() {}

    static RunReport run(Workflow workflow) {
        return workflow.run(RunOptions.defaults().time(ManualTime.skipping()));
    }

    static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    /** A body that takes so long. */
    static ContextAction sleep(double seconds) {
        return context -> context.sleep(seconds(seconds));
    }

    /** A body that throws after so long. */
    static ContextAction boom(double seconds) {
        return context -> {
            context.sleep(seconds(seconds));
            throw new IllegalArgumentException("boom");
        };
    }

    static List<State> states(RunReport report, Job<?>... jobs) {
        return List.of(jobs).stream().map(job -> report.job(job).state()).toList();
    }

    /** When jobs began and ended: {@code a 0s-1.5s}, or {@code a} alone if it did not. */
    static List<String> times(RunReport report) {
        return report.jobs().stream()
                .map(job -> job.label()
                        + job.start().map(start -> " " + text(start)).orElse("")
                        + job.end().map(end -> "-" + text(end)).orElse(""))
                .toList();
    }

    private static String text(Duration duration) {
        return io.orrery.time.Durations.text(duration);
    }
}
