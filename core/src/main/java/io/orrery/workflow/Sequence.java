package io.orrery.workflow;

import io.orrery.job.Job;
import io.orrery.job.Requirement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Jobs of one workflow that run one after the other. Where it is required, it stands for its last job; what it requires,
 * its first job requires. It stays alive: jobs that are appended later are chained too, and who requires the sequence then
 * waits for them. As long as it has no jobs, it stands for what it requires itself.
 *
 * <p>A job that is removed from the workflow leaves the sequence. The links of the chain to it go with it, like all
 * others; {@link Workflow#bypassAndRemove} closes the gap. Who requires the sequence then waits for the last job it has
 * left.
 *
 * <p>For use by one thread at a time, like the workflow it belongs to.
 */
public final class Sequence implements Requirement {

    private final Workflow owner;
    private final List<Requirement> pieces = new ArrayList<>(); // jobs and sequences
    private final List<Requirement> remembered = new ArrayList<>(); // what it requires, for when it is empty
    private boolean nested; // whether it is, or was, a piece of another sequence

    Sequence(Workflow owner) {
        this.owner = owner;
    }

    /**
     * Adds jobs and sequences at the end, each one requiring the one before it. A job may come several times.
     *
     * @throws IllegalArgumentException if one is neither a job nor a sequence, belongs to another workflow, or contains this
     *     sequence; nothing is added then
     */
    public Sequence append(Requirement... more) {
        for (Requirement piece : more) {
            check(piece);
        }
        for (Requirement piece : more) {
            require(piece, pieces.isEmpty() ? remembered : List.of(pieces.getLast()));
            pieces.add(piece);
            if (piece instanceof Sequence sequence) {
                sequence.nested = true;
            }
        }
        owner.touch();
        return this;
    }

    private void check(Requirement piece) {
        if (!(piece instanceof Job<?> || piece instanceof Sequence)) {
            throw new IllegalArgumentException("A sequence consists of jobs and other sequences, but this is " + piece
                    + ". Put conditions into requires().");
        }
        Links.parts(owner, this, List.of(piece));
        if (piece == this || nested && piece instanceof Sequence sequence && sequence.contains(this)) {
            throw new IllegalArgumentException(
                    "A sequence must not contain itself, but " + this + " would. Make a second one.");
        }
    }

    private boolean contains(Sequence wanted) {
        Deque<Sequence> open = new ArrayDeque<>();
        open.push(this);
        while (!open.isEmpty()) {
            Sequence one = open.pop();
            if (one == wanted) {
                return true;
            }
            one.pieces.forEach(piece -> {
                if (piece instanceof Sequence inner) {
                    open.push(inner);
                }
            });
        }
        return false;
    }

    /**
     * Makes its first job require something; remembered for its first job while it is empty.
     *
     * @throws IllegalArgumentException if a required job belongs to another workflow: the message names both
     */
    public Sequence requires(Requirement... requirements) {
        require(this, Links.parts(owner, this, Arrays.asList(requirements)));
        owner.touch();
        return this;
    }

    private static void require(Requirement piece, List<Requirement> requirements) {
        if (requirements.isEmpty()) {
            return;
        }
        Requirement first = piece;
        while (first instanceof Sequence sequence) {
            List<Requirement> own = new ArrayList<>(requirements);
            own.removeIf(one -> Links.target(one) == sequence);
            sequence.remembered.addAll(own);
            if (sequence.pieces.isEmpty()) {
                return;
            }
            first = sequence.pieces.getFirst();
        }
        ((Job<?>) first).requires(requirements);
    }

    /** Its jobs in order, those of the sequences in it included. */
    public List<Job<?>> jobs() {
        var jobs = new ArrayList<Job<?>>();
        Deque<Requirement> open = new ArrayDeque<>();
        open.push(this);
        while (!open.isEmpty()) {
            switch (open.pop()) {
                case Sequence sequence -> sequence.pieces.reversed().forEach(open::push);
                case Requirement job -> jobs.add((Job<?>) job);
            }
        }
        return jobs;
    }

    /** What it stands for as a requirement: its last piece, or, while it is empty, what it requires itself. */
    List<Requirement> ends() {
        return pieces.isEmpty() ? remembered : List.of(pieces.getLast());
    }

    Workflow owner() {
        return owner;
    }

    void forget(Set<? extends Job<?>> removed) {
        pieces.removeIf(piece -> piece instanceof Job<?> job && removed.contains(job));
        remembered.removeIf(part -> Links.target(part) instanceof Job<?> job && removed.contains(job));
    }

    @Override
    public String toString() {
        return "the sequence of " + Links.names(jobs());
    }
}
