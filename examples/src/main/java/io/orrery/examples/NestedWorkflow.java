package io.orrery.examples;

import io.orrery.outcome.RunReport;
import io.orrery.workflow.Workflow;

/**
 * A workflow as one job of another one. What builds it is a plain method, so it can be used in many places, and it has a
 * window, a timeout and forever jobs of its own.
 */
final class NestedWorkflow {

    private NestedWorkflow() {}

    static void main() {
        play(Stage.real());
    }

    static RunReport play(Stage stage) {
        var main = Workflow.named("main");
        main.sequence(main.job("start", stage.nap(100)), main.add(diamond(stage)), main.job("end", stage.nap(100)));
        stage.show(main.list()); // before it runs

        return stage.run(main);
    }

    /** One job, then two at once, then one. */
    private static Workflow diamond(Stage stage) {
        var diamond = Workflow.named("diamond");
        var top = diamond.job("top", stage.nap(100));
        var left = diamond.job("left", stage.nap(150)).requires(top);
        var right = diamond.job("right", stage.nap(200)).requires(top);
        diamond.job("bottom", stage.nap(100)).requires(left, right);
        return diamond;
    }
}
