package io.orrery.examples;

import io.orrery.job.JobBody;
import io.orrery.outcome.RunReport;
import io.orrery.report.Watch;
import io.orrery.run.RunOptions;
import io.orrery.time.TimeSource;
import io.orrery.workflow.Workflow;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What an example plays on: a clock, a watch on that clock, and somebody who reads what is said. Safe for use by any thread.
 */
final class Stage {

    private final TimeSource time;
    private final Watch watch;
    private final Consumer<String> reader;

    Stage(TimeSource time, Consumer<String> reader) {
        this.time = time;
        this.watch = Watch.start(time);
        this.reader = reader;
    }

    /** The stage of every main: real time and the standard output. */
    static Stage real() {
        var stage = new Stage(TimeSource.system(), IO::println);
        var nothing = Workflow.named("nothing");
        nothing.action("nothing", () -> stage.watch.line(""));
        stage.run(nothing); // loads the engine, which would make the first job of the example seem late
        return stage;
    }

    TimeSource time() {
        return time;
    }

    /** Says something, after the time that has passed. */
    synchronized void say(String message) {
        reader.accept(watch.line(message));
    }

    /** Says something as it is, such as a listing. */
    void show(String text) {
        reader.accept(text);
    }

    /** A job that says when it begins and ends, sleeps in between, and returns the milliseconds it has slept. */
    JobBody<Integer> nap(int millis) {
        return ctx -> {
            say(ctx.label() + " begins");
            ctx.sleep(Duration.ofMillis(millis));
            say(ctx.label() + " ends");
            return millis;
        };
    }

    /** Runs a workflow on this clock, beginning at zero. */
    RunReport run(Workflow workflow) {
        workflow.plan(); // which would be made now anyhow, and is kept
        watch.reset();
        return workflow.run(RunOptions.defaults().time(time));
    }
}
