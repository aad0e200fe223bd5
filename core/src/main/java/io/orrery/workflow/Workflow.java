package io.orrery.workflow;

import io.orrery.job.Job;
import io.orrery.job.Requirement;
import io.orrery.job.Threads;
import io.orrery.outcome.RunReport;
import io.orrery.plan.InvalidPlanException;
import io.orrery.plan.Plan;
import io.orrery.plan.PlanBuilder;
import io.orrery.plan.PlanProblem;
import io.orrery.plan.Plannable;
import io.orrery.plan.Settings;
import io.orrery.run.Run;
import io.orrery.run.RunOptions;
import io.orrery.workflow.Neighbours.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Jobs, and who requires whom: a declaration that can be run, again and again, and nested in another one.
 *
 * <p>Declaring, editing and asking are for one thread at a time. Running is not: what is run is a {@linkplain #plan() plan},
 * which no later edit changes. Nested workflows are read when the outermost one is planned.
 */
public final class Workflow extends Declaring implements Plannable<RunReport> {

    private final String name;
    private final List<DeclaredJob<?>> jobs = new ArrayList<>();
    private final List<Sequence> sequences = new ArrayList<>();
    private Settings settings = Settings.DEFAULT;
    private @Nullable Workflow parent; // the workflow that this one is nested in
    private volatile @Nullable Plan<RunReport> cachedPlan; // null when something has changed since it was made
    private @Nullable Neighbours cachedNeighbours; // likewise

    private Workflow(String name) {
        this.name = Objects.requireNonNull(name, "A workflow needs a name.");
    }

    /** A workflow without jobs so far. */
    public static Workflow named(String name) {
        return new Workflow(name);
    }

    // ---------------------------------------------------------------------------------------------- as a whole

    /**
     * Sets how many of its own jobs may run at once; any number unless set. A nested workflow counts as one job, and forever
     * jobs do not count.
     *
     * @param window the number, 0 for no limit
     * @throws IllegalArgumentException if {@code window} is negative
     */
    public Workflow window(int window) {
        return with(settings.withWindow(window));
    }

    /**
     * Sets how long a run may take; any time unless set.
     *
     * @throws IllegalArgumentException if {@code timeout} is zero or negative
     */
    public Workflow timeout(Duration timeout) {
        return with(settings.withTimeout(timeout));
    }

    /**
     * Sets how long the shutdown of all its jobs together may take; 1 s unless set.
     *
     * @throws IllegalArgumentException if {@code timeout} is zero or negative
     */
    public Workflow shutdownTimeout(Duration timeout) {
        return with(settings.withShutdownTimeout(timeout));
    }

    /**
     * Sets how long a job that was told to stop may take to do so before it is given up and named; 10 s unless set.
     *
     * @throws IllegalArgumentException if {@code grace} is zero or negative
     */
    public Workflow cancelGrace(Duration grace) {
        return with(settings.withCancelGrace(grace));
    }

    /**
     * Sets which threads its own jobs run in; fresh ones unless set. Those of nested workflows run in what these are set to.
     *
     * @see Threads#REUSED
     */
    public Workflow threads(Threads threads) {
        return with(settings.withThreads(Objects.requireNonNull(threads, "Threads are FRESH or REUSED, not null.")));
    }

    /**
     * Has the failure of a critical job stop nothing: what requires that job is skipped, and what requires that in turn, unless it
     * asks for the failure; all else still runs. The run has failed all the same, once all is done. Of the jobs of nested
     * workflows each stops or keeps going as its own workflow says.
     */
    public Workflow keepGoing() {
        return with(settings.withKeepGoing(true));
    }

    private Workflow with(Settings changed) {
        settings = changed;
        touch();
        return this;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    // --------------------------------------------------------------- declare, beyond what Declaring already offers

    /**
     * Nests a workflow: it becomes one job of this one, which succeeds, fails or times out as its run does. Its window, timeout
     * and grace period hold for its own jobs; what the handle is given (timeout, retries, limits, being critical) holds for
     * the run as a whole, so that a retry runs all of it again.
     *
     * @throws IllegalArgumentException if it is nested already, or would contain itself
     */
    public Job<RunReport> add(Workflow nested) {
        if (isWithin(nested)) {
            throw new IllegalArgumentException("A workflow must not contain itself, but \"" + nested.name
                    + "\" would, being added to \"" + name + "\". Build a second one.");
        }
        if (nested.parent != null) {
            throw new IllegalArgumentException("A workflow is nested in one place only, but \"" + nested.name
                    + "\" is nested in \"" + nested.parent.name + "\" and was added to \"" + name
                    + "\". Build a second one, or run it with JobContext.run().");
        }
        nested.parent = this;
        return declare(nested.name, nested);
    }

    @Override
    <T extends @Nullable Object> Job<T> declare(String label, Object work) {
        Objects.requireNonNull(label, "A job needs a label.");
        Objects.requireNonNull(work, "A job needs a body; barrier() declares one that does nothing.");
        var job = new DeclaredJob<T>(this, label, work);
        jobs.add(job);
        touch();
        return job;
    }

    /**
     * Chains jobs and sequences: each one requires the one before it.
     *
     * @throws IllegalArgumentException if one is neither a job nor a sequence, or belongs to another workflow
     */
    public Sequence sequence(Requirement... pieces) {
        var sequence = new Sequence(this).append(pieces);
        sequences.add(sequence);
        return sequence;
    }

    // ---------------------------------------------------------------------------------------------------- edit

    /**
     * Removes a job of this workflow or one nested in it, and with it the requirements that others had on it. A requirement
     * on a sequence stays: it is on the last job that the sequence has left.
     *
     * @return the requirements that were dropped
     * @throws IllegalArgumentException if it is not a job of this workflow or one nested in it
     */
    public List<Dropped> remove(Job<?> job) {
        DeclaredJob<?> inside = ownOrNested(job);
        return Edits.remove(ownerOf(inside), List.of(inside));
    }

    /**
     * Removes a job of this workflow or one nested in it, and makes those who required it require what it required.
     *
     * @throws IllegalArgumentException if it is not a job of this workflow or one nested in it
     */
    public void bypassAndRemove(Job<?> job) {
        DeclaredJob<?> inside = ownOrNested(job);
        Edits.bypassAndRemove(ownerOf(inside), inside);
    }

    /**
     * Removes all jobs but these; of a sequence, all its jobs are kept. Of a nested workflow, all its jobs are kept if it is
     * named itself, else those of its jobs that are named. Nothing is linked anew, but a requirement on a sequence is then
     * on the last job it has left.
     *
     * @return the requirements that were dropped
     * @throws IllegalArgumentException if one is not a job of this workflow or one nested in it
     */
    public List<Dropped> keepOnly(Requirement... kept) {
        return Edits.keepOnly(this, List.of(kept));
    }

    /**
     * Removes all jobs but those between some jobs and some others. Nothing is linked anew.
     *
     * @return the requirements that were dropped
     * @throws IllegalArgumentException if a start or an end is not a job of this workflow
     */
    public List<Dropped> keepOnlyBetween(Between bounds) {
        return Edits.keepOnly(this, bounds);
    }

    // ----------------------------------------------------------------------------------------------------- ask

    /** Its jobs in order of declaration. A nested workflow is one job. */
    public List<Job<?>> jobs() {
        return List.copyOf(jobs);
    }

    /** Its jobs and those of all workflows nested in it, depth first, without the nested workflows themselves. */
    public List<Job<?>> allJobs() {
        return Edits.walk(this, /* withNested= */ false);
    }

    /** Like {@link #allJobs}, with each nested workflow before its jobs. */
    public List<Job<?>> allJobsAndWorkflows() {
        return Edits.walk(this, /* withNested= */ true);
    }

    /** How many jobs it has, those of nested workflows not counted. */
    public int size() {
        return jobs.size();
    }

    /** Its jobs that require nothing. */
    public SequencedSet<Job<?>> entries() {
        return neighbours().entries();
    }

    /** Its finite jobs that nobody requires, forever jobs included among those who require. */
    public SequencedSet<Job<?>> exits() {
        return neighbours().exits(/* withForever= */ false);
    }

    /** Its jobs that nobody requires. */
    public SequencedSet<Job<?>> exitsWithForever() {
        return neighbours().exits(/* withForever= */ true);
    }

    /**
     * What any of these jobs requires.
     *
     * @throws IllegalArgumentException if one is not a job of this workflow
     */
    public SequencedSet<Job<?>> predecessors(Job<?>... starts) {
        return neighbours().next(Direction.REQUIREMENTS, own(starts));
    }

    /**
     * Who requires any of these jobs.
     *
     * @throws IllegalArgumentException if one is not a job of this workflow
     */
    public SequencedSet<Job<?>> successors(Job<?>... starts) {
        return neighbours().next(Direction.SUCCESSORS, own(starts));
    }

    /**
     * What any of these jobs requires, directly or not.
     *
     * @throws IllegalArgumentException if one is not a job of this workflow
     */
    public SequencedSet<Job<?>> upstream(Job<?>... starts) {
        return neighbours().reach(Direction.REQUIREMENTS, own(starts));
    }

    /**
     * Who requires any of these jobs, directly or not.
     *
     * @throws IllegalArgumentException if one is not a job of this workflow
     */
    public SequencedSet<Job<?>> downstream(Job<?>... starts) {
        return neighbours().reach(Direction.SUCCESSORS, own(starts));
    }

    /**
     * Its jobs, each one after what it requires, in the order of declaration wherever that allows it.
     *
     * @throws InvalidPlanException if there is none, since jobs require each other in a ring
     */
    public List<Job<?>> topologicalOrder() {
        List<Job<?>> order = neighbours().topologicalOrder();
        return order.size() == size() ? order : List.copyOf(refuse());
    }

    private List<Job<?>> refuse() {
        plan();
        throw new IllegalStateException("a cycle that planning does not find");
    }

    /** Everything that keeps it from being run; empty if it can be. */
    public List<PlanProblem> problems() {
        return cachedPlan == null ? builder().problems() : List.of();
    }

    /**
     * The classic listing, before any run.
     *
     * @throws InvalidPlanException with all problems, if there are any; {@link #listSafe()} lists it all the same
     */
    public String list() {
        return RunReport.idle(plan()).list();
    }

    /** A listing that needs no order and so never fails: a job a line, with its path and what it requires. */
    public String listSafe() {
        return SafeListing.of(this);
    }

    // ----------------------------------------------------------------------------------------------------- run

    /**
     * What would be run now: validated, immutable, kept until something is changed.
     *
     * @throws InvalidPlanException with all problems, if there are any
     */
    @Override
    @SuppressWarnings("unchecked") // the report of a workflow is a RunReport
    public Plan<RunReport> plan() {
        Plan<RunReport> plan = cachedPlan;
        if (plan == null) {
            plan = (Plan<RunReport>) builder().build();
            cachedPlan = plan;
        }
        return plan;
    }

    /**
     * Runs it and waits for its end.
     *
     * @return what became of it; a failure of a job does not throw
     * @throws InvalidPlanException with all problems, if there are any, before anything starts
     * @see Run#execute
     */
    public RunReport run() {
        return run(RunOptions.defaults());
    }

    /**
     * Runs it and waits for its end.
     *
     * @return what became of it; a failure of a job does not throw
     * @throws InvalidPlanException with all problems, if there are any, before anything starts
     * @see Run#execute
     */
    public RunReport run(RunOptions options) {
        return Run.execute(plan(), options);
    }

    /**
     * Starts it and returns at once. Its threads are virtual, so they do not keep the virtual machine alive: wait for its end,
     * or use it as a resource of a {@code try} statement that does, since closing a run cancels it.
     *
     * @throws InvalidPlanException with all problems, if there are any, before anything starts
     */
    public Run start() {
        return start(RunOptions.defaults());
    }

    /**
     * Starts it and returns at once.
     *
     * @throws InvalidPlanException with all problems, if there are any, before anything starts
     */
    public Run start(RunOptions options) {
        return Run.start(plan(), options);
    }

    @Override
    public String toString() {
        return "workflow \"" + name + "\" (" + size() + (size() == 1 ? " job)" : " jobs)");
    }

    // ------------------------------------------------------------------------------------- for this package only

    List<DeclaredJob<?>> declared() {
        return jobs;
    }

    List<Sequence> sequences() {
        return sequences;
    }

    Neighbours neighbours() {
        Neighbours neighbours = cachedNeighbours;
        if (neighbours == null) {
            neighbours = new Neighbours(jobs, Declarations.graph(this));
            cachedNeighbours = neighbours;
        }
        return neighbours;
    }

    /** Forgets the plan, here and in what this is nested in. */
    void touch() {
        cachedNeighbours = null;
        for (Workflow one = this; one != null; one = one.parent) {
            if (one.cachedPlan != null) {
                one.cachedPlan = null;
            }
        }
    }

    @Nullable
    Workflow parent() {
        return parent;
    }

    boolean isWithin(Workflow other) {
        for (Workflow one = this; one != null; one = one.parent) {
            if (one == other) {
                return true;
            }
        }
        return false;
    }

    void unnest() {
        parent = null;
    }

    PlanBuilder builder() {
        return Declarations.toBuilder(this);
    }

    Settings settings() {
        return settings;
    }

    @Override
    void check(Job<?> input) {
        own(input);
    }

    private DeclaredJob<?> ownOrNested(Job<?> job) {
        return (DeclaredJob<?>)
                Links.parts(this, this, List.of(job), /* withNested= */ true).getFirst();
    }

    private static Workflow ownerOf(DeclaredJob<?> job) {
        return Objects.requireNonNull(job.owner());
    }

    private List<DeclaredJob<?>> own(Job<?>... some) {
        List<DeclaredJob<?>> own = new ArrayList<>();
        Links.parts(this, this, List.of(some)).forEach(one -> own.add((DeclaredJob<?>) one));
        return own;
    }
}
