package io.orrery.benchmarks;

import com.github.dexecutor.core.DefaultDexecutor;
import com.github.dexecutor.core.DexecutorConfig;
import com.github.dexecutor.core.ExecutionConfig;
import com.github.dexecutor.core.task.Task;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** dexecutor, on a pool with a thread for each core. Its time grows with the square of the number of jobs. */
final class Dexecutor implements Contender {

    private static final int MOST_JOBS = 10_000;

    private final ExecutorService executor =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());

    @Override
    public String title() {
        return "dexecutor";
    }

    @Override
    public boolean can(Workload workload) {
        return workload.jobs() <= MOST_JOBS
                && workload.times() == 1
                && workload.isInOrder()
                && workload.load() == Load.NOTHING
                && workload.window() == 0;
    }

    @Override
    public int every() {
        return 8;
    }

    @Override
    public Callable<?> prepare(Work work) {
        return () -> {
            var config = new DexecutorConfig<Integer, Integer>(executor, job -> new BodyTask(work.body(job)));
            var graph = new DefaultDexecutor<Integer, Integer>(config);
            Dag dag = work.dag();
            for (int job = 0; job < work.size(); job++) {
                graph.addIndependent(job);
                for (int k = 0; k < dag.count(job); k++) {
                    graph.addDependency(dag.requirement(job, k), job);
                }
            }
            return graph.execute(ExecutionConfig.TERMINATING);
        };
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static final class BodyTask extends Task<Integer, Integer> {
        private static final long serialVersionUID = 1;

        private final transient Body body;

        BodyTask(Body body) {
            this.body = body;
        }

        @Override
        public Integer execute() {
            body.run();
            return getId();
        }
    }
}
