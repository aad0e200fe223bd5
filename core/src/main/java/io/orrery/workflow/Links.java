package io.orrery.workflow;

import io.orrery.job.AllOf;
import io.orrery.job.Condition;
import io.orrery.job.Condition.Ending;
import io.orrery.job.Job;
import io.orrery.job.Requirement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes requirements apart. None of it recurses, since requirements and sequences may be nested deeper than a thread's
 * stack.
 */
final class Links {

    private static final int SHOWN = 10; // names in a message

    private record Asked(Requirement what, Ending ending) {}

    private Links() {}

    /**
     * Takes apart what {@code asker} requires: into jobs and sequences of {@code workflow}, each bare or in one condition.
     *
     * @throws IllegalArgumentException if anything else is in it
     */
    static List<Requirement> parts(Workflow workflow, Object asker, Collection<? extends Requirement> requirements) {
        return parts(workflow, asker, requirements, /* withNested= */ false);
    }

    /** Like {@link #parts(Workflow, Object, Collection)}, jobs of nested workflows allowed or not. */
    static List<Requirement> parts(
            Workflow workflow, Object asker, Collection<? extends Requirement> requirements, boolean withNested) {
        var parts = new ArrayList<Requirement>(requirements.size());
        for (Requirement one : requirements) {
            forEachPart(one, part -> {
                Workflow owner = owner(target(part));
                if (owner != workflow && !(withNested && owner != null && owner.isWithin(workflow))) {
                    throw foreign(workflow, asker, target(part), owner);
                }
                parts.add(part);
            });
        }
        return parts;
    }

    private static @Nullable Workflow owner(Requirement target) {
        return switch (target) {
            case DeclaredJob<?> job -> job.owner();
            case Sequence sequence -> sequence.owner();
            default ->
                throw new IllegalArgumentException("Jobs come from a workflow, but this is a "
                        + target.getClass().getName() + ". Declare it with job() or action().");
        };
    }

    private static void forEachPart(Requirement whole, Consumer<Requirement> consumer) {
        if (whole instanceof DeclaredJob<?>) {
            consumer.accept(whole);
            return;
        }
        Deque<Asked> open = new ArrayDeque<>();
        open.push(new Asked(notNull(whole), Ending.FINISHED));
        while (!open.isEmpty()) {
            Asked asked = open.pop();
            switch (asked.what) {
                case AllOf all -> all.parts().reversed().forEach(part -> open.push(new Asked(part, asked.ending)));
                case Condition condition -> {
                    Ending inner = condition.ending();
                    open.push(new Asked(condition.target(), inner == Ending.FINISHED ? asked.ending : inner));
                    if (inner != Ending.FINISHED && asked.ending != Ending.FINISHED && asked.ending != inner) {
                        open.push(new Asked(condition.target(), asked.ending)); // found as a contradiction by plan()
                    }
                }
                default ->
                    consumer.accept(
                            asked.ending == Ending.FINISHED ? asked.what : new Condition(asked.ending, asked.what));
            }
        }
    }

    private static Requirement notNull(Requirement one) {
        return Objects.requireNonNull(
                one, "A requirement must not be null. Leave it out, or use Requirement.all() for none.");
    }

    /** The job or sequence that a part is about. */
    static Requirement target(Requirement part) {
        return part instanceof Condition condition ? condition.target() : part;
    }

    private static Ending ending(Requirement part) {
        return part instanceof Condition condition ? condition.ending() : Ending.FINISHED;
    }

    /** The jobs that a part stands for now: of a sequence, its last job. */
    static void forEachJob(Requirement part, BiConsumer<DeclaredJob<?>, Ending> consumer) {
        if (part instanceof DeclaredJob<?> job) {
            consumer.accept(job, Ending.FINISHED);
            return;
        }
        Deque<Requirement> open = new ArrayDeque<>();
        Set<Asked> seen = new HashSet<>(); // sequences that require each other while they are empty
        open.push(part);
        while (!open.isEmpty()) {
            Requirement one = open.pop();
            Ending ending = ending(one);
            if (target(one) instanceof Sequence sequence) {
                if (seen.add(new Asked(sequence, ending))) {
                    sequence.ends().reversed().forEach(end -> open.push(within(ending, end)));
                }
            } else {
                consumer.accept((DeclaredJob<?>) target(one), ending);
            }
        }
    }

    /** What an empty sequence of which {@code asked} is required stands for. */
    private static Requirement within(Ending asked, Requirement end) {
        return ending(end) == Ending.FINISHED && asked != Ending.FINISHED ? new Condition(asked, target(end)) : end;
    }

    private static IllegalArgumentException foreign(
            Workflow workflow, Object asker, Requirement requirement, @Nullable Workflow foreign) {
        String owner = foreign == null ? "no workflow any more" : "\"" + foreign.name() + "\"";
        if (asker == workflow) {
            return new IllegalArgumentException("A workflow knows its own jobs only, but \"" + workflow.name()
                    + "\" was asked about " + requirement + ", which belongs to " + owner + ". Ask its own workflow.");
        }
        return new IllegalArgumentException(
                "Jobs can be linked within one workflow only, but " + asker + " belongs to \""
                        + workflow.name() + "\" and " + requirement + " to " + owner
                        + ". Require the nested workflow as a whole, or declare both jobs in one workflow.");
    }

    /** The names of jobs for a message, not more of them than a person reads. */
    static String names(Collection<? extends Job<?>> jobs) {
        if (jobs.isEmpty()) {
            return "nothing";
        }
        Iterator<? extends Job<?>> some = jobs.iterator();
        String rest = jobs.size() > SHOWN ? " and " + (jobs.size() - SHOWN) + " more" : "";
        return Stream.generate(some::next)
                .limit(Math.min(SHOWN, jobs.size()))
                .map(String::valueOf)
                .collect(Collectors.joining(", ", "", rest));
    }
}
