package io.orrery.workflowfile.process;

import io.orrery.time.Signal;
import io.orrery.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one output stream of a command to its end, in a thread of its own, and hands its lines to the sink and the tail. That
 * is a platform thread: a read from a pipe would hold the carrier of a virtual one, of which there is a limited number.
 *
 * <p>It holds the lock of the stream all the time: at the exit of a process, the JDK reads all that is left in its pipe into
 * memory, however much it is, and does that under this lock, so not before the end of the stream.
 */
final class OutputPump {

    private static final int SMALLEST_BUFFER = 8 * 1024;
    /** What a pipe holds, usually. */
    private static final int BIGGEST_BUFFER = 64 * 1024;
    /** When nothing more has come for that long although the command and its tree are dead, a stranger holds the pipe. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final InputStream in;
    private final OutputLine.Stream stream;
    private final String job;
    private final Consumer<String> log;
    private final Masker masker;
    private final @Nullable Capture capture;
    private final Tail tail = new Tail();
    private final TimeSource time = TimeSource.system();
    private final Signal done = time.signal();
    private volatile OutputSink sink; // replaced by its own thread when it fails, by the job's thread when it gives up
    private final AtomicLong reads = new AtomicLong();
    private volatile boolean reading; // written by its own thread
    private boolean started; // used by the job's thread

    OutputPump(InputStream in, OutputLine.Stream stream, CommandIo io, String job, Consumer<String> log) {
        this.in = in;
        this.stream = stream;
        this.job = job;
        this.log = log;
        this.masker = io.masker();
        this.capture = io.capture(stream);
        this.sink = io.sink();
    }

    void start() {
        String name = "orrery-" + (stream == OutputLine.Stream.STDOUT ? "stdout " : "stderr ") + job;
        time.start(Thread.ofPlatform().daemon().name(name), this::pump);
        started = true; // not if there was no memory for a thread
    }

    private void pump() {
        var splitter = new LineSplitter(OutputLine.MAX_BYTES, this::take);
        Masker.Stream masked = masker.isEmpty() ? null : masker.stream(splitter::feed);
        byte[] buffer = new byte[SMALLEST_BUFFER];
        synchronized (in) {
            try (in) {
                for (int count = read(buffer); count >= 0; count = read(buffer)) {
                    if (capture != null) {
                        capture.add(buffer, count);
                    }
                    if (masked == null) {
                        splitter.feed(buffer, 0, count);
                    } else {
                        masked.feed(buffer, count);
                    }
                    if (in.available() == 0) {
                        pause();
                    } else if (count == buffer.length && count < BIGGEST_BUFFER) {
                        buffer = new byte[2 * count];
                    }
                }
            } catch (IOException e) {
                log.accept("The output of the command can't be read any more: " + e.getMessage());
            } finally {
                if (masked != null) {
                    masked.finish();
                }
                splitter.finish();
                pause();
                done.set();
            }
        }
    }

    private int read(byte[] buffer) throws IOException {
        reading = true;
        int count = in.read(buffer);
        reading = false;
        reads.incrementAndGet();
        return count;
    }

    private void take(byte[] bytes, int[] starts, boolean ended) {
        var lines = new OutputLines(job, stream, bytes, starts, ended);
        tail.add(lines);
        try {
            sink.acceptAll(lines);
        } catch (RuntimeException e) {
            sink = OutputSink.NOWHERE;
            log.accept("Output is not shown any more, since showing it failed: " + e);
        }
    }

    private void pause() {
        try {
            sink.pause(job);
        } catch (RuntimeException e) {
            sink = OutputSink.NOWHERE;
            log.accept("Output is not shown any more, since showing it failed: " + e);
        }
    }

    /**
     * Waits until all output has been handed over, or until nothing has come for a while: a process that is not of the
     * command's tree may hold the pipe. Returns at once if it was never started.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    void await() throws InterruptedException {
        long before = -1;
        while (started && !done.await(SILENCE)) {
            long now = reads.get();
            if (reading && now == before) {
                sink = OutputSink.NOWHERE;
                log.accept("Somebody outside the command's process tree still holds its output; not waiting for more.");
                return;
            }
            before = now;
        }
    }

    List<String> tail() {
        return tail.lines();
    }
}
