package io.orrery.cli.command;

import io.orrery.cli.output.OutputMode;
import io.orrery.cli.progress.ProgressMode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What is shown of a run and what is kept of it, and where. */
final class OutputOptions {

    /** Reads a mode of progress. */
    static final class ProgressConverter implements ITypeConverter<ProgressMode> {
        @Override
        public ProgressMode convert(String word) {
            return Words.constant(ProgressMode.class, word);
        }
    }

    /** Reads a mode of output. */
    static final class ModeConverter implements ITypeConverter<OutputMode> {
        @Override
        public OutputMode convert(String word) {
            return OutputMode.of(word)
                    .orElseThrow(() -> new TypeConversionException(
                            "it is one of prefixed, grouped, interleaved, files:FOLDER, but here is \"" + word
                                    + "\". Choose one of them."));
        }
    }

    /** Reads a size. */
    static final class SizeConverter implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            if (text.equals("none")) {
                return Long.MAX_VALUE;
            }
            if (!text.matches("[1-9][0-9]{0,5}(KB|MB|GB)")) {
                throw new TypeConversionException(
                        "it is none, or a size such as 8MB, but here is \"" + text + "\". Write one of them.");
            }
            long number = Long.parseLong(text.substring(0, text.length() - 2));
            return switch (text.charAt(text.length() - 2)) {
                case 'K' -> number << 10;
                case 'M' -> number << 20;
                default -> number << 30;
            };
        }
    }

    @Option(
            names = "--json",
            description = "Write one JSON document about the run, and nothing else, to the standard output;"
                    + " jobs' output goes to the standard error.")
    boolean json;

    @Option(
            names = "--progress",
            paramLabel = "MODE",
            converter = ProgressConverter.class,
            description = "How to show progress, on the standard error: auto (the default), tty (a screen),"
                    + " plain (line by line), json (an event a line), none.")
    ProgressMode progress = ProgressMode.AUTO;

    @Option(
            names = "--output",
            paramLabel = "MODE",
            converter = ModeConverter.class,
            description = "How to show what jobs print: prefixed (the default: each line after the name of its job),"
                    + " interleaved (as it comes), grouped (job by job, when each has ended),"
                    + " files:FOLDER (not at all, but a file for each job).")
    OutputMode output = OutputMode.PREFIXED;

    @Option(
            names = "--log-limit",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "How big the log of a job becomes before it is begun anew, such as 8MB (the default);"
                    + " none: it is kept whole.")
    long logLimit = 8L << 20;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write what became of the jobs as JUnit XML.")
    @Nullable
    Path junit;

    @Option(names = "--strict", description = "Exit with 5 if a non-critical job failed.")
    boolean strict;

    @Option(names = "-x", description = "Exit with the exit code of the command that made the run fail.")
    boolean passExitCode;
}
