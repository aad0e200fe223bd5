package io.orrery.run;

import io.orrery.job.JobBody;
import io.orrery.job.JobContext;
import io.orrery.outcome.RunEvent;
import io.orrery.outcome.ShutdownProblem;
import io.orrery.plan.Plan;
import io.orrery.time.Alarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The last phase of a run: the shutdown of all its jobs at once, each in a thread of its own, within one deadline. Jobs of
 * a nested plan that was run have had theirs; those of one that was not are shut down here. Used by the run's coordinator
 * only.
 */
final class Shutdown {

    private final GraphRun run;
    private final Set<Hook> open = new LinkedHashSet<>();
    private final List<ShutdownProblem> problems = new ArrayList<>();
    private final List<String> stragglers = new ArrayList<>();
    private @Nullable Alarm deadline;
    private boolean over;

    Shutdown(GraphRun run) {
        this.run = run;
    }

    void begin() {
        collect(run.plan(), run.path());
        if (open.isEmpty()) {
            finish();
            return;
        }
        deadline = alarm(run.plan().settings().shutdownTimeout(), this::timeUp);
        List.copyOf(open).forEach(Hook::begin);
    }

    private void collect(Plan<?> plan, String around) {
        plan.shutdownNumbers().forEach(job -> {
            String path = around.isEmpty() ? plan.id(job) : around + "/" + plan.id(job);
            if (plan.work(job) instanceof JobBody<?> body) {
                open.add(new Hook(plan, job, path, body));
            } else if (plan != run.plan() || run.table.attempts(job) == 0) {
                collect((Plan<?>) plan.work(job), path);
            }
        });
    }

    private Alarm alarm(Duration delay, Runnable action) {
        return run.tree.time.alarm(delay, () -> run.post(Mail.of(Mail.Rank.DEADLINE, 0, action)));
    }

    private void ended(Hook hook) {
        if (!open.remove(hook)) {
            return;
        }
        run.tree.noteIfFatal(hook.failure, hook.path);
        if (hook.failure != null && !hook.interrupted) {
            report(new ShutdownProblem(hook.path, hook.failure));
        }
        if (open.isEmpty()) {
            finish();
        }
    }

    private void timeUp() {
        if (over) {
            return;
        }
        for (Hook hook : open) {
            report(new ShutdownProblem(hook.path, null));
            hook.interrupt();
        }
        deadline = alarm(run.plan().settings().cancelGrace(), this::graceOver);
    }

    private void graceOver() {
        if (over) {
            return;
        }
        open.forEach(hook -> stragglers.add("shutdown of " + hook.path));
        open.clear();
        finish();
    }

    private void report(ShutdownProblem problem) {
        problems.add(problem);
        run.tree.publish(at -> new RunEvent.ShutdownFailed(run.tree.runId, problem.path(), at, problem));
    }

    private void finish() {
        over = true;
        if (deadline != null) {
            deadline.cancel();
        }
        run.finish();
    }

    List<ShutdownProblem> problems() {
        return problems;
    }

    List<String> stragglers() {
        return stragglers;
    }

    /** The shutdown of one job. */
    private final class Hook extends Mail implements Runnable {
        private final Plan<?> plan;
        private final int number;
        private final String path;
        private final JobBody<?> body;
        private @Nullable Thread thread;
        private volatile boolean interrupted;
        private @Nullable Throwable failure; // written before it becomes mail, read by the coordinator

        Hook(Plan<?> plan, int number, String path, JobBody<?> body) {
            this.plan = plan;
            this.number = number;
            this.path = path;
            this.body = body;
        }

        void begin() {
            try {
                thread = run.tree.start(run.tree.name + "/" + path + "!shutdown", this);
            } catch (Throwable e) { // out of memory for a thread
                failure = e;
                run.post(this);
            }
        }

        void interrupt() {
            interrupted = true;
            if (thread != null) {
                run.tree.time.interrupt(thread);
            }
        }

        @Override
        public void run() {
            run.tree.enter();
            try {
                int attempts = plan == run.plan() ? run.table.attempts(number) : 0;
                JobContext context = new ShutdownContext(run, plan.job(number), path, attempts);
                body.shutdown(context);
            } catch (Throwable e) {
                failure = e;
            }
            Thread.interrupted(); // what comes after is not the body's
            run.post(this);
        }

        @Override
        Rank rank() {
            return Rank.COMPLETION;
        }

        @Override
        int job() {
            return number;
        }

        @Override
        void deliver() {
            ended(this);
        }
    }
}
