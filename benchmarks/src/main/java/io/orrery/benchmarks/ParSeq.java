package io.orrery.benchmarks;

import com.linkedin.parseq.Engine;
import com.linkedin.parseq.EngineBuilder;
import com.linkedin.parseq.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** ParSeq, on a pool with a thread for each core. It runs the tasks of one plan one after the other, by design. */
final class ParSeq implements Contender {

    private final ExecutorService executor =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Engine engine = new EngineBuilder()
            .setTaskExecutor(executor)
            .setTimerScheduler(timer)
            .build();

    @Override
    public String title() {
        return "ParSeq";
    }

    @Override
    public boolean can(Workload workload) {
        return workload.isInOrder() && workload.load() == Load.NOTHING && workload.window() == 0;
    }

    @Override
    public int every() {
        return 4;
    }

    @Override
    public Callable<?> prepare(Work work) {
        return () -> {
            Dag dag = work.dag();
            var tasks = new Task<?>[work.size()];
            for (int job = 0; job < tasks.length; job++) {
                Task<Void> own = Task.action(work.label(job), work.body(job)::run);
                tasks[job] = switch (dag.count(job)) {
                    case 0 -> own;
                    case 1 -> tasks[dag.requirement(job, 0)].andThen(own);
                    default -> Task.par(required(tasks, dag, job)).andThen(own);
                };
            }
            Task<?> all = Task.par(Arrays.asList(tasks));
            engine.run(all);
            all.await();
            if (all.isFailed()) {
                throw new IllegalStateException(all.getError());
            }
            return all;
        };
    }

    private static List<Task<?>> required(Task<?>[] tasks, Dag dag, int job) {
        List<Task<?>> required = new ArrayList<>();
        for (int k = 0; k < dag.count(job); k++) {
            required.add(tasks[dag.requirement(job, k)]);
        }
        return required;
    }

    @Override
    public void close() {
        engine.shutdown();
        executor.shutdownNow();
        timer.shutdownNow();
    }
}
