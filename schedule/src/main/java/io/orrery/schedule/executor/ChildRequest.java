package io.orrery.schedule.executor;

import io.orrery.schedule.EncodedPayload;
import io.orrery.schedule.Fire;
import io.orrery.schedule.PayloadCodec;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.Work;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.ScheduleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What a child process is to run.
 *
 * @param declarations the name of the class that declares the jobs
 * @param codec the id of the codec that writes the result
 * @param lease the fire and its schedule, whose payload is encoded
 */
record ChildRequest(String declarations, String codec, Lease lease) {

    private static final int LINES = 7;

    /** @throws IllegalArgumentException if the codec cannot write the payload */
    static ChildRequest of(ProcessOptions options, Lease lease) {
        Schedule schedule = encoded(lease.schedule(), options.codec());
        return new ChildRequest(
                options.declarations().getName(),
                options.codec().id(),
                new Lease(lease.fire(), schedule, lease.token(), lease.since(), lease.until()));
    }

    /** The schedule with its payload encoded. */
    static Schedule encoded(Schedule schedule, PayloadCodec codec) {
        return schedule.work() instanceof Work.Named(String job, Object payload)
                        && payload != null
                        && !(payload instanceof EncodedPayload)
                ? schedule.work(new Work.Named(job, new EncodedPayload(codec.id(), codec.encode(payload))))
                : schedule;
    }

    void write(Path file) throws IOException {
        Fire fire = lease.fire();
        Files.write(
                file,
                List.of(
                        declarations,
                        codec,
                        ScheduleText.write(lease.schedule()),
                        fire.at().toString(),
                        fire.manual() + "",
                        fire.attempt() + " " + fire.coalesced(),
                        lease.token() + " " + lease.since() + " " + lease.until()));
    }

    static ChildRequest read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() != LINES) {
            throw new IOException("A request has " + LINES + " lines, but this has " + lines.size() + ".");
        }
        Schedule schedule = ScheduleText.read(lines.get(2), Schedule.DEFAULT);
        String[] numbers = lines.get(5).split(" ");
        String[] right = lines.get(6).split(" ");
        var fire = new Fire(
                schedule.id(),
                Instant.parse(lines.get(3)),
                Boolean.parseBoolean(lines.get(4)),
                Integer.parseInt(numbers[0]),
                Integer.parseInt(numbers[1]));
        return new ChildRequest(
                lines.get(0),
                lines.get(1),
                new Lease(fire, schedule, Long.parseLong(right[0]), Instant.parse(right[1]), Instant.parse(right[2])));
    }
}
