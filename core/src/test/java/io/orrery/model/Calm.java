package io.orrery.model;

import io.orrery.model.Case.Attempt;
import io.orrery.model.Case.Body;
import io.orrery.model.Case.Cleanup;
import io.orrery.model.Case.Flow;
import io.orrery.model.Case.Options;
import io.orrery.model.Case.Retry;
import io.orrery.model.Case.Task;
import io.orrery.model.Case.Times;
import io.orrery.model.Case.Work;
import java.util.List;

/**
 * Takes out of a case all that makes its outcome a matter of time: timeouts, delays, critical and forever jobs, what is
 * done from outside, and limits that are held while others are waited for. What is left ends alike however fast its
 * threads are.
 */
public final class Calm {
    private static final Times PATIENT = new Times(0, 60_000, 60_000);

    private Calm() {}

    /** The case without all that. */
    public static Case of(Case one) {
        return new Case(one.limits(), calm(one.root()), List.of());
    }

    private static Flow calm(Flow flow) {
        return new Flow(flow.name(), flow.tasks().stream().map(Calm::calm).toList(), PATIENT, flow.window());
    }

    private static Task calm(Task task) {
        Retry retry = task.options().retry();
        var options = new Options(
                /* critical= */ false,
                /* forever= */ false,
                /* timeout= */ 0,
                new Retry(retry.retries(), 0, 1, 0),
                isSimple(task.work()) ? task.options().limits() : List.of());
        return new Task(task.label(), calm(task.work()), options, task.needs());
    }

    private static boolean isSimple(Work work) {
        return work instanceof Body body
                && body.attempts().stream().allMatch(one -> one.inner().isEmpty());
    }

    private static Work calm(Work work) {
        return switch (work) {
            case Flow flow -> calm(flow);
            case Body body ->
                new Body(
                        body.attempts().stream()
                                .map(one -> new Attempt(one.inner().map(Calm::calm), 0, one.end(), 0, one.answer()))
                                .toList(),
                        body.cleanup().map(cleanup -> new Cleanup(0, cleanup.fails(), 0)));
        };
    }
}
