package io.orrery.examples;

import io.orrery.run.RunOptions;
import io.orrery.testkit.Seeds;
import io.orrery.testkit.Trail;
import io.orrery.workflow.Workflow;

/** What the snippets take for granted. */
class SnippetStubs {

    static final ScopedValue<String> TENANT = ScopedValue.newInstance();

    final RunOptions options = RunOptions.defaults();
    final Trail trail = new Trail();
    final Mail mail = user -> new Receipt();
    final String user = "user";

    /** Something that sends. */
    interface Mail {
        Receipt send(String user);
    }

    /** That it was sent. */
    record Receipt() {}

    Workflow backup() {
        return Workflow.named("backup");
    }

    Workflow workflow(int window, Seeds seeds) {
        return Workflow.named(seeds.toString()).window(window);
    }
}
