package io.orrery.workflowfile.process;

import io.orrery.job.BodyCatalog;
import io.orrery.process.ProcessTree;

/**
 * Local commands as bodies by name: {@code run} is a text for a shell, {@code exec} a program and its arguments. Their
 * arguments are data, named by the constants here:
 *
 * <table>
 * <caption>Arguments</caption>
 * <tr><td>{@code command}</td><td>the text, for {@code run}</td></tr>
 * <tr><td>{@code argv}</td><td>the program and its arguments, for {@code exec}</td></tr>
 * <tr><td>{@code shell}</td><td>the words before the text; unless given, {@code bash -euo pipefail -c} where there is a bash,
 *     else {@code sh -eu -c}</td></tr>
 * <tr><td>{@code env}</td><td>variables added to the environment of this process; none unless given</td></tr>
 * <tr><td>{@code workdir}</td><td>the folder; that of this process unless given</td></tr>
 * <tr><td>{@code stdin}</td><td>what it reads from its standard input; nothing unless given</td></tr>
 * <tr><td>{@code user}</td><td>the user that it runs as, by {@code sudo} or {@code runuser}; the current one unless given</td></tr>
 * <tr><td>{@code grace}</td><td>how long the engine waits for a job that it has told to stop; 10 s unless given. The command has
 *     most of it between TERM and KILL.</td></tr>
 * <tr><td>{@code description}</td><td>what it is for</td></tr>
 * </table>
 *
 * <p>A command ends with its whole process tree, whatever ends it: its own exit, a cancellation or a timeout. What is left of
 * the tree then gets TERM, and KILL when the grace period is over. So a process that a command leaves in the background does
 * not outlive it. On Linux that holds for all descendants, also those that have detached themselves, as long as they keep the
 * variable {@value #MARK} in their environment; elsewhere for those that are still children of children.
 *
 * <p>An exit code other than 0 is an {@link ExitStatus}.
 */
public final class Commands {

    /** The name of the body that gives a text to a shell. */
    public static final String RUN = "run";
    /** The name of the body that runs a program. */
    public static final String EXEC = "exec";
    /** Argument: the text for the shell. */
    public static final String TEXT = "command";
    /** Argument: the program and its arguments. */
    public static final String WORDS = "argv";
    /** Argument: the words of the shell. */
    public static final String SHELL = "shell";
    /** Argument: variables. */
    public static final String ENV = "env";
    /** Argument: the folder. */
    public static final String WORKDIR = "workdir";
    /** Argument: what the command reads. */
    public static final String STDIN = "stdin";
    /** Argument: the user. */
    public static final String USER = "user";
    /** Argument: the grace period of the engine, as text. */
    public static final String GRACE = "grace";
    /** Argument: what the command is for. */
    public static final String DESCRIPTION = "description";
    /** The environment variable by which the processes of a command are recognised. */
    public static final String MARK = ProcessTree.MARK;

    /** How a line in the log of a job begins that names processes which could not be ended. */
    public static final String UNENDED = "Could not end";

    private Commands() {}

    /**
     * Adds both bodies to a catalog.
     *
     * @param sink where the output of all commands goes
     * @return the catalog
     * @throws IllegalArgumentException if one of the names is taken
     */
    public static BodyCatalog addTo(BodyCatalog catalog, OutputSink sink) {
        return catalog.add(RUN, arguments -> CommandData.shell(arguments, sink))
                .add(EXEC, arguments -> CommandData.program(arguments, sink));
    }
}
