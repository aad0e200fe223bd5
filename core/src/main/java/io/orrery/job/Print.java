package io.orrery.job;

import io.orrery.time.Durations;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body that prints messages on one line, and may then wait: for tries and demonstrations. Immutable; the stream must
 * be safe for use by several threads, as print streams are.
 */
public final class Print implements JobBody<@Nullable Void> {

    private final List<String> messages;
    private final String banner;
    private final @Nullable Duration pause;
    private final @Nullable PrintStream stream;

    private Print(List<String> messages, String banner, @Nullable Duration pause, @Nullable PrintStream stream) {
        this.messages = messages;
        this.banner = banner;
        this.pause = pause;
        this.stream = stream;
    }

    /** Prints {@code messages}, separated by spaces, to the standard output; none prints an empty line. */
    public static Print of(Object... messages) {
        return new Print(Arrays.stream(messages).map(String::valueOf).toList(), "", null, null);
    }

    /** Prints {@code banner} and a space before the messages. */
    public Print banner(String banner) {
        return new Print(messages, banner, pause, stream);
    }

    /**
     * Waits after printing.
     *
     * @throws IllegalArgumentException if {@code pause} is zero or negative
     */
    public Print pause(Duration pause) {
        return new Print(messages, banner, Rules.positive("pause", pause), stream);
    }

    /** Prints to {@code stream} instead of the standard output. */
    public Print to(PrintStream stream) {
        return new Print(messages, banner, pause, stream);
    }

    @Override
    @SuppressWarnings("SystemOut") // printing is what it is for
    public @Nullable Void run(JobContext context) throws InterruptedException {
        String line = String.join(" ", messages);
        (stream == null ? System.out : stream).println(banner.isEmpty() ? line : banner + " " + line);
        if (pause != null) {
            context.sleep(pause);
        }
        return null;
    }

    @Override
    public String describe() {
        String wait = pause == null ? "" : "[+ sleep " + Durations.text(pause) + "] ";
        String first = messages.isEmpty() ? "" : messages.getFirst();
        return wait + "msg= " + first + (messages.size() > 1 ? "..." : "");
    }
}
