package io.orrery.systemtests.crash;

import io.orrery.schedule.Schedule;
import io.orrery.schedule.executor.FireContext;
import io.orrery.schedule.executor.JobCatalog;
import io.orrery.schedule.executor.JobDeclarations;
import io.orrery.schedule.executor.JobExecutor;
import io.orrery.schedule.executor.LifecycleJob;
import io.orrery.schedule.executor.ProcessOptions;
import io.orrery.schedule.scheduler.Scheduler;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.schedule.trigger.Trigger;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * A scheduler on a folder that others share, with a lifecycle that says what it does, and a job in a process of its own that
 * hangs. It shuts down when its standard input ends.
 */
final class OwnerProgram {

    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration LEASE = Duration.ofSeconds(3);

    private OwnerProgram() {}

    /** Says what happens to it, and the token of its session. */
    private static final class Owner implements LifecycleJob {
        @Override
        public void setup(FireContext session) {
            say("setup " + session.token());
        }

        @Override
        public void tick(FireContext session, Instant due) {
            say("tick " + session.token());
        }

        @Override
        public void cleanup() {
            say("cleanup");
        }
    }

    /** What hangs in a process of its own. */
    public static final class Hanging implements JobDeclarations {
        /** For the process. */
        public Hanging() {}

        @Override
        public void declare(JobCatalog jobs) {
            jobs.job("hang", context -> {
                context.log("child " + ProcessHandle.current().pid());
                Thread.currentThread().join();
                return null;
            });
        }
    }

    /** Says what is in the log of jobs. */
    private static final class Saying extends Handler {
        @Override
        public void publish(LogRecord entry) {
            say("log " + entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }

    public static void main(String[] arguments) throws Exception {
        var options = ProcessOptions.of(Hanging.class);
        Scheduler scheduler = Scheduler.named("owner")
                .node(arguments[0])
                .lease(LEASE)
                .store(ScheduleStore.inFolder(Path.of(arguments[1])))
                .store("mine", ScheduleStore.inMemory())
                .executor("process", JobExecutor.processes(options))
                .open();
        scheduler.lifecycle("owner", Trigger.every(TICK).immediately(), Owner::new);
        new Hanging().declare(scheduler.jobs());
        Logger.getLogger("io.orrery.schedule.job").addHandler(new Saying());
        scheduler.start();
        scheduler.add(Schedule.named("owner").lifecycle("owner"));
        if (arguments.length > 2) {
            scheduler.add(
                    Schedule.named("hang").store("mine").executor("process").job("hang"));
        }
        say("ready");
        System.in.transferTo(OutputStream.nullOutputStream());
        scheduler.shutdown();
        say("down");
        System.exit(0);
    }
}
