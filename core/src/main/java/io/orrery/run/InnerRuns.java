package io.orrery.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The runs that one body makes on the fly. Safe for use by any thread. */
final class InnerRuns {

    private final Attempt around;
    private final Set<GraphRun> going = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> names = new HashMap<>(); // how many have been made of each; guarded by itself

    InnerRuns(Attempt around) {
        this.around = around;
    }

    /** Those that have not ended. */
    Set<GraphRun> going() {
        return going;
    }

    /** A name for a run, unlike those of the others. */
    String nameFor(String workflow) {
        String segment = workflow.replace('/', ':');
        int count;
        synchronized (names) {
            count = names.merge(segment, 1, Integer::sum);
        }
        return count == 1 ? segment : segment + "#" + count;
    }

    /** Begins a run, unless the body has returned or was stopped. */
    boolean begin(GraphRun one) {
        synchronized (this) {
            if (around.isOver()) {
                return false;
            }
            going.add(one); // from now on it is stopped with the body, be it before it begins
        }
        one.begin();
        return true;
    }

    void ended(GraphRun one) {
        going.remove(one);
    }

    /** Ends those that threads of the body's own have begun and that are still going. */
    void end() {
        List<GraphRun> left = left();
        left.forEach(one -> one.cancel("its job has ended"));
        left.forEach(RunHandle::awaitEnd);
    }

    private synchronized List<GraphRun> left() {
        return List.copyOf(going);
    }
}
