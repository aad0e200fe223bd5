package io.orrery.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.orrery.job.JobContext;
import io.orrery.schedule.executor.FireContext;
import io.orrery.schedule.executor.LifecycleJob;
import io.orrery.schedule.scheduler.Scheduler;
import io.orrery.schedule.trigger.Trigger;
import io.orrery.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/**
 * A process of the crash proof: a scheduler that notes in a file what it begins and ends, one line each, so that what it noted
 * outlives it. Arguments: where the database is, its name, the file.
 */
final class CrashNode {

    /** How long its leases last. */
    static final Duration LEASE = Duration.ofSeconds(5);

    private static final Duration TICK = Duration.ofMillis(200);

    private final String name;
    private final FileChannel journal;

    private CrashNode(String name, Path file) throws IOException {
        this.name = name;
        this.journal = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    static HikariDataSource source(String url, String name) {
        var config = new HikariConfig();
        config.setJdbcUrl(url + "&ApplicationName=" + name);
        config.setMaximumPoolSize(6);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(2_000);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    static void main(String[] args) throws Exception {
        var node = new CrashNode(args[1], Path.of(args[2]));
        var store = JdbcStore.on(source(args[0], args[1])).onlyValidated();
        Scheduler scheduler = Scheduler.named(args[1])
                .node(args[1])
                .lease(LEASE)
                .storeRetryInterval(Duration.ofSeconds(1))
                .store(store)
                .open();
        scheduler.job("quick", context -> node.run(context, Duration.ZERO));
        scheduler.job("slow", context -> node.run(context, Duration.ofMillis(1_500)));
        scheduler.job("effect", node::effect);
        scheduler.lifecycle("pump", Trigger.every(TICK), () -> node.new Pump());
        scheduler.start().awaitShutdown();
    }

    private void note(String what, FireContext context) {
        String line = String.join(
                "\t",
                what,
                name,
                context.fire().schedule(),
                Long.toString(Nanos.of(context.fire().at())),
                Integer.toString(context.attempt()),
                Long.toString(context.token()),
                Long.toString(Nanos.of(TimeSource.system().instant())));
        try {
            journal.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long run(JobContext context, Duration time) throws InterruptedException {
        FireContext fire = FireContext.of(context);
        note("begin", fire);
        context.sleep(time);
        note("end", fire);
        return fire.token();
    }

    private long effect(JobContext context) throws Exception {
        FireContext fire = FireContext.of(context);
        note("begin", fire);
        JdbcFire.of(context).completeWith(connection -> {
            try (var statement = connection.prepareStatement("insert into effect values (?, ?, ?)")) {
                Database.with(
                                statement,
                                fire.fire().schedule(),
                                Nanos.of(fire.fire().at()),
                                fire.token())
                        .executeUpdate();
            }
        });
        note("end", fire);
        return fire.token();
    }

    /** Belongs to one process at a time. */
    private final class Pump implements LifecycleJob {
        @Override
        public void tick(FireContext session, Instant due) {
            note("tick", session);
        }
    }
}
