package io.orrery.schedule.executor;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.Work;
import io.orrery.time.TimeSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs each attempt in a Java virtual machine of its own, so many at once. */
final class ProcessExecutor implements JobExecutor {

    private final ProcessOptions options;
    private final JobCatalog known = new JobCatalog(); // what the processes will know
    private final Lanes lanes;
    private volatile @Nullable TimeSource time; // set when it is opened

    /** @throws IllegalArgumentException if the declarations cannot be made */
    ProcessExecutor(ProcessOptions options) {
        this.options = options;
        this.lanes = Lanes.ending(options.limit(), this::start);
        ChildMain.declarations(options.declarations()).declare(known);
        known.codecNamed(options.codec().id());
    }

    @Override
    public void open(TimeSource time) {
        this.time = time;
        lanes.open(time);
    }

    private void start(Runnable lane, Attempt first) {
        Objects.requireNonNull(time)
                .start(Thread.ofVirtual().name(first.path()).inheritInheritableThreadLocals(false), lane);
    }

    @Override
    public void check(Schedule schedule) {
        if (!(schedule.work() instanceof Work.Named(String job, Object payload))) {
            throw new IllegalArgumentException("A process runs jobs by name, but \"" + schedule.id() + "\" runs "
                    + schedule.work().text() + ". Declare the code in "
                    + options.declarations().getName() + ", and schedule it with job(name, payload).");
        }
        known.check(job, payload);
        ChildRequest.encoded(schedule, options.codec());
    }

    @Override
    public void execute(Attempt attempt) {
        lanes.execute(
                attempt,
                one -> one.runInstead(_ -> {
                    check(one.lease().schedule());
                    return new ChildRun(options, one).run();
                }));
    }

    @Override
    public int room() {
        return lanes.room();
    }

    @Override
    public void close() {
        lanes.close();
    }
}
