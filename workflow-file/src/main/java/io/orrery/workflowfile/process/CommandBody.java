package io.orrery.workflowfile.process;

import io.orrery.job.JobBody;
import io.orrery.job.JobContext;
import io.orrery.time.Signal;
import io.orrery.time.TimeSource;
import java.util.List;
import java.util.Set;

/** Runs a command, hands on its output, and ends it with its whole process tree. Immutable. */
final class CommandBody implements JobBody<CommandResult> {

    private final Command command;
    private final OutputSink sink;

    CommandBody(Command command, OutputSink sink) {
        this.command = command;
        this.sink = sink;
    }

    @Override
    public CommandResult run(JobContext context) throws CommandNotStarted, ExitStatus, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("told to stop before the command was started");
        }
        var launcher = new Launcher(command);
        Set<Long> strangers = ProcessTable.pids();
        Process process = launcher.start(context::log);
        var tree = new ProcessTree(process.toHandle(), launcher.mark(), strangers);
        var stdout = new OutputPump(process.getInputStream(), OutputLine.Stream.STDOUT, context, sink);
        var stderr = new OutputPump(process.getErrorStream(), OutputLine.Stream.STDERR, context, sink);
        Signal exited = TimeSource.system().signal();
        boolean ended = false;
        try {
            var _ = process.onExit().thenRun(exited::set);
            stdout.start();
            stderr.start();
            exited.await();
            tell(context, "Ended what the command left behind", tree.endLeftovers(exited, command.patience()));
            ended = true;
            stdout.await();
            stderr.await();
            return result(process.exitValue(), stdout.tail(), stderr.tail());
        } finally {
            if (!ended) {
                tell(context, Commands.UNENDED, tree.end(exited, command.patience()));
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
        var result = new CommandResult(exitCode, stdout, stderr);
        if (exitCode != 0) {
            throw new ExitStatus(result);
        }
        return result;
    }

    private static void tell(JobContext context, String what, List<String> processes) {
        if (!processes.isEmpty()) {
            context.log(what + ": " + String.join(", ", processes));
        }
    }

    @Override
    public String describe() {
        return command.describe();
    }
}
