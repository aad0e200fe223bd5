package io.orrery.process;

import java.util.Map;

/** The names of the signals that end processes, as Linux numbers them; the common ones have these numbers everywhere. */
public final class Signals {

    private static final int BASE = 128;
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(1, "HUP"),
            Map.entry(2, "INT"),
            Map.entry(3, "QUIT"),
            Map.entry(4, "ILL"),
            Map.entry(5, "TRAP"),
            Map.entry(6, "ABRT"),
            Map.entry(7, "BUS"),
            Map.entry(8, "FPE"),
            Map.entry(9, "KILL"),
            Map.entry(10, "USR1"),
            Map.entry(11, "SEGV"),
            Map.entry(12, "USR2"),
            Map.entry(13, "PIPE"),
            Map.entry(14, "ALRM"),
            Map.entry(15, "TERM"),
            Map.entry(24, "XCPU"),
            Map.entry(25, "XFSZ"),
            Map.entry(31, "SYS"));

    private Signals() {}

    /** {@code exit 3}, or {@code killed by TERM (143)} for the codes by which shells report a death by signal. */
    public static String describe(int exitCode) {
        String name = NAMES.get(exitCode - BASE);
        return name == null ? "exit " + exitCode : "killed by " + name + " (" + exitCode + ")";
    }
}
