package io.orrery.model;

import io.orrery.model.Case.Attempt;
import io.orrery.model.Case.Body;
import io.orrery.model.Case.Flow;
import io.orrery.model.Case.How;
import java.util.Optional;

/** One attempt of one job: a body that sleeps and ends, or a run of its own. */
final class ModelAttempt {
    final ModelJob job;
    private final int number;
    private final World world;
    private final long beganAt;

    private ModelRun inner; // the nested run, or the one that the body waits for
    private World.Due sleep;
    private boolean interrupted;
    private How how; // set when the body has ended
    private boolean ended;

    /** How it is to be told that it was stopped; null if it was not, or had ended before. */
    private Outcome stopped;
    /** Given up: what comes later does not count. */
    boolean abandoned;

    World.Due timeout;

    ModelAttempt(ModelJob job, int number) {
        this.job = job;
        this.number = number;
        this.world = job.run.world;
        this.beganAt = world.now();
    }

    private Attempt script() {
        return ((Body) job.task.work()).attempt(number);
    }

    void begin() {
        if (job.task.work() instanceof Flow nested) {
            inner = job.run.inside(job, nested, job.path, this);
        } else if (script().inner().isPresent()) {
            Flow made = script().inner().get();
            inner = job.run.inside(job, made, job.path + "/" + made.name(), this);
        } else {
            sleep(script().length(), script().end());
        }
    }

    private void sleep(int length, How end) {
        if (length == 0) {
            bodyEnded(end);
        } else {
            sleep = world.in(length, () -> bodyEnded(end));
        }
    }

    private void bodyEnded(How end) {
        how = end;
        world.trail.executed(name(), beganAt, world.now());
        ended();
    }

    private void ended() {
        ended = true;
        job.run.completed(this);
    }

    private String name() {
        return job.path + "#" + number;
    }

    private boolean isNested() {
        return job.task.work() instanceof Flow;
    }

    /** The run inside it, while there is one. */
    Optional<ModelRun> inner() {
        return Optional.ofNullable(inner);
    }

    /** The run inside has ended. */
    void innerEnded() {
        if (isNested()) {
            ended();
            return;
        }
        inner = null;
        if (interrupted) {
            sleep(script().lag(), script().answer());
        } else {
            sleep(script().length(), script().end());
        }
    }

    boolean isStopped() {
        return stopped != null;
    }

    /** Tells it to stop, unless it has ended; returns whether it had not, nor had been told before. */
    boolean stop(Outcome ending) {
        if (ended || isStopped()) {
            return false;
        }
        stopped = ending;
        if (isNested()) {
            inner.cancel(ending instanceof Outcome.Cancelled cancelled ? cancelled.because() : "timed out");
        } else if (inner != null) {
            interrupted = true;
            inner.cancel("its job was stopped");
        } else {
            sleep.callOff();
            sleep(script().lag(), script().answer());
        }
        return true;
    }

    /** Whether it can be given up now: a run inside it ends by itself and is always waited for. */
    boolean mayBeAbandoned() {
        return inner == null;
    }

    Outcome stragglerOutcome() {
        return stopped("straggler");
    }

    Outcome outcome() {
        if (isStopped()) {
            return stopped(isNested() ? inner.lateFailure() : late());
        }
        return isNested() ? inner.asOutcome() : genuine();
    }

    private Outcome stopped(String late) {
        return switch (stopped) {
            case Outcome.TimedOut timedOut -> new Outcome.TimedOut(timedOut.timeout(), late);
            case Outcome.Cancelled cancelled -> new Outcome.Cancelled(cancelled.because(), "", late);
            default -> throw new IllegalStateException("an attempt is not stopped by " + stopped);
        };
    }

    private Outcome genuine() {
        return switch (how) {
            case RETURN -> new Outcome.Succeeded("value " + name());
            case RETURN_NULL -> new Outcome.Succeeded("");
            case THROW, THROW_ERROR, THROW_INTERRUPTED, THROW_CANCELLATION -> new Outcome.Failed("failure " + name());
        };
    }

    private String late() {
        return switch (how) {
            case RETURN -> "value " + name();
            case THROW, THROW_ERROR -> "failure " + name();
            case RETURN_NULL, THROW_INTERRUPTED, THROW_CANCELLATION -> "";
        };
    }

    boolean retries() {
        return outcome().isFailure() && number <= job.task.options().retry().retries();
    }

    boolean isCriticalFailure() {
        return job.isCritical() && outcome().isFailure() && !retries();
    }

    long retryDelay() {
        var retry = job.task.options().retry();
        long delay = retry.delay();
        for (int i = 1; i < number; i++) {
            delay *= retry.factor();
        }
        return retry.cap() == 0 ? delay : Math.min(delay, retry.cap());
    }
}
