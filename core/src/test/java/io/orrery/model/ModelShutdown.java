package io.orrery.model;

import io.orrery.model.Case.Body;
import io.orrery.model.Case.Cleanup;
import io.orrery.model.Case.Flow;
import io.orrery.model.Case.Task;
import java.util.ArrayList;
import java.util.List;

/** The end of a run: all its bodies clean up at once, also those that never started, within one deadline. */
final class ModelShutdown {
    private final ModelRun run;
    private final Flow flow;
    private final List<Hook> open = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> stragglers = new ArrayList<>();
    private World.Due deadline;
    private boolean over;

    ModelShutdown(ModelRun run, Flow flow) {
        this.run = run;
        this.flow = flow;
    }

    List<String> problems() {
        return problems;
    }

    List<String> stragglers() {
        return stragglers;
    }

    void begin(List<ModelJob> jobs) {
        for (ModelJob job : jobs) {
            if (job.task.work() instanceof Flow nested && job.attempts == 0) {
                collect(nested, job.path);
            } else {
                collect(job.task, job.path);
            }
        }
        if (open.isEmpty()) {
            finish();
            return;
        }
        deadline = run.deadline(flow.times().shutdownTimeout(), this::timeUp);
        List.copyOf(open).forEach(Hook::begin);
    }

    private void collect(Flow nested, String path) {
        for (Task task : nested.tasks()) {
            String taskPath = path + "/" + task.label();
            if (task.work() instanceof Flow inner) {
                collect(inner, taskPath);
            } else {
                collect(task, taskPath);
            }
        }
    }

    private void collect(Task task, String path) {
        if (task.work() instanceof Body body) {
            body.cleanup().ifPresent(cleanup -> open.add(new Hook(path, cleanup)));
        }
    }

    private void timeUp() {
        if (!over) {
            List.copyOf(open).forEach(Hook::interrupt);
            deadline = run.deadline(flow.times().grace(), this::giveUp);
        }
    }

    private void giveUp() {
        if (!over) {
            open.forEach(hook -> stragglers.add("shutdown of " + hook.path));
            finish();
        }
    }

    private void finish() {
        over = true;
        if (deadline != null) {
            deadline.callOff();
        }
        run.shutdownEnded();
    }

    private final class Hook {
        private final String path;
        private final Cleanup cleanup;
        private final long beganAt = run.world.now();
        private World.Due sleep;
        private boolean interrupted;

        Hook(String path, Cleanup cleanup) {
            this.path = path;
            this.cleanup = cleanup;
        }

        void begin() {
            sleep(cleanup.length());
        }

        private void sleep(int length) {
            if (length == 0) {
                ended();
            } else {
                sleep = run.world.in(length, this::ended);
            }
        }

        void interrupt() {
            interrupted = true;
            problems.add(path + " too long");
            sleep.callOff();
            sleep(cleanup.lag());
        }

        private void ended() {
            run.world.trail.executed("shutdown of " + path, beganAt, run.world.now());
            run.cleanedUp(() -> {
                if (open.remove(this)) {
                    if (cleanup.fails() && !interrupted) {
                        problems.add(path + " failed");
                    }
                    if (open.isEmpty()) {
                        finish();
                    }
                }
            });
        }
    }
}
