package io.orrery.run;

import io.orrery.planted.Plant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A mistake to be made in a copy of the engine.
 *
 * @param name what goes wrong
 * @param file the source file, below {@code io/orrery}
 * @param right what stands there once
 * @param wrong what is put in its place
 */
record PlantedBug(String name, String file, String right, String wrong) {
    private static final Path SOURCES = Path.of("src/main/java/io/orrery");

    /** The mistakes that leave a slot behind. */
    static final List<PlantedBug> LEAKS = List.of(
            new PlantedBug(
                    "a failed job keeps its slot of the window",
                    "run/GraphRun.java",
                    "slots.release(attempt.job);\n        JobOutcome outcome = attempt.outcome();",
                    "JobOutcome outcome = attempt.outcome();\n"
                            + "        if (!Retries.isFailure(outcome)) { slots.release(attempt.job); }"),
            new PlantedBug(
                    "a job that is given up keeps its slot",
                    "run/GraphRun.java",
                    "slots.release(attempt.job);\n        finishJob",
                    "finishJob"),
            new PlantedBug(
                    "a job that ends in line keeps its place in the line of a limit",
                    "run/GraphRun.java",
                    "slots.releaseLimits(job);\n        table",
                    "table"));

    private static final List<PlantedBug> OTHERS = List.of(
            new PlantedBug(
                    "those who come later jump the line of a limit",
                    "job/Limit.java",
                    "if (free == 0 || one.ticket >= claim.ticket) {",
                    "if (true) {"),
            new PlantedBug(
                    "who can't have all limits keeps the place in the line of one that is free",
                    "job/Limit.java",
                    "Limit before = leaveLine();\n            Limit missing",
                    "Limit before = waitsFor;\n            Limit missing"),
            new PlantedBug(
                    "who lets others pass has the last place afterwards",
                    "job/Limit.java",
                    "if (ticket == 0) {",
                    "if (true) {\n                leaveLine();"),
            new PlantedBug(
                    "those are not called whose turn it is when somebody lets them pass",
                    "job/Limit.java",
                    "before.callInto(next);\n            }\n            return",
                    "}\n            return"),
            new PlantedBug(
                    "an attempt is started twice",
                    "run/GraphRun.java",
                    "launcher.add(job);\n    }\n\n    /** Fails",
                    "launcher.add(job);\n        launcher.add(job);\n    }\n\n    /** Fails"),
            new PlantedBug(
                    "a nested run goes on when the outer one is stopped",
                    "run/NestedAttempt.java",
                    "inner.cancel(",
                    "if (stopReason() instanceof Stop.TimedOut) inner.cancel("),
            new PlantedBug(
                    "a run made on the fly is orphaned when its job is given up",
                    "run/BodyAttempt.java",
                    "return going().isEmpty();",
                    "return true;"),
            new PlantedBug(
                    "the third successor is lost",
                    "run/Countdown.java",
                    "k < graph.successorCount(job) &&",
                    "k < Math.min(2, graph.successorCount(job)) &&"),
            new PlantedBug(
                    "a timeout does not count as a failure for conditions",
                    "job/Condition.java",
                    "outcome instanceof JobOutcome.Failed || outcome instanceof JobOutcome.TimedOut",
                    "outcome instanceof JobOutcome.Failed"),
            new PlantedBug(
                    "a condition that cannot hold any more is waited for",
                    "run/Countdown.java",
                    "skip(next, Verdict.ended(plan.id(job), outcome), blocks);",
                    ";"),
            new PlantedBug(
                    "one retry too many",
                    "job/RetryPolicy.java",
                    "attempt <= retries && wants",
                    "attempt <= retries + Math.min(retries, 1) && wants"),
            new PlantedBug(
                    "the second attempt has no timeout",
                    "run/LiveAttempts.java",
                    "if (limit != null) {\n            Duration timeout",
                    "if (limit != null && attempt.number == 1) {\n            Duration timeout"),
            new PlantedBug(
                    "a critical failure is not the first of its instant",
                    "run/Mail.java",
                    "CRITICAL_FAILURE,\n        COMPLETION,",
                    "COMPLETION,\n        CRITICAL_FAILURE,"),
            new PlantedBug(
                    "forever jobs are waited for",
                    "run/Countdown.java",
                    "if (foreverOnly || !plan.options(job).forever()) {",
                    "if (true) {"),
            new PlantedBug(
                    "a nested job is cancelled for the wrong reason",
                    "run/NestedAttempt.java",
                    "cancelled.because() :",
                    "\"stopped\" :"),
            new PlantedBug(
                    "nested runs start jobs during a pause",
                    "run/GraphRun.java",
                    "phase == Phase.RUNNING && !tree.paused",
                    "phase == Phase.RUNNING && !(tree.paused && around == null)"),
            new PlantedBug(
                    "bodies that never started are not shut down inside",
                    "run/Shutdown.java",
                    "run.table.attempts(job) == 0",
                    "run.table.attempts(job) < 0"),
            new PlantedBug(
                    "an end loses against a timeout at the same instant",
                    "run/Mail.java",
                    "COMPLETION,\n        JOB_TIMEOUT,\n        RUN_TIMEOUT,",
                    "JOB_TIMEOUT,\n        RUN_TIMEOUT,\n        COMPLETION,"),
            new PlantedBug(
                    "a skipped job is skipped again by its next requirement",
                    "run/Countdown.java",
                    "if (table.state(next) != State.IDLE) {",
                    "if (false) {"),
            new PlantedBug(
                    "who was given up is not named",
                    "run/LiveAttempts.java",
                    "stragglers.add(run.pathOf(attempt.job));\n",
                    "\n"));

    /** The mistakes that reused threads alone can show. */
    private static final List<PlantedBug> REUSED = List.of(
            new PlantedBug(
                    "a job that blocks keeps those behind it in line waiting",
                    "run/ReusedThreads.java",
                    "startAnother();\n            BodyAttempt attempt",
                    "BodyAttempt attempt"),
            new PlantedBug(
                    "only the first of those are seen to whom a timeout or somebody outside puts in line",
                    "run/ReusedThreads.java",
                    "if (!isRunner || !mailbox.isDirect()) {",
                    "if ((!isRunner || !mailbox.isDirect()) && counts.get(FRONT) == 0) {"),
            new PlantedBug(
                    "the line is too short, and its last jobs take the places of the first ones",
                    "run/ReusedThreads.java",
                    "Math.max(1, plan.size() - 1)) * 2)];",
                    "Math.max(1, plan.size() - 1)))];"),
            new PlantedBug(
                    "a runner takes every attempt for the first one",
                    "run/ReusedThreads.java",
                    "run.table.attempts(job));",
                    "1);"));

    /** The mistakes that random runs have to find. */
    static final List<PlantedBug> ALL =
            Stream.of(LEAKS, OTHERS, REUSED).flatMap(List::stream).toList();

    /** Compiles the file with the mistake in it. */
    void compileInto(Path classes, String classPath) throws IOException {
        new Plant(name, SOURCES.resolve(file), right, wrong).compileInto(classes, classPath);
    }

    @Override
    public String toString() {
        return name;
    }
}
