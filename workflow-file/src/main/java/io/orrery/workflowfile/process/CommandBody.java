package io.orrery.workflowfile.process;

import io.orrery.job.JobBody;
import io.orrery.job.JobContext;

/** A command as a job. Immutable. */
record CommandBody(Command command, CommandIo io, String describe) implements JobBody<CommandResult> {

    @Override
    public CommandResult run(JobContext context) throws CommandNotStarted, ExitStatus, InterruptedException {
        return CommandRun.run(command, io, context.path(), context::log);
    }
}
