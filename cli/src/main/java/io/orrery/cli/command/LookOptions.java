package io.orrery.cli.command;

import io.orrery.cli.terminal.Shell;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** What output looks like. */
final class LookOptions {

    /** When there are colours. */
    enum When {
        AUTO,
        ALWAYS,
        NEVER;

        /** Reads one. */
        static final class Converter implements ITypeConverter<When> {
            @Override
            public When convert(String word) {
                return Words.constant(When.class, word);
            }
        }
    }

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            converter = When.Converter.class,
            description = "Whether there are colours: auto (the default), always, never.")
    private @Nullable When colour;

    @Option(names = "--ascii", description = "Use no signs but those of ASCII.")
    private boolean ascii;

    /** The shell, looking as is asked for. */
    Shell of(Shell shell) {
        Shell asked = ascii ? shell.with("ORRERY_ASCII", "true") : shell;
        return colour == null
                ? asked
                : switch (colour) {
                    case AUTO -> asked;
                    case ALWAYS -> asked.with("NO_COLOR", "").with("CLICOLOR_FORCE", "1");
                    case NEVER -> asked.with("NO_COLOR", "1");
                };
    }
}
