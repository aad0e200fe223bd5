package io.orrery.workflow;

import io.orrery.job.Condition;
import io.orrery.job.Condition.Ending;
import io.orrery.job.Job;
import io.orrery.job.Limit;
import io.orrery.job.Requirement;
import io.orrery.job.RetryPolicy;
import io.orrery.plan.JobOptions;
import io.orrery.plan.Labels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A job as declared: what it does, and what its owner will put into the next plan. */
final class DeclaredJob<T extends @Nullable Object> implements Job<T> {

    private @Nullable Workflow owner; // null once removed
    private final String declaredLabel;
    final Object work; // a JobBody or a Workflow
    private JobOptions options = JobOptions.DEFAULT;
    private int number; // its place among its workflow's jobs when that was last planned
    private List<Requirement> requirements = List.of(); // jobs and sequences, each bare or in a condition

    DeclaredJob(Workflow owner, String label, Object work) {
        this.owner = owner;
        this.declaredLabel = label;
        this.work = work;
    }

    int number() {
        return number;
    }

    void number(int place) {
        number = place;
    }

    String declaredLabel() {
        return declaredLabel;
    }

    JobOptions options() {
        return options;
    }

    @Override
    public String label() {
        return options.labels().text(declaredLabel);
    }

    @Override
    public Job<T> label(String label) {
        return label(() -> label);
    }

    @Override
    public Job<T> label(Supplier<String> label) {
        return with(options.withLabels(new Labels(label, options.labels().graph())));
    }

    @Override
    public Job<T> graphLabel(String label) {
        return with(options.withLabels(new Labels(options.labels().shown(), label)));
    }

    @Override
    public Job<T> requires(Requirement... more) {
        return areSiblings(more) ? add(more) : requires(Arrays.asList(more));
    }

    @Override
    public Job<T> requires(Iterable<? extends Requirement> more) {
        List<Requirement> whole = new ArrayList<>(1);
        more.forEach(whole::add);
        List<Requirement> parts = Links.parts(ownerOrRefuse(), this, whole);
        parts.removeIf(part -> part == this);
        return add(parts.toArray(Requirement[]::new));
    }

    /** Whether they are other jobs of its workflow, as most requirements are: then there is nothing to look into. */
    private boolean areSiblings(Requirement... some) {
        Workflow mine = ownerOrRefuse();
        for (Requirement one : some) {
            if (!(one instanceof DeclaredJob<?> job) || job.owner != mine || job == this) {
                return false;
            }
        }
        return true;
    }

    private Job<T> add(Requirement... parts) {
        if (parts.length > 0) {
            if (requirements.isEmpty()) {
                requirements = new ArrayList<>(parts.length);
            }
            Collections.addAll(requirements, parts);
            touch();
        }
        return this;
    }

    @Override
    public Job<T> dropRequirement(Requirement... dropped) {
        List<Requirement> parts = Links.parts(ownerOrRefuse(), this, Arrays.asList(dropped));
        var targets = new LinkedHashSet<DeclaredJob<?>>();
        parts.forEach(part -> Links.forEachJob(part, (target, ending) -> targets.add(target)));
        Set<DeclaredJob<?>> known = resolved().keySet();
        for (DeclaredJob<?> target : targets) {
            if (!known.contains(target)) {
                throw new IllegalArgumentException("Only what is required can be dropped, but \"" + label()
                        + "\" does not require " + target + ". It requires " + Links.names(known) + ".");
            }
        }
        List<Requirement> left = new ArrayList<>();
        for (Requirement one : requirements) {
            List<Requirement> spared = new ArrayList<>();
            boolean[] hit = {dropsSequence(parts, one)};
            Links.forEachJob(one, (target, ending) -> {
                if (targets.contains(target)) {
                    hit[0] = true;
                } else {
                    spared.add(requirement(target, ending));
                }
            });
            left.addAll(hit[0] ? spared : List.of(one));
        }
        requirements = left;
        touch();
        return this;
    }

    /** Whether the very sequence that is required is dropped, which may be empty. */
    private static boolean dropsSequence(List<Requirement> parts, Requirement required) {
        return Links.target(required) instanceof Sequence sequence
                && parts.stream().anyMatch(part -> Links.target(part) == sequence);
    }

    /** Forgets the requirements on jobs that are removed; a requirement on a sequence stays. */
    List<DeclaredJob<?>> forget(Set<? extends Job<?>> removed) {
        if (requirements.isEmpty()) {
            return List.of();
        }
        var forgotten = new LinkedHashSet<DeclaredJob<?>>();
        requirements.removeIf(part -> {
            boolean gone = Links.target(part) instanceof DeclaredJob<?> job && removed.contains(job);
            if (gone) {
                forgotten.add((DeclaredJob<?>) Links.target(part));
            }
            return gone;
        });
        return List.copyOf(forgotten);
    }

    /** What it requires, as it was asked for: jobs and sequences, each bare or in a condition. */
    List<Requirement> asked() {
        return List.copyOf(requirements);
    }

    @Override
    public Job<T> critical(boolean critical) {
        return with(options.withCritical(critical));
    }

    @Override
    public Job<T> forever(boolean forever) {
        return with(options.withForever(forever));
    }

    @Override
    public Job<T> timeout(Duration timeout) {
        return with(options.withTimeout(timeout));
    }

    @Override
    public Job<T> retry(RetryPolicy policy) {
        return with(options.withRetry(policy));
    }

    @Override
    public Job<T> limit(Limit... limits) {
        var all = new LinkedHashSet<>(options.limits());
        all.addAll(List.of(limits));
        return with(options.withLimits(List.copyOf(all)));
    }

    private Job<T> with(JobOptions changed) {
        touch();
        options = changed;
        return this;
    }

    private void touch() {
        ownerOrRefuse().touch();
    }

    private Workflow ownerOrRefuse() {
        Workflow current = owner;
        if (current == null) {
            throw new IllegalStateException("A job that was removed from its workflow can't be changed, but \""
                    + label() + "\" was. Declare it again.");
        }
        return current;
    }

    @Nullable
    Workflow owner() {
        return owner;
    }

    /** Adds the workflow it belongs to and those around it. */
    void addOwners(Set<Workflow> owners) {
        for (Workflow one = owner; one != null; one = one.parent()) {
            owners.add(one);
        }
    }

    void removed() {
        owner = null;
    }

    @Override
    public boolean isCritical() {
        return options.critical();
    }

    @Override
    public boolean isForever() {
        return options.forever();
    }

    @Override
    public List<Requirement> requirements() {
        var list = new ArrayList<Requirement>();
        resolved().forEach((target, ending) -> list.add(requirement(target, ending)));
        return list;
    }

    private static Requirement requirement(DeclaredJob<?> target, Ending ending) {
        return ending == Ending.FINISHED ? target : new Condition(ending, target);
    }

    /** The jobs required and the endings asked for; of two endings of one job, the stricter one. */
    private Map<DeclaredJob<?>, Ending> resolved() {
        Map<DeclaredJob<?>, Ending> links = new LinkedHashMap<>();
        forEachLink((target, ending) ->
                links.merge(target, ending, (known, other) -> other == Ending.FINISHED ? known : other));
        return links;
    }

    /** Every job required, with the ending asked for; the same job may come several times, this one never. */
    void forEachLink(BiConsumer<DeclaredJob<?>, Ending> consumer) {
        for (Requirement one : requirements) {
            if (one instanceof DeclaredJob<?> job) {
                consumer.accept(job, Ending.FINISHED);
            } else {
                Links.forEachJob(one, (target, ending) -> {
                    if (target != this) {
                        consumer.accept(target, ending);
                    }
                });
            }
        }
    }

    @Override
    public String toString() {
        return "\"" + label() + "\"";
    }
}
