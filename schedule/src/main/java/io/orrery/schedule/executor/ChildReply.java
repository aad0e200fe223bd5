package io.orrery.schedule.executor;

import io.orrery.schedule.EncodedPayload;
import io.orrery.schedule.PayloadCodec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What became of a job in a child process, as it comes back. Nothing in it decides which class is made. */
sealed interface ChildReply {

    /** How many causes of what was thrown come back. */
    int DEPTH = 20;

    /** How much of each stack trace comes back. */
    int FRAMES = 200;

    /** The values that come back as themselves; others stay encoded. */
    Map<String, Class<?>> PLAIN = Stream.of(
                    String.class,
                    Integer.class,
                    Long.class,
                    Double.class,
                    Boolean.class,
                    java.time.Duration.class,
                    java.time.Instant.class,
                    java.time.LocalDate.class,
                    java.util.UUID.class)
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

    /**
     * It has returned.
     *
     * @param codec the id of the codec of the value, or the name of a plain type; empty for null
     * @param text the value
     */
    record Value(String codec, String text) implements ChildReply {

        /** @throws IllegalArgumentException if the codec cannot write it */
        static Value of(@Nullable Object value, PayloadCodec codec) {
            if (value == null) {
                return new Value("", "");
            }
            String plain = value.getClass().getSimpleName();
            return PLAIN.get(plain) == value.getClass()
                    ? new Value(plain, PayloadCodec.plain().encode(value))
                    : new Value(codec.id(), codec.encode(value));
        }

        /** A plain value, an encoded one, or null. */
        @Nullable
        Object value() {
            Class<?> plain = PLAIN.get(codec);
            return plain != null
                    ? PayloadCodec.plain().decode(text, plain)
                    : codec.isEmpty() ? null : new EncodedPayload(codec, text);
        }
    }

    /**
     * It has thrown.
     *
     * @param type the name of its class
     * @param message its message, which need not be any
     * @param cause what it was caused by; null for nothing
     */
    record Thrown(
            String type,
            String message,
            List<StackTraceElement> frames,
            @Nullable Thrown cause) implements ChildReply {

        static Thrown of(Throwable thrown) {
            return of(thrown, 1);
        }

        private static Thrown of(Throwable thrown, int depth) {
            Throwable cause = thrown.getCause();
            return new Thrown(
                    thrown.getClass().getName(),
                    String.valueOf(thrown.getMessage()),
                    Stream.of(thrown.getStackTrace()).limit(FRAMES).toList(),
                    cause == null || depth == DEPTH ? null : of(cause, depth + 1));
        }

        ProcessJobException exception() {
            var exception =
                    new ProcessJobException(type, type + ": " + message, cause == null ? null : cause.exception());
            exception.setStackTrace(frames.toArray(StackTraceElement[]::new));
            return exception;
        }
    }

    /** Writes it. */
    default void write(DataOutputStream out) throws IOException {
        switch (this) {
            case Value(String codec, String text) -> {
                out.writeInt(0);
                text(out, codec);
                text(out, text);
            }
            case Thrown thrown -> {
                int depth = 0;
                for (Thrown one = thrown; one != null; one = one.cause) {
                    depth++;
                }
                out.writeInt(depth);
                for (Thrown one = thrown; one != null; one = one.cause) {
                    text(out, one.type);
                    text(out, one.message);
                    out.writeInt(one.frames.size());
                    for (StackTraceElement frame : one.frames) {
                        text(out, frame.getClassName());
                        text(out, frame.getMethodName());
                        text(out, String.valueOf(frame.getFileName()));
                        out.writeInt(frame.getLineNumber());
                    }
                }
            }
        }
        out.writeBoolean(true); // the end: what has none was cut off
    }

    /** Reads it. */
    static ChildReply read(DataInputStream in) throws IOException {
        int depth = in.readInt();
        ChildReply reply = depth == 0 ? new Value(text(in), text(in)) : thrown(in, depth);
        in.readBoolean();
        return reply;
    }

    private static Thrown thrown(DataInputStream in, int depth) throws IOException {
        String type = text(in);
        String message = text(in);
        int count = in.readInt();
        var frames = new ArrayList<StackTraceElement>();
        for (int i = 0; i < count; i++) {
            frames.add(new StackTraceElement(text(in), text(in), text(in), in.readInt()));
        }
        return new Thrown(type, message, frames, depth == 1 ? null : thrown(in, depth - 1));
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
