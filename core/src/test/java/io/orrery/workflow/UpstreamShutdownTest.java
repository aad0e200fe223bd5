package io.orrery.workflow;

import static io.orrery.workflow.Runs.run;
import static io.orrery.workflow.Runs.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.job.Job;
import io.orrery.job.JobBody;
import io.orrery.job.JobContext;
import io.orrery.outcome.RunReport;
import io.orrery.outcome.RunState;
import io.orrery.outcome.ShutdownProblem;
import io.orrery.spec.Spec;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Java forms of asynciojobs' {@code test_shutdown.py}; each test is named in its comment. */
class UpstreamShutdownTest {

    private final AtomicInteger counter = new AtomicInteger();
    private final Set<String> done = ConcurrentHashMap.newKeySet();

    /** Counts up when it has run, and down when a job that has run is shut down. */
    private final class Counter implements JobBody<Void> {
        private final double delay;
        private final double shutdownDelay;

        Counter(double delay, double shutdownDelay) {
            this.delay = delay;
            this.shutdownDelay = shutdownDelay;
        }

        @Override
        public Void run(JobContext context) throws InterruptedException {
            context.sleep(seconds(delay));
            counter.incrementAndGet();
            done.add(context.path());
            return null;
        }

        @Override
        public void shutdown(JobContext context) throws InterruptedException {
            if (done.contains(context.path())) {
                if (shutdownDelay > 0) {
                    context.sleep(seconds(shutdownDelay));
                }
                counter.decrementAndGet();
            }
        }
    }

    private Sequence pipe(Workflow workflow, String name, int jobs, double step, double shutdownDelay) {
        Sequence pipe = workflow.sequence();
        for (int i = 0; i < jobs; i++) {
            pipe.append(workflow.job(name + i, new Counter(step * (i + 1), shutdownDelay)));
        }
        return pipe;
    }

    /** test_simple and test_simple_timeout: the chain takes 1 s. */
    @ParameterizedTest
    @CsvSource({"10, SUCCEEDED, 4", "0.5, TIMED_OUT, 2"})
    @Spec({"A-090", "A-091"})
    void every_job_that_was_done_is_shut_down_whether_or_not_the_run_times_out(
            double timeout, RunState expected, int doneJobs) {
        Workflow simple = Workflow.named("simple").timeout(seconds(timeout));
        pipe(simple, "job", 4, 0.1, 0);

        RunReport report = run(simple);

        assertThat(report.state()).isEqualTo(expected);
        assertThat(done).hasSize(doneJobs);
        assertThat(counter).hasValue(0);
    }

    /** test_nested and test_nested_timeout: three nested workflows of three jobs, one after the other. */
    @ParameterizedTest
    @CsvSource({"10, SUCCEEDED, 9", "0.85, TIMED_OUT, 4"})
    @Spec({"A-090", "A-091", "A-092"})
    void jobs_of_nested_workflows_are_shut_down_too(double timeout, RunState expected, int doneJobs) {
        Workflow out = Workflow.named("OUT").timeout(seconds(timeout));
        Sequence subs = out.sequence();
        for (int i = 0; i < 3; i++) {
            Workflow sub = Workflow.named("SUB" + i);
            pipe(sub, "nested", 3, 0.1 * (i + 1), 0);
            Job<RunReport> handle = out.add(sub);
            subs.append(handle);
        }

        RunReport report = run(out);

        assertThat(report.state()).isEqualTo(expected);
        assertThat(done).hasSize(doneJobs);
        assertThat(counter).hasValue(0);
    }

    /**
     * test_shsd_none_short, _medium, _long and test_shsd_aborted_short, _medium, _long: two pipes of four jobs whose
     * shutdowns take 0.1 s and 0.5 s each, all at once; with a timeout, two jobs of each pipe are done.
     */
    @ParameterizedTest
    @CsvSource({
        "10,   0.05, 8, 8",
        "10,   0.2,  8, 4",
        "10,   0.7,  8, 0",
        "0.25, 0.05, 4, 4",
        "0.25, 0.2,  4, 2",
        "0.25, 0.7,  4, 0",
    })
    @Spec({"A-094", "GB-16"})
    void shutdowns_have_a_deadline_of_their_own_and_those_that_miss_it_are_reported(
            double timeout, double shutdownTimeout, int doneJobs, int missed) {
        Workflow two = Workflow.named("two").timeout(seconds(timeout)).shutdownTimeout(seconds(shutdownTimeout));
        for (double shutdownDelay : new double[] {0.1, 0.5}) {
            Sequence pipe = two.sequence();
            for (int i = 0; i < 4; i++) {
                pipe.append(two.job("job" + i + " x " + shutdownDelay, new Counter(0.1, shutdownDelay)));
            }
        }

        RunReport report = run(two);

        assertThat(report.state()).isEqualTo(timeout < 1 ? RunState.TIMED_OUT : RunState.SUCCEEDED);
        assertThat(done).hasSize(doneJobs);
        assertThat(counter).hasValue(missed);
        assertThat(report.summary().notes().shutdown())
                .hasSize(missed)
                .allMatch(problem -> problem.failure().isEmpty())
                .extracting(ShutdownProblem::path)
                .allMatch(done::contains);
    }

    @Test
    @Spec({"A-093", "GB-16"})
    void each_run_has_a_shutdown_of_its_own() {
        Workflow simple = Workflow.named("simple");
        pipe(simple, "job", 4, 0.1, 0);

        run(simple);
        run(simple);

        assertThat(counter).hasValue(0);
    }
}
