package io.orrery.cli.debrief;

import io.orrery.cli.output.RunLogs;
import io.orrery.cli.output.Tails;
import io.orrery.cli.progress.Elapsed;
import io.orrery.cli.progress.Reasons;
import io.orrery.cli.terminal.Cells;
import io.orrery.cli.terminal.Colours;
import io.orrery.cli.terminal.Signs;
import io.orrery.job.State;
import io.orrery.outcome.JobReport;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What happened in a run, for the person who started it: the verdict and its cause first, then what each failed job printed
 * last, what was not started, what else went wrong, and where the time went. A success is one or two lines.
 */
public final class RunDebrief {

    private static final int MOST_FAILURES = 5;
    private static final int MOST_NAMES = 10;
    private static final int MOST_NOTES = 20;

    private final RunReport report;
    private final Tails tails;
    private final RunLogs logs;
    private final Path current;
    private Signs signs = Signs.ASCII;
    private Colours colours = Colours.OFF;
    private final List<String> lines = new ArrayList<>();

    /**
     * A debrief.
     *
     * @param current the folder from which paths of logs are shown
     */
    public RunDebrief(RunReport report, Tails tails, RunLogs logs, Path current) {
        this.report = report;
        this.tails = tails;
        this.logs = logs;
        this.current = current;
    }

    /** The lines, with these signs and colours. */
    public List<String> lines(Signs signs, Colours colours) {
        this.signs = signs;
        this.colours = colours;
        lines.clear();
        verdict();
        List<JobReport> failures = failedItself(report.failures());
        failures.stream().limit(MOST_FAILURES).forEach(this::failure);
        if (failures.size() > MOST_FAILURES) {
            lines.add("  and " + (failures.size() - MOST_FAILURES) + " more failed: "
                    + names(failures.subList(MOST_FAILURES, failures.size())));
        }
        consequences();
        notes(failures);
        criticalPath();
        logs.folder().ifPresent(folder -> lines.add("  logs: " + shown(folder)));
        return List.copyOf(lines);
    }

    private void verdict() {
        RunState state = report.state();
        String took = " in " + Elapsed.brief(report.summary().elapsed());
        String why = state == RunState.SUCCEEDED ? counts() : why(state);
        lines.add(colours.of(
                        state.state(),
                        signs.of(state.state()) + " "
                                + Cells.harmless(report.plan().name()) + " "
                                + state.state().word())
                + took
                + (why.isEmpty() ? "" : signs.dash() + why));
    }

    /** The reason, without the state where it repeats that. */
    private String why(RunState state) {
        String why = Cells.harmless(report.why());
        String repeated = state.state().word() + ": ";
        return why.startsWith(repeated) ? why.substring(repeated.length()) : why;
    }

    private String counts() {
        int size = report.plan().size();
        int failed = report.stats().count(State.FAILED) + report.stats().count(State.TIMED_OUT);
        return size + (size == 1 ? " job" : " jobs") + (failed == 0 ? "" : ", " + failed + " failed, not critical");
    }

    /** The failures without nested workflows that failed because a job in them did. */
    private static List<JobReport> failedItself(List<JobReport> failures) {
        return failures.stream()
                .filter(job -> job.nested().isEmpty()
                        || failures.stream().noneMatch(inner -> inner.path().startsWith(job.path() + "/")))
                .toList();
    }

    private void failure(JobReport job) {
        String critical = job.critical() ? "" : ", not critical";
        String attempts = job.attempts() > 1 ? " (" + job.attempts() + " attempts)" : "";
        String reason = job.outcome().map(Reasons::of).orElse("");
        String sign = signs.of(job.state());
        lines.add("  " + colours.of(job.state(), sign) + " " + job.path() + critical + ": " + reason + attempts);
        for (String line : tails.of(job.path())) {
            lines.add("    " + colours.faint(job.id() + " |") + " " + line);
        }
        logs.of(job.path()).ifPresent(log -> lines.add("    full log: " + shown(log)));
    }

    private String shown(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        return (absolute.startsWith(current) ? current.relativize(absolute) : absolute).toString();
    }

    private void consequences() {
        named("not started because of it", State.NOT_RUN);
        named("skipped", State.SKIPPED);
        if (report.state() != RunState.SUCCEEDED) {
            named("stopped", State.CANCELLED);
        }
    }

    private void named(String what, State state) {
        List<JobReport> jobs =
                report.jobs().stream().filter(job -> job.state() == state).toList();
        if (!jobs.isEmpty()) {
            lines.add("  " + what + ": " + names(jobs));
        }
    }

    private static String names(List<JobReport> jobs) {
        int more = jobs.size() - MOST_NAMES;
        return jobs.stream().limit(MOST_NAMES).map(JobReport::path).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /** What went wrong besides the failures that stand above. */
    private void notes(List<JobReport> failures) {
        List<String> known = failures.stream()
                .map(job -> "non-critical job " + job.path() + " ")
                .toList();
        report.warnings().stream()
                .filter(note -> known.stream().noneMatch(note::startsWith))
                .limit(MOST_NOTES)
                .forEach(note -> lines.add("  warning: " + Cells.harmless(note)));
        logs.problem().ifPresent(problem -> lines.add("  warning: " + problem));
    }

    private void criticalPath() {
        List<JobReport> path = report.criticalPath();
        if (path.size() < 2) {
            return;
        }
        Duration waited = path.stream()
                .map(JobReport::waitedForSlot)
                .flatMap(Optional::stream)
                .reduce(Duration.ZERO, Duration::plus);
        String jobs = path.stream()
                .skip(Math.max(0, path.size() - MOST_NAMES))
                .map(job -> job.id()
                        + job.duration().map(time -> " " + Elapsed.brief(time)).orElse(""))
                .collect(Collectors.joining(signs.arrow()));
        String begun = path.size() > MOST_NAMES ? signs.ellipsis() + signs.arrow() : "";
        String slots = waited.toMillis() < 100 ? "" : " (slots waited " + Elapsed.brief(waited) + ")";
        lines.add("  critical path: " + begun + jobs + slots);
    }
}
