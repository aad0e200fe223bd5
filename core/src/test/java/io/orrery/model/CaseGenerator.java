package io.orrery.model;

import io.orrery.model.Case.Attempt;
import io.orrery.model.Case.Body;
import io.orrery.model.Case.Cleanup;
import io.orrery.model.Case.Ending;
import io.orrery.model.Case.Flow;
import io.orrery.model.Case.How;
import io.orrery.model.Case.Need;
import io.orrery.model.Case.Options;
import io.orrery.model.Case.Outside;
import io.orrery.model.Case.Retry;
import io.orrery.model.Case.Task;
import io.orrery.model.Case.Times;
import io.orrery.model.Case.What;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes cases of choices. Numbers are small, so that much happens at the same instant. */
public final class CaseGenerator {
    private static final int DEPTH = 3;
    private static final int FOR_EVER = 1_000_000;
    private static final List<How> ENDS = List.of(
            How.RETURN,
            How.RETURN,
            How.RETURN,
            How.RETURN,
            How.RETURN_NULL,
            How.THROW,
            How.THROW,
            How.THROW_ERROR,
            How.THROW_INTERRUPTED,
            How.THROW_CANCELLATION);
    private static final List<How> ANSWERS = List.of(
            How.THROW_INTERRUPTED,
            How.THROW_INTERRUPTED,
            How.THROW_INTERRUPTED,
            How.RETURN,
            How.RETURN_NULL,
            How.THROW,
            How.THROW_CANCELLATION);

    private final Choices choices;
    private final List<Integer> limits = new ArrayList<>();
    private int names;

    private CaseGenerator(Choices choices) {
        this.choices = choices;
    }

    /** The case that these choices stand for. */
    public static Case make(Choices choices) {
        return new CaseGenerator(choices).make();
    }

    private Case make() {
        while (limits.size() < 3 && choices.chance(50)) {
            limits.add(1 + choices.below(2));
        }
        Flow root = flow("root", 0, Set.of());
        return new Case(List.copyOf(limits), root, outside());
    }

    private List<Outside> outside() {
        var outside = new ArrayList<Outside>();
        while (outside.size() < 6 && choices.chance(30)) {
            int at = 1 + choices.below(12);
            outside.add(new Outside(at, What.PAUSE));
            outside.add(new Outside(at + 1 + choices.below(8), What.RESUME));
        }
        if (choices.chance(25)) {
            outside.add(new Outside(choices.below(14), What.CANCEL));
        }
        outside.sort(Comparator.comparingInt(Outside::at));
        return outside;
    }

    private Flow flow(String name, int depth, Set<Integer> held) {
        int window = choices.chance(40) ? 1 + choices.below(3) : 0;
        int timeout = choices.chance(20) ? 1 + choices.below(18) : 0;
        var times = new Times(timeout, 1 + choices.below(4), 1 + choices.below(5));
        var tasks = new ArrayList<Task>();
        var foreverHolding = new int[limits.size()];
        while (tasks.size() < (depth == 0 ? 12 : 5) && choices.below(8) > (depth == 0 ? 0 : 2)) {
            tasks.add(task(depth, held, foreverHolding, tasks));
        }
        return new Flow(name, mixed(tasks), times, window);
    }

    /** Requirements point backwards so far; now some jobs are declared before what they require. */
    private List<Task> mixed(List<Task> tasks) {
        var order = new ArrayList<Integer>();
        for (int i = 0; i < tasks.size(); i++) {
            order.add(choices.chance(25) ? choices.below(order.size() + 1) : order.size(), i);
        }
        var mixed = new ArrayList<Task>();
        for (int old : order) {
            Task task = tasks.get(old);
            List<Need> needs = task.needs().stream()
                    .map(need -> new Need(order.indexOf(need.task()), need.ending()))
                    .toList();
            mixed.add(new Task(task.label(), task.work(), task.options(), needs));
        }
        return mixed;
    }

    private Task task(int depth, Set<Integer> held, int[] foreverHolding, List<Task> before) {
        String label = "j" + names++;
        boolean forever = choices.chance(10);
        boolean critical = !choices.chance(45);
        int timeout = choices.chance(15) ? 1 + choices.below(6) : 0;
        List<Integer> mine = limits(held, forever, foreverHolding);
        var options = new Options(critical, forever, timeout, retry(), mine);
        var needs = new ArrayList<Need>();
        for (int i = 0; i < before.size(); i++) {
            if (choices.chance(30) && (forever || !before.get(i).options().forever())) {
                needs.add(new Need(i, choices.of(List.of(Ending.FINISHED, Ending.SUCCEEDED, Ending.FAILED))));
            }
        }
        var heldInside = new HashSet<>(held);
        heldInside.addAll(mine);
        boolean nested = depth < DEPTH && choices.chance(18);
        return new Task(
                label, nested ? flow(label, depth + 1, heldInside) : body(depth, heldInside, forever), options, needs);
    }

    private List<Integer> limits(Set<Integer> held, boolean forever, int[] foreverHolding) {
        var mine = new ArrayList<Integer>();
        for (int i = 0; i < limits.size(); i++) {
            if (choices.chance(30) && !held.contains(i)) {
                if (!forever) {
                    mine.add(i);
                } else if (foreverHolding[i] + 1 < limits.get(i)) {
                    foreverHolding[i]++;
                    mine.add(i);
                }
            }
        }
        return choices.chance(30) ? mine.reversed() : mine;
    }

    private Retry retry() {
        if (!choices.chance(20)) {
            return new Retry(0, 0, 1, 0);
        }
        return new Retry(1 + choices.below(2), choices.below(4), 1 + choices.below(2), choices.below(4));
    }

    private Body body(int depth, Set<Integer> held, boolean forever) {
        var attempts = new ArrayList<Attempt>();
        attempts.add(attempt(depth, held, forever));
        while (attempts.size() < 3 && choices.chance(20)) {
            attempts.add(attempt(depth, held, forever));
        }
        Optional<Cleanup> cleanup = choices.chance(12)
                ? Optional.of(new Cleanup(choices.below(6), choices.chance(30), lag()))
                : Optional.empty();
        return new Body(attempts, cleanup);
    }

    private Attempt attempt(int depth, Set<Integer> held, boolean forever) {
        Optional<Flow> inner =
                depth < DEPTH && choices.chance(8) ? Optional.of(madeOnTheFly(depth, held)) : Optional.empty();
        int length = forever && !choices.chance(40) ? FOR_EVER : choices.below(7);
        return new Attempt(inner, length, choices.of(ENDS), lag(), choices.of(ANSWERS));
    }

    /** A workflow made on the fly may ask for a limit that is held around it, which no plan allows. */
    private Flow madeOnTheFly(int depth, Set<Integer> held) {
        List<Integer> full = held.stream().filter(i -> limits.get(i) == 1).toList();
        if (full.isEmpty() || !choices.chance(30)) {
            return flow("w" + names++, depth + 1, held);
        }
        var options = new Options(choices.chance(50), false, 0, retry(), List.of(choices.of(full)));
        var stalled = new Task("j" + names++, body(DEPTH, held, /* forever= */ false), options, List.of());
        return new Flow("w" + names++, List.of(stalled), new Times(0, 1, 1), 0);
    }

    private int lag() {
        return choices.chance(40) ? choices.below(9) : 0;
    }
}
