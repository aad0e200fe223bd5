package io.orrery.workflow;

import io.orrery.job.AllOf;
import io.orrery.job.Condition;
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
            for (DeclaredJob<?> required : job.resolved().keySet()) {
                if (gone.contains(required)) {
                    dropped.add(new Dropped(job, required));
                }
            }
            job.dropLinksTo(gone);
        }
        for (DeclaredJob<?> job : gone) {
            workflow.sequences().forEach(sequence -> sequence.forget(job));
            job.removed();
            if (job.work instanceof Workflow nested) {
                nested.unnest();
            }
        }
        workflow.touch();
        return dropped;
    }

    static void bypassAndRemove(Workflow workflow, DeclaredJob<?> job) {
        List<Requirement> required = job.requirements();
        List<Job<?>> successors = List.copyOf(workflow.neighbours().next(Direction.SUCCESSORS, List.of(job)));
        remove(workflow, List.of(job));
        for (Job<?> successor : successors) {
            successor.requires(required);
        }
    }

    static List<Dropped> keepOnly(Workflow workflow, Set<? extends Job<?>> kept) {
        List<DeclaredJob<?>> removed = new ArrayList<>(workflow.declared());
        removed.removeAll(kept);
        return remove(workflow, removed);
    }

    static Set<Job<?>> between(Workflow workflow, Between bounds) {
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
    static Set<DeclaredJob<?>> members(Workflow workflow, Collection<? extends Requirement> some) {
        Set<DeclaredJob<?>> members = new LinkedHashSet<>();
        for (Requirement one : some) {
            check(workflow, one, workflow);
            switch (one) {
                case DeclaredJob<?> job -> members.add(job);
                case Sequence sequence -> members.addAll(members(workflow, sequence.jobs()));
                case AllOf all -> members.addAll(members(workflow, all.parts()));
                default ->
                    throw new IllegalArgumentException(
                            "Jobs and sequences can be kept, but this is " + one + ". Name the job itself.");
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

    /** Refuses whatever is not, or does not consist of, jobs and sequences of this workflow. */
    static void check(Workflow workflow, Requirement requirement, Object asker) {
        switch (requirement) {
            case DeclaredJob<?> job -> {
                if (!job.belongsTo(workflow)) {
                    throw foreign(workflow, asker, requirement, job.ownerName());
                }
            }
            case Sequence sequence -> {
                if (!sequence.belongsTo(workflow)) {
                    throw foreign(workflow, asker, requirement, sequence.ownerName());
                }
            }
            case Condition condition -> check(workflow, condition.target(), asker);
            case AllOf all -> all.parts().forEach(part -> check(workflow, part, asker));
            default ->
                throw new IllegalArgumentException("Jobs come from a workflow, but this is a "
                        + requirement.getClass().getName() + ". Declare it with job() or action().");
        }
    }

    private static IllegalArgumentException foreign(
            Workflow workflow, Object asker, Requirement requirement, String owner) {
        return new IllegalArgumentException(
                "Jobs can be linked within one workflow only, but " + asker + " belongs to \""
                        + workflow.name() + "\" and " + requirement + " to " + owner
                        + ". Require the nested workflow as a whole, or declare both jobs in one workflow.");
    }
}
