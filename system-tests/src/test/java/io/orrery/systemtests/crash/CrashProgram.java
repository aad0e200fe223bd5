package io.orrery.systemtests.crash;

import io.orrery.schedule.Fire;
import io.orrery.schedule.OnLost;
import io.orrery.schedule.Overlap;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.executor.FireContext;
import io.orrery.schedule.scheduler.Scheduler;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.time.TimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A scheduler on a folder that others share. It notes each attempt that begins and ends, and each schedule that it has added, in
 * a file of its own, and prints a line for each. It adds one-shots until it is told to drain: then it waits until none is left.
 */
final class CrashProgram {

    static final Duration LEASE = Duration.ofSeconds(2);
    static final int RECURRING = 8;

    private final String node;
    private final FileChannel notes;
    private final Scheduler scheduler;
    private volatile boolean draining;

    private CrashProgram(String node, Path folder) throws IOException {
        this.node = node;
        this.notes = FileChannel.open(
                folder.resolve("notes-" + node + "-" + ProcessHandle.current().pid()),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.APPEND);
        this.scheduler = Scheduler.named("crash")
                .node(node)
                .lease(LEASE)
                .store(ScheduleStore.inFolder(folder.resolve("store")))
                .open();
    }

    public static void main(String[] arguments) throws Exception {
        new CrashProgram(arguments[0], Path.of(arguments[1])).run();
    }

    /** The schedules that must never get lost. */
    static List<Schedule> recurring() {
        var all = new ArrayList<Schedule>();
        for (int i = 0; i < RECURRING; i++) {
            Duration interval = Duration.ofMillis(150 + 50 * i);
            all.add(Schedule.named("rerun " + i).every(interval).job("note"));
            all.add(Schedule.named("once " + i)
                    .every(interval)
                    .job("note")
                    .policy(policy -> policy.onLost(OnLost.FAIL)));
            all.add(Schedule.named("buffered " + i)
                    .every(interval)
                    .job("slow")
                    .policy(policy -> policy.overlap(Overlap.BUFFER_ONE)));
        }
        return all;
    }

    private void run() throws Exception {
        scheduler.job("note", context -> noted(FireContext.of(context), Duration.ZERO));
        scheduler.job("slow", context -> noted(FireContext.of(context), Duration.ofMillis(100)));
        scheduler.start();
        for (Schedule schedule : recurring()) {
            scheduler.add(schedule);
        }
        note("ready");
        var time = TimeSource.system();
        time.start(Thread.ofPlatform().daemon().name("commands"), this::listen);
        for (int i = 0; !draining; i++) {
            String id = "one " + node + " " + ProcessHandle.current().pid() + " " + i;
            scheduler.add(Schedule.named(id)
                    .at(time.instant().plusMillis(20L * (i % 10)))
                    .job("note"));
            note("added " + id);
            time.sleep(Duration.ofMillis(30));
        }
        while (scheduler.schedules().stream().anyMatch(info -> info.id().startsWith("one "))) {
            time.sleep(Duration.ofMillis(50));
        }
        note("drained");
        scheduler.shutdown();
        System.exit(0);
    }

    private void listen() {
        try {
            while (System.in.read() >= 0) {
                draining = true;
            }
        } catch (IOException e) {
            draining = true;
        }
    }

    private Object noted(FireContext context, Duration duration) throws Exception {
        Fire fire = context.fire();
        note("begin " + fire.id() + " " + fire.attempt());
        context.sleep(duration);
        note("end " + fire.id() + " " + fire.attempt());
        return null;
    }

    private void note(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        synchronized (notes) {
            notes.write(bytes);
            System.out.println(line);
        }
    }
}
