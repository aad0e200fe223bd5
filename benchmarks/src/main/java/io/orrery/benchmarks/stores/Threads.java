package io.orrery.benchmarks.stores;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Many threads that share some work. */
final class Threads {

    static final int MANY = 500;

    private Threads() {}

    /** What is done with a number. */
    interface Task {
        void accept(int number) throws Exception;
    }

    /** Does it with each number below {@code count}, in 500 virtual threads; throws the first failure. */
    static void share(int count, Task task) throws InterruptedException {
        var next = new AtomicInteger();
        Callable<Integer> thread = () -> {
            int done = 0;
            for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                task.accept(number);
                done++;
            }
            return done;
        };
        List<Callable<Integer>> threads = new ArrayList<>();
        for (int i = 0; i < Math.min(MANY, count); i++) {
            threads.add(thread);
        }
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var result : executor.invokeAll(threads)) {
                result.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("One of the threads has failed.", e.getCause());
        }
    }
}
