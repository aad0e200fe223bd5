package io.orrery.process;

import io.orrery.time.Signal;
import io.orrery.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A process and all that descends from it, and their end. For use by one thread.
 *
 * <p>A process belongs to the tree if it carries the tree's mark, or if its parent belongs to it; once seen, it stays known,
 * so it is found again when its parent has gone. A tree may grow while it is being ended, so it is looked at again until
 * nothing of it is left.
 */
public final class ProcessTree {

    /** The variable that carries the marks. */
    public static final String MARK = "ORRERY_JOB";

    private static final Duration FIRST_LOOK = Duration.ofMillis(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);
    /** How often to look before it is believed that nothing is left, if each look is uncertain. */
    private static final int MOST_LOOKS = 4;
    /** How long a process may take to die of KILL. What takes longer hangs in the kernel, or is somebody else's. */
    private static final Duration DEATH = Duration.ofSeconds(2);

    private final String mark;
    private final Set<Long> strangers;
    private final TimeSource time = TimeSource.system();
    private final Map<Long, ProcessHandle> known = new HashMap<>();
    private boolean interrupted;

    /**
     * The tree of a process.
     *
     * @param mark what {@link #mark} has given
     * @param strangers the processes there were before it
     */
    public ProcessTree(ProcessHandle root, String mark, Set<Long> strangers) {
        this.mark = mark;
        this.strangers = strangers;
        known.put(root.pid(), root);
    }

    /**
     * Marks the environment of a process that is about to be started, and so all that it will start. Marks accumulate, so that
     * one that starts others like this takes them along.
     *
     * @return the mark
     */
    public static String mark(Map<String, String> environment) {
        String mark = UUID.randomUUID().toString();
        environment.merge(MARK, mark, (around, own) -> around + ":" + own);
        return mark;
    }

    /**
     * Ends what is left when the process itself has ended. Only processes that are newer than it are looked at, which
     * makes it cheap; the number of an older one would have had to be given again since then to deceive it.
     *
     * @return what was found, for people; empty if nothing was left
     */
    public List<String> endLeftovers(Signal exited, Duration patience) {
        List<ProcessHandle> left = living(strangers);
        List<String> names = left.stream().map(ProcessTree::name).toList();
        if (!left.isEmpty()) {
            end(exited, patience);
        }
        return names;
    }

    /**
     * Ends all of it: TERM, then KILL for what is left when {@code patience} is over, or when this thread is interrupted. The
     * interrupt is kept.
     *
     * @param exited set when the process itself ends
     * @return what could not be ended, for people; empty normally
     */
    public List<String> end(Signal exited, Duration patience) {
        long start = time.nanos();
        Set<ProcessHandle> told = new HashSet<>();
        Duration pause = FIRST_LOOK;
        List<ProcessHandle> left = living(Set.of());
        while (!left.isEmpty() && !interrupted && time.nanos() - start < patience.toNanos()) {
            for (ProcessHandle process : left) {
                if (told.add(process)) {
                    process.destroy();
                }
            }
            pause(exited, pause);
            pause = longer(pause);
            left = living(Set.of());
        }
        return kill(left);
    }

    private List<String> kill(List<ProcessHandle> first) {
        long start = time.nanos();
        Duration pause = FIRST_LOOK;
        List<ProcessHandle> left = first;
        while (!left.isEmpty() && time.nanos() - start < DEATH.toNanos()) {
            left.forEach(ProcessHandle::destroyForcibly);
            pause(time.signal(), pause);
            pause = longer(pause);
            left = living(Set.of());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return left.stream().map(ProcessTree::name).toList();
    }

    private void pause(Signal exited, Duration pause) {
        try {
            if (exited.isSet()) {
                time.sleep(pause);
            } else {
                exited.await(pause);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /** All of the tree that lives, but those whose numbers are in {@code except}. */
    private List<ProcessHandle> living(Set<Long> except) {
        known.values().removeIf(handle -> !handle.isAlive());
        List<ProcessHandle> members = List.of();
        for (int looks = 0; looks < MOST_LOOKS; looks++) {
            ProcessTable.Look look = ProcessTable.look(mark, except);
            members = members(look.entries());
            if (!members.isEmpty() || look.certain()) {
                break;
            }
            pause(time.signal(), FIRST_LOOK);
        }
        return members;
    }

    private List<ProcessHandle> members(List<ProcessTable.Entry> entries) {
        Map<Long, List<Long>> children = new HashMap<>();
        var open = new ArrayDeque<Long>();
        for (ProcessTable.Entry entry : entries) {
            children.computeIfAbsent(entry.parent(), pid -> new ArrayList<>()).add(entry.pid());
            if (entry.marked() || isKnown(entry.pid())) {
                open.add(entry.pid());
            }
        }
        var members = new ArrayList<ProcessHandle>();
        Set<Long> seen = new HashSet<>();
        while (!open.isEmpty()) {
            long pid = open.remove();
            if (seen.add(pid)) {
                handle(pid, members);
                open.addAll(children.getOrDefault(pid, List.of()));
            }
        }
        return members;
    }

    private boolean isKnown(long pid) {
        ProcessHandle handle = known.get(pid);
        return handle != null && handle.isAlive();
    }

    private void handle(long pid, List<ProcessHandle> members) {
        ProcessHandle.of(pid).ifPresent(handle -> {
            known.put(pid, handle);
            members.add(handle);
        });
    }

    private static String name(ProcessHandle process) {
        return process.pid()
                + process.info().command().map(command -> " " + command).orElse("");
    }
}
