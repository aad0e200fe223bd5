package io.orrery.workflow;

import io.orrery.job.Job;
import io.orrery.job.Requirement;
import java.util.ArrayList;
import java.util.List;

/**
 * Jobs of one workflow that run one after the other. Where it is required, it stands for its last job; what it requires,
 * its first job requires. It stays alive: jobs that are appended later are chained too, and who requires the sequence then
 * waits for them. For use by one thread at a time, like the workflow it belongs to.
 */
public final class Sequence implements Requirement {

    private final Workflow owner;
    private final List<Requirement> pieces = new ArrayList<>(); // jobs and sequences
    private final List<Requirement> remembered = new ArrayList<>(); // what it requires as long as it is empty

    Sequence(Workflow owner) {
        this.owner = owner;
    }

    /**
     * Adds jobs and sequences at the end, each one requiring the one before it.
     *
     * @throws IllegalArgumentException if one is neither a job nor a sequence, or belongs to another workflow
     */
    public Sequence append(Requirement... more) {
        for (Requirement piece : more) {
            if (!(piece instanceof Job<?> || piece instanceof Sequence) || piece == this) {
                throw new IllegalArgumentException("A sequence consists of jobs and other sequences, but this is "
                        + piece + ". Put conditions into requires().");
            }
            owner.check(piece, this);
            if (pieces.isEmpty()) {
                require(piece, remembered);
            } else {
                require(piece, List.of(pieces.getLast()));
            }
            pieces.add(piece);
        }
        return this;
    }

    /** Makes its first job require something; remembered for its first job while it is empty. */
    public Sequence requires(Requirement... requirements) {
        List<Requirement> all = List.of(requirements);
        all.forEach(one -> owner.check(one, this));
        if (pieces.isEmpty()) {
            remembered.addAll(all);
            owner.touch();
        } else {
            require(pieces.getFirst(), all);
        }
        return this;
    }

    private static void require(Requirement piece, List<Requirement> requirements) {
        Requirement[] array = requirements.toArray(Requirement[]::new);
        if (piece instanceof Sequence sequence) {
            sequence.requires(array);
        } else {
            ((Job<?>) piece).requires(array);
        }
    }

    /** Its jobs in order, those of the sequences in it included. */
    public List<Job<?>> jobs() {
        var jobs = new ArrayList<Job<?>>();
        for (Requirement piece : pieces) {
            if (piece instanceof Sequence sequence) {
                jobs.addAll(sequence.jobs());
            } else {
                jobs.add((Job<?>) piece);
            }
        }
        return jobs;
    }

    /** What it stands for as a requirement: its last piece, or, while it is empty, what it requires itself. */
    List<Requirement> ends() {
        return pieces.isEmpty() ? remembered : List.of(pieces.getLast());
    }

    boolean belongsTo(Workflow workflow) {
        return owner == workflow;
    }

    String ownerName() {
        return "\"" + owner.name() + "\"";
    }

    void forget(Job<?> removed) {
        pieces.remove(removed);
    }

    @Override
    public String toString() {
        return "sequence " + jobs();
    }
}
