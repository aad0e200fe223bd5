package io.orrery.workflowfile.process;

import io.orrery.process.ProcessTable;
import io.orrery.process.ProcessTree;
import io.orrery.time.Signal;
import io.orrery.time.TimeSource;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Runs a command, hands on its output, and ends it with its whole process tree. */
public final class CommandRun {

    private CommandRun() {}

    /**
     * Runs a command to its end.
     *
     * @param log told what there is to say about it besides its output
     * @throws ExitStatus if it ends with another exit code than 0
     * @throws CommandNotStarted if it can't be started
     * @throws InterruptedException when the thread is interrupted; the command has been ended then
     */
    public static CommandResult run(Command command, CommandIo io, String job, Consumer<String> log)
            throws CommandNotStarted, ExitStatus, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("told to stop before the command was started");
        }
        var launcher = new Launcher(command);
        Set<Long> strangers = ProcessTable.pids();
        Process process = launcher.start(log);
        var tree = new ProcessTree(process.toHandle(), launcher.mark(), strangers);
        var stdout = new OutputPump(process.getInputStream(), OutputLine.Stream.STDOUT, io, job, log);
        var stderr = new OutputPump(process.getErrorStream(), OutputLine.Stream.STDERR, io, job, log);
        Signal exited = TimeSource.system().signal();
        var stdin = new InputPump(process.getOutputStream(), command.stdin());
        boolean ended = false;
        try {
            var _ = process.onExit().thenRun(exited::set);
            stdout.start();
            stderr.start();
            stdin.start(job);
            exited.await();
            tell(log, "Ended what the command left behind", tree.endLeftovers(exited, command.patience()));
            ended = true;
            stdout.await();
            stderr.await();
            return result(process.exitValue(), stdout.tail(), stderr.tail());
        } finally {
            if (!ended) {
                tell(log, Commands.UNENDED, tree.end(exited, command.patience()));
                awaitRest(stdout, stderr);
            }
        }
    }

    /** What a command says when it is told to stop is worth hearing. */
    private static void awaitRest(OutputPump stdout, OutputPump stderr) {
        try {
            stdout.await();
            stderr.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static CommandResult result(int exitCode, List<String> stdout, List<String> stderr) throws ExitStatus {
        var result = new CommandResult(exitCode, stdout, stderr, Outputs.NONE);
        if (exitCode != 0) {
            throw new ExitStatus(result);
        }
        return result;
    }

    private static void tell(Consumer<String> log, String what, List<String> processes) {
        if (!processes.isEmpty()) {
            log.accept(what + ": " + String.join(", ", processes));
        }
    }
}
