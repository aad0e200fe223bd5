import org.jspecify.annotations.NullMarked;

/** The {@code orrery} command. A program, not a library: it exports nothing. */
@NullMarked
module io.orrery.cli {
    requires static org.jspecify;
    requires io.orrery;
    requires io.orrery.report;
    requires io.orrery.schedule;
    requires io.orrery.workflowfile;
    requires com.google.gson;
    requires info.picocli;
    requires java.xml;
    requires org.jline;

    // picocli fills in options by reflection
    opens io.orrery.cli.command to
            info.picocli;
}
