package io.orrery.benchmarks;

import io.orrery.benchmarks.Orrery.Part;
import io.orrery.job.Threads;
import io.orrery.schedule.executor.JobExecutor;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.function.UnaryOperator;

/** All who take part, by name. Another way of running Orrery is one line in {@link #all}. */
final class Contenders {

    static final String ORRERY = "Orrery";
    static final String ORRERY_REUSED = "Orrery, reused threads";
    static final String READY_PLAN = ": run alone";
    static final String PLANNING = ": declare and plan alone";
    static final String BARE = VirtualThreads.BARE.title();
    static final String EXECUTOR = VirtualThreads.EXECUTOR.title();
    static final String SEMAPHORE = VirtualThreads.SEMAPHORE.title();
    static final String SEMAPHORE_FIRST = VirtualThreads.SEMAPHORE_FIRST.title();
    static final String TWO_SEMAPHORES = VirtualThreads.TWO_SEMAPHORES.title();
    static final String FUTURES_VIRTUAL = "CompletableFuture on virtual threads";
    static final String FUTURES_POOL = "CompletableFuture on a ForkJoinPool";
    static final String DEXECUTOR = "dexecutor";
    static final String PARSEQ = "ParSeq";
    static final String SCOPE = "Orrery scope";
    static final String SCOPE_REUSED = "Orrery scope, reused threads";
    static final String SCHEDULER = "Orrery scheduler";
    static final String SCHEDULER_POOL = "Orrery scheduler, platform threads";
    static final String TIMERS = "ScheduledThreadPoolExecutor, a thread for each core";
    static final String ONE_TIMER = "ScheduledThreadPoolExecutor, one thread";
    static final String QUARTZ = "Quartz in memory";
    /** Not run by a Java virtual machine, nor is the next one. */
    static final String ASYNCIOJOBS = "asynciojobs";

    static final String AIOJOBS = "aiojobs";

    private Contenders() {}

    /** New ones; to be closed by whoever asks. */
    static List<Contender> all() {
        return List.of(
                new Orrery(ORRERY, Part.ALL, UnaryOperator.identity()),
                new Orrery(ORRERY_REUSED, Part.ALL, workflow -> workflow.threads(Threads.REUSED)),
                new Orrery(ORRERY + READY_PLAN, Part.RUN, UnaryOperator.identity()),
                new Orrery(ORRERY_REUSED + READY_PLAN, Part.RUN, workflow -> workflow.threads(Threads.REUSED)),
                new Orrery(ORRERY + PLANNING, Part.PLAN, UnaryOperator.identity()),
                new Scope(SCOPE, Threads.FRESH),
                new Scope(SCOPE_REUSED, Threads.REUSED),
                VirtualThreads.BARE,
                VirtualThreads.EXECUTOR,
                VirtualThreads.SEMAPHORE,
                VirtualThreads.SEMAPHORE_FIRST,
                VirtualThreads.TWO_SEMAPHORES,
                new Futures(FUTURES_VIRTUAL, perTask()),
                new Futures(FUTURES_POOL, new ForkJoinPool(cores())),
                new Schedules(SCHEDULER, JobExecutor::virtualThreads),
                new Schedules(SCHEDULER_POOL, () -> JobExecutor.platformThreads(cores())),
                new PoolTimers(TIMERS, cores()),
                new PoolTimers(ONE_TIMER, 1),
                new Quartz(QUARTZ),
                new Dexecutor(),
                new ParSeq());
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static ExecutorService perTask() {
        return Executors.newVirtualThreadPerTaskExecutor();
    }
}
