import org.jspecify.annotations.NullMarked;

/** Workflows from YAML files, with every mistake shown at its line and column, and jobs that are local commands. */
@NullMarked
@SuppressWarnings("module") // the command is compiled later
module io.orrery.workflowfile {
    requires static org.jspecify;
    requires transitive io.orrery;
    requires com.google.gson;
    requires java.net.http;
    requires io.orrery.schedule;
    requires org.snakeyaml.engine;

    // 1 load a file, see its problems, make a workflow of it
    exports io.orrery.workflowfile;
    // 2 what jobs are: local commands and how they end, where their output goes, jobs in Java
    exports io.orrery.workflowfile.process;
    // not for others: the command guesses what was meant as files do
    exports io.orrery.workflowfile.spelling to
            io.orrery.cli;
}
