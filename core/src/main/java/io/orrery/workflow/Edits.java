package io.orrery.workflow;

import io.orrery.job.Job;
import io.orrery.job.Requirement;
import io.orrery.workflow.Neighbours.Direction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Changes to the set of jobs of a workflow, and walks over it. */
final class Edits {

    private Edits() {}

    static List<Dropped> remove(Workflow workflow, Collection<DeclaredJob<?>> removed) {
        var gone = new LinkedHashSet<DeclaredJob<?>>(removed);
        var dropped = new ArrayList<Dropped>();
        workflow.declared().removeIf(gone::contains);
        for (DeclaredJob<?> job : workflow.declared()) {
            job.forget(gone).forEach(required -> dropped.add(new Dropped(job, required)));
        }
        workflow.sequences().forEach(sequence -> sequence.forget(gone));
        for (DeclaredJob<?> job : gone) {
            job.removed();
            if (job.work instanceof Workflow nested) {
                nested.unnest();
            }
        }
        workflow.touch();
        return dropped;
    }

    static void bypassAndRemove(Workflow workflow, DeclaredJob<?> job) {
        List<Requirement> required = job.asked();
        List<Job<?>> successors = List.copyOf(workflow.neighbours().next(Direction.SUCCESSORS, List.of(job)));
        remove(workflow, List.of(job));
        for (Job<?> successor : successors) {
            successor.requires(required);
        }
    }

    /** Keeps these jobs; of a nested workflow that is not one of them but has some of them inside, only these. */
    static List<Dropped> keepOnly(Workflow workflow, List<Requirement> some) {
        Set<DeclaredJob<?>> kept = members(Links.parts(workflow, workflow, some, /* withNested= */ true));
        Set<Workflow> around = new LinkedHashSet<>();
        kept.forEach(job -> job.addOwners(around));
        return keepOnly(workflow, kept, around);
    }

    private static List<Dropped> keepOnly(Workflow workflow, Set<? extends Job<?>> kept, Set<Workflow> around) {
        List<DeclaredJob<?>> removed = new ArrayList<>();
        List<Dropped> dropped = new ArrayList<>();
        for (DeclaredJob<?> job : workflow.declared()) {
            if (!kept.contains(job)) {
                if (job.work instanceof Workflow nested && around.contains(nested)) {
                    dropped.addAll(keepOnly(nested, kept, around));
                } else {
                    removed.add(job);
                }
            }
        }
        dropped.addAll(remove(workflow, removed));
        return dropped;
    }

    static List<Dropped> keepOnly(Workflow workflow, Between bounds) {
        return keepOnly(workflow, between(workflow, bounds), Set.of());
    }

    private static Set<Job<?>> between(Workflow workflow, Between bounds) {
        Set<DeclaredJob<?>> starts = members(workflow, bounds.starts());
        Set<DeclaredJob<?>> ends = members(workflow, bounds.ends());
        Neighbours neighbours = workflow.neighbours();
        Set<Job<?>> kept = new LinkedHashSet<>(workflow.declared());
        if (!starts.isEmpty()) {
            kept.retainAll(neighbours.reach(Direction.SUCCESSORS, starts));
        }
        if (!ends.isEmpty()) {
            kept.retainAll(neighbours.reach(Direction.REQUIREMENTS, ends));
        }
        if (bounds.keepStarts()) {
            kept.addAll(starts);
        }
        if (bounds.keepEnds()) {
            kept.addAll(ends);
        }
        return kept;
    }

    /** The jobs that are meant: a sequence means all of its jobs. */
    private static Set<DeclaredJob<?>> members(Workflow workflow, List<Requirement> some) {
        return members(Links.parts(workflow, workflow, some, /* withNested= */ false));
    }

    private static Set<DeclaredJob<?>> members(List<Requirement> parts) {
        Set<DeclaredJob<?>> members = new LinkedHashSet<>();
        for (Requirement part : parts) {
            switch (part) {
                case DeclaredJob<?> job -> members.add(job);
                case Sequence sequence -> sequence.jobs().forEach(job -> members.add((DeclaredJob<?>) job));
                default ->
                    throw new IllegalArgumentException("Jobs and sequences can be kept, but this is the condition "
                            + part + ". Name the job itself.");
            }
        }
        return members;
    }

    static List<Job<?>> walk(Workflow workflow, boolean withNested) {
        var found = new ArrayList<Job<?>>();
        for (DeclaredJob<?> job : workflow.declared()) {
            if (job.work instanceof Workflow nested) {
                if (withNested) {
                    found.add(job);
                }
                found.addAll(walk(nested, withNested));
            } else {
                found.add(job);
            }
        }
        return found;
    }
}
