package io.orrery.testkit;

import io.orrery.outcome.RunEvent;
import io.orrery.outcome.RunListener;
import io.orrery.time.Durations;
import java.util.List;
import java.util.function.Predicate;

/**
 * Records the events of runs, and lets a test wait for one of them instead of sleeping. Safe for use by any thread; events
 * of several runs at once are mixed in the order in which they arrive.
 */
public final class RunRecorder implements RunListener {

    private final Recording<RunEvent> recording = new Recording<>(RunRecorder::timed);

    /** A recorder that has recorded nothing. */
    public RunRecorder() {}

    @Override
    public void on(RunEvent event) {
        recording.add(event);
    }

    /** What has been recorded so far, in order. */
    public List<RunEvent> events() {
        return recording.events();
    }

    /** The events of one type that have been recorded so far, in order. */
    public <E extends RunEvent> List<E> events(Class<E> type) {
        return recording.events(type);
    }

    /** Forgets everything recorded so far. */
    public void clear() {
        recording.clear();
    }

    /**
     * Waits for an event about the job, or nested run, at a path; one that was recorded already counts.
     *
     * @return the first such event
     * @throws AssertionError if there is none within 20 s of real time
     * @throws InterruptedException if the calling thread is interrupted
     */
    public <E extends RunEvent> E await(Class<E> type, String path) throws InterruptedException {
        return recording.await(type, event -> event.path().equals(path), " of \"" + path + "\"");
    }

    /**
     * Waits for an event that fulfils a condition; one that was recorded already counts.
     *
     * @return the first such event
     * @throws AssertionError if there is none within 20 s of real time
     * @throws InterruptedException if the calling thread is interrupted
     */
    public <E extends RunEvent> E await(Class<E> type, Predicate<? super E> condition) throws InterruptedException {
        return recording.await(type, condition, " that fulfils the condition");
    }

    /** One line an event: {@code run started}, {@code fetch started}, {@code fetch succeeded}. */
    public Trail trail() {
        return recording.trail(EventWords::of);
    }

    /** Like {@link #trail}, with the time since the start of the outermost run: {@code 100ms fetch succeeded}. */
    public Trail timedTrail() {
        return recording.trail(RunRecorder::timed);
    }

    private static String timed(RunEvent event) {
        return Durations.text(event.at()) + " " + EventWords.of(event);
    }
}
