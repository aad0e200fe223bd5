package io.orrery.model;

import io.orrery.model.Case.Outside;
import io.orrery.model.Case.Times;
import java.util.List;

/** Tells what should become of a case. */
public final class Model {
    private static final int LONG_ENOUGH = 60;

    private Model() {}

    /**
     * The case with an end: jobs that hold limits while jobs inside them wait for other limits can wait for each other in
     * a ring, which only a timeout ends; such a case gets one.
     */
    public static Case withAnEnd(Case one) {
        var run = simulated(one);
        if (run.hasEnded()) {
            return one;
        }
        var root = one.root();
        var times = new Times(
                LONG_ENOUGH, root.times().shutdownTimeout(), root.times().grace());
        return new Case(one.limits(), new Case.Flow(root.name(), root.tasks(), times, root.window()), one.outside());
    }

    /** The trail that a run of the case should leave. */
    public static List<String> predict(Case one) {
        var run = simulated(one);
        if (!run.hasEnded()) {
            throw new IllegalStateException("the run does not end");
        }
        run.note(run.world.trail, 0);
        return run.world.trail.lines();
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
            throw new IllegalStateException("jobs wait for each other's places in the lines of limits");
        }
        return run;
    }
}
