package io.orrery.outcome;

import io.orrery.job.State;
import io.orrery.outcome.Failures.Failure;
import io.orrery.plan.Ranks;
import io.orrery.time.Durations;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the sections of a debrief. For one use. */
final class DebriefWriter {

    private final RunReport report;
    private final Alphabet signs;
    private final StringBuilder text = new StringBuilder();
    private final IdentityHashMap<Throwable, String> shown =
            new IdentityHashMap<>(); // the failures whose stacks stand above, and of whom

    DebriefWriter(RunReport report, Alphabet signs) {
        this.report = report;
        this.signs = signs;
    }

    String write(Listing listing) {
        verdict();
        text.append('\n').append(listing.text());
        failures(Failures.all(report));
        notes(Failures.notes(report));
        consequences();
        criticalPath(report.criticalPath());
        return text.toString();
    }

    private void verdict() {
        RunState state = report.state();
        String time = state == RunState.IDLE
                ? ""
                : (state.ended() ? " in " : " for ")
                        + Durations.text(report.summary().elapsed());
        String why = report.why().isEmpty() ? "" : ": " + report.why();
        line(signs.icon(state.state()) + " " + report.plan().name() + " "
                + state.state().word() + time + why);
        RunSummary.Failure failure = report.summary().failure();
        if (failure != null) {
            line("  first failure: " + failure.path() + ": " + Texts.failure(failure.cause()));
        }
    }

    private void failures(List<Failure> failures) {
        if (failures.isEmpty()) {
            return;
        }
        long stopping = failures.stream().filter(Failure::stopping).count();
        line("");
        line("===== " + count(failures.size(), "job") + " failed, " + stopping + " of them critical");
        Ranks ranks = ListingWriter.ranks(report);
        for (Failure failure : failures) {
            failure(failure, ranks.text(failure.job().planned()));
        }
    }

    private void failure(Failure failure, String rank) {
        JobReport job = failure.job();
        var line = new JobLine(job, signs);
        String attempts = job.attempts() > 1 ? ", " + job.attempts() + " attempts" : "";
        line("----- " + (failure.stopping() ? "CRITICAL JOB " : "non-critical job ") + rank + " " + line.badge() + " "
                + line.body() + " at " + job.path() + attempts);
        job.outcome()
                .flatMap(outcome -> outcome.failure())
                .ifPresentOrElse(cause -> stack(cause, job.path()), () -> line("    " + failure.cause()));
    }

    private void stack(Throwable cause, String path) {
        String above = shown.putIfAbsent(cause, path);
        if (above != null) {
            line("    " + Texts.failure(cause) + " (the stack is that of " + above + ")");
            return;
        }
        for (String frame : trace(cause).split("\\R")) {
            line("    " + frame.replace("\t", "    "));
        }
    }

    private static String trace(Throwable cause) {
        var trace = new StringWriter();
        try {
            cause.printStackTrace(new PrintWriter(trace));
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            return Texts.failure(cause) + "\n(its stack trace failed: "
                    + e.getClass().getName() + ")";
        }
        return trace.toString();
    }

    private void notes(List<String> notes) {
        if (notes.isEmpty()) {
            return;
        }
        line("");
        line("===== " + count(notes.size(), "warning"));
        notes.forEach(note -> line("- " + note));
    }

    private void consequences() {
        var notRun = new ArrayList<String>();
        var skipped = new ArrayList<String>();
        collect(report, notRun, skipped);
        if (!notRun.isEmpty() || !skipped.isEmpty()) {
            line("");
        }
        if (!notRun.isEmpty()) {
            line("not started because of it: " + Explanation.named(notRun));
        }
        if (!skipped.isEmpty()) {
            line("skipped: " + Explanation.named(skipped));
        }
    }

    private static void collect(RunReport run, List<String> notRun, List<String> skipped) {
        for (int number = 0; number < run.plan().size(); number++) {
            State state = run.records().state(number);
            if (state == State.NOT_RUN) {
                notRun.add(new JobReport(run, number).path());
            } else if (state == State.SKIPPED) {
                skipped.add(new JobReport(run, number).path());
            } else if (!run.records().runs(number).isEmpty()) {
                new JobReport(run, number).inside().forEach(inside -> collect(inside, notRun, skipped));
            }
        }
    }

    private void criticalPath(List<JobReport> path) {
        if (path.isEmpty()) {
            return;
        }
        JobReport first = path.getFirst();
        Duration begin = first.ready().or(first::start).orElse(Duration.ZERO);
        Duration whole = path.getLast().end().orElse(begin).minus(begin);
        Duration waited = path.stream()
                .map(JobReport::waitedForSlot)
                .map(time -> time.orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
        line("");
        line("critical path " + Durations.text(whole) + ": "
                + path.stream()
                        .map(job ->
                                job.id() + " " + Durations.text(job.duration().orElse(Duration.ZERO)))
                        .collect(Collectors.joining(" " + signs.arrow + " "))
                + " (waited for slots " + Durations.text(waited) + ")");
    }

    private static String count(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
