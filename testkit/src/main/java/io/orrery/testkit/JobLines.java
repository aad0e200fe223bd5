package io.orrery.testkit;

import io.orrery.outcome.JobReport;
import io.orrery.outcome.RunReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a run did with its jobs, laid out in one line. */
final class JobLines {

    private JobLines() {}

    /** All jobs in the order of declaration, those inside a job after it. */
    static Stream<JobReport> all(RunReport report) {
        return report.jobs().stream()
                .flatMap(job -> Stream.concat(
                        Stream.of(job),
                        Stream.concat(job.nested().stream(), job.spontaneousRuns().stream())
                                .flatMap(JobLines::all)));
    }

    static JobReport job(RunReport report, String path) {
        return report.find(path)
                .orElseThrow(() -> new AssertionError("There is no job \"" + path + "\" in " + report.plan() + ", but "
                        + all(report).map(JobReport::path).collect(Collectors.joining(", "))));
    }

    static Duration start(RunReport report, String path) {
        JobReport job = job(report, path);
        return job.start()
                .orElseThrow(() -> new AssertionError(
                        "\"" + path + "\" has not started: " + job.state().word()));
    }

    static Duration end(RunReport report, String path) {
        JobReport job = job(report, path);
        return job.end()
                .filter(end -> job.start().isPresent())
                .orElseThrow(() -> new AssertionError(
                        "\"" + path + "\" has not run to an end: " + job.state().word()));
    }

    /** The greatest number of jobs that ran at one moment. One that ends when another starts does not count with it. */
    static int mostAtOnce(List<JobReport> jobs) {
        Map<Duration, Integer> changes = new TreeMap<>();
        for (JobReport job : jobs) {
            job.start().ifPresent(start -> changes.merge(start, 1, Integer::sum));
            job.start().flatMap(start -> job.end()).ifPresent(end -> changes.merge(end, -1, Integer::sum));
        }
        int running = 0;
        int most = 0;
        for (int change : changes.values()) {
            running += change;
            most = Math.max(most, running);
        }
        return most;
    }
}
