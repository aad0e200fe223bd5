package io.orrery.workflowfile.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a job in Java prints to the standard streams of its process, on its way to where the output of commands goes: line by
 * line, and without secrets. It works in a program that has replaced these streams by those of {@link #divert}. Safe for use by
 * any thread.
 *
 * <p>A job prints in its own thread and in those that are started from there. What others print while jobs in Java run, as the
 * threads of a common pool do, counts as that of the one that began last.
 */
public final class JavaOutput implements AutoCloseable {

    private static final InheritableThreadLocal<@Nullable JavaOutput> CURRENT = new InheritableThreadLocal<>();
    private static final Deque<JavaOutput> ACTIVE = new ConcurrentLinkedDeque<>();

    private final String job;
    private final Printed stdout;
    private final Printed stderr;
    private volatile OutputSink sink;

    private JavaOutput(String job, OutputSink sink, Masker masker) {
        this.job = job;
        this.sink = sink;
        this.stdout = new Printed(OutputLine.Stream.STDOUT, masker);
        this.stderr = new Printed(OutputLine.Stream.STDERR, masker);
    }

    /** From now on what this thread prints is that of a job, until this is closed. */
    public static JavaOutput of(String job, OutputSink sink, Masker masker) {
        var output = new JavaOutput(job, sink, masker);
        CURRENT.set(output);
        ACTIVE.add(output);
        return output;
    }

    /** A stream for what jobs in Java print, and for what others print while there is no such job. */
    public static PrintStream divert(PrintStream others, OutputLine.Stream stream) {
        var diverted = new OutputStream() {
            private OutputStream target() {
                JavaOutput current = CURRENT.get();
                JavaOutput output = current == null ? ACTIVE.peekLast() : current;
                return output == null ? others : output.printed(stream);
            }

            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int start, int length) throws IOException {
                target().write(bytes, start, length);
            }

            @Override
            public void flush() throws IOException {
                target().flush();
            }
        };
        return new PrintStream(diverted, /* autoFlush= */ true, StandardCharsets.UTF_8);
    }

    private Printed printed(OutputLine.Stream stream) {
        return switch (stream) {
            case STDOUT -> stdout;
            case STDERR -> stderr;
        };
    }

    @Override
    public void close() {
        CURRENT.remove();
        ACTIVE.remove(this);
        stdout.end();
        stderr.end();
    }

    /** What is printed to one of the streams. */
    private final class Printed extends OutputStream {
        private final OutputLine.Stream stream;
        private final LineSplitter splitter; // guarded by this
        private final Masker.Stream masked; // guarded by this

        Printed(OutputLine.Stream stream, Masker masker) {
            this.stream = stream;
            this.splitter = new LineSplitter(OutputLine.MAX_BYTES, this::take);
            this.masked = masker.stream(splitter::feed);
        }

        private void take(byte[] bytes, int[] starts, boolean ended) {
            show(to -> to.acceptAll(new OutputLines(job, stream, bytes, starts, ended)));
        }

        /** A sink that fails is left alone: the job has done nothing wrong. */
        private void show(Consumer<OutputSink> what) {
            try {
                what.accept(sink);
            } catch (RuntimeException e) {
                sink = OutputSink.NOWHERE;
            }
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int start, int length) {
            masked.feed(Arrays.copyOfRange(bytes, start, start + length), length);
        }

        @Override
        public void flush() {
            show(to -> to.pause(job));
        }

        synchronized void end() {
            masked.finish();
            splitter.finish();
            flush();
        }
    }
}
