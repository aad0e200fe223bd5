package io.orrery.model;

import io.orrery.model.Case.Outside;
import java.util.List;

/** Tells what should become of a case. */
public final class Model {
    private Model() {}

    /** The trail that a run of the case should leave. */
    public static List<String> predict(Case one) {
        var run = simulated(one);
        if (!run.hasEnded()) {
            throw new IllegalStateException("the run does not end");
        }
        run.note(run.world.trail, 0);
        return run.world.trail.lines();
    }

    /** Whether the case leaves the same trail each time, as almost all do: manual time is not quite deterministic. */
    public static boolean isCertain(Case one) {
        return simulated(one).world.isCertain;
    }

    private static ModelRun simulated(Case one) {
        var world = new World();
        var limits = one.limits().stream().map(ModelLimit::new).toList();
        var run = new ModelRun(world, one.root(), limits);
        run.begin();
        for (Outside outside : one.outside()) {
            world.in(outside.at(), () -> run.told(outside.what()));
        }
        world.run();
        if (limits.stream().anyMatch(ModelLimit::isStuck)) {
            throw new IllegalStateException("jobs wait for a limit that has a slot");
        }
        return run;
    }
}
