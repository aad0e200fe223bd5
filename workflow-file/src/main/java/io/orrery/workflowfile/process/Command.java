package io.orrery.workflowfile.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What to run, where, and how patiently. Immutable.
 *
 * @param what what to run
 * @param env variables added to the environment of this process
 * @param workdir the folder
 * @param stdin what it reads from its standard input
 * @param user the user that it runs as; empty for the current one
 * @param grace how long the engine waits for a job that it has told to stop
 */
public record Command(What what, Map<String, String> env, Path workdir, String stdin, String user, Duration grace) {

    private static final Duration LONGEST_RESERVE = Duration.ofSeconds(1);

    /** What to run. */
    public sealed interface What {}

    /** A text for a shell; {@code shell} is empty for the default one. */
    public record ShellText(String text, List<String> shell) implements What {}

    /** A program and its arguments. */
    public record Program(List<String> words) implements What {}

    /** How long the command may take between TERM and KILL, so that it is all over when the engine's patience ends. */
    Duration patience() {
        Duration reserve = grace.dividedBy(4);
        return grace.minus(reserve.compareTo(LONGEST_RESERVE) < 0 ? reserve : LONGEST_RESERVE);
    }
}
