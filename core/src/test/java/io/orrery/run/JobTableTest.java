package io.orrery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.workflow.Workflow;
import org.junit.jupiter.api.Test;

class JobTableTest {
    @Test
    void a_job_does_not_begin_before_it_is_ready_though_its_thread_may_have_looked_at_the_clock_before() {
        var flow = Workflow.named("flow");
        flow.action("job", () -> {});
        var table = new JobTable(flow.plan());

        table.ready(0, 100);
        table.started(0, 100);
        table.began(0, 50);

        assertThat(table.startNanos(0)).isEqualTo(100);

        table.began(0, 150);

        assertThat(table.startNanos(0)).isEqualTo(150);
    }
}
