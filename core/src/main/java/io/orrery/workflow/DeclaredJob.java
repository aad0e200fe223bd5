package io.orrery.workflow;

import io.orrery.job.AllOf;
import io.orrery.job.Condition;
import io.orrery.job.Condition.Ending;
import io.orrery.job.Job;
import io.orrery.job.Limit;
import io.orrery.job.Requirement;
import io.orrery.job.RetryPolicy;
import io.orrery.plan.JobOptions;
import io.orrery.plan.Labels;
import io.orrery.plan.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A job as declared: what it does, and what its owner will put into the next plan. */
final class DeclaredJob<T extends @Nullable Object> implements Job<T> {

    private @Nullable Workflow owner; // null once removed
    private final String declaredLabel;
    final Object work; // a JobBody or a Workflow
    private JobOptions options = JobOptions.DEFAULT;
    private List<Requirement> requirements = List.of();

    DeclaredJob(Workflow owner, String label, Object work) {
        this.owner = owner;
        this.declaredLabel = label;
        this.work = work;
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
        for (Requirement one : more) {
            ownerOrRefuse().check(one, this);
            if (one != this) {
                require(one);
            }
        }
        return this;
    }

    private void require(Requirement one) {
        if (requirements.isEmpty()) {
            requirements = new ArrayList<>(1);
        }
        requirements.add(one);
        touch();
    }

    @Override
    public Job<T> requires(Iterable<? extends Requirement> more) {
        return requires(Requirement.all(more));
    }

    @Override
    public Job<T> dropRequirement(Requirement... dropped) {
        for (Requirement one : dropped) {
            var targets = new LinkedHashSet<DeclaredJob<?>>();
            resolve(one, Ending.FINISHED, (target, ending) -> targets.add(target));
            Map<DeclaredJob<?>, Ending> known = resolved();
            for (DeclaredJob<?> target : targets) {
                if (!known.containsKey(target)) {
                    throw new IllegalArgumentException("Only what is required can be dropped, but \"" + label()
                            + "\" does not require \"" + target.label() + "\". It requires: " + known.keySet() + ".");
                }
            }
            dropLinksTo(targets);
        }
        return this;
    }

    /** Removes every requirement on one of {@code targets}; a requirement on a sequence becomes one on what is left. */
    void dropLinksTo(LinkedHashSet<DeclaredJob<?>> targets) {
        Map<DeclaredJob<?>, Ending> known = resolved();
        if (known.keySet().removeAll(targets)) {
            requirements = new ArrayList<>();
            known.forEach((target, ending) -> requirements.add(new Condition(ending, target)));
            touch();
        }
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
        Settings.DEFAULT.withTimeout(timeout); // refuses what is not positive
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
        options = changed;
        touch();
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

    boolean belongsTo(Workflow workflow) {
        return owner == workflow;
    }

    String ownerName() {
        return owner == null ? "no workflow any more" : "\"" + owner.name() + "\"";
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
        resolved()
                .forEach((target, ending) ->
                        list.add(ending == Ending.FINISHED ? target : new Condition(ending, target)));
        return list;
    }

    /** The jobs required and the endings asked for; of two endings of one job, the stricter one. */
    Map<DeclaredJob<?>, Ending> resolved() {
        Map<DeclaredJob<?>, Ending> links = new LinkedHashMap<>();
        forEachLink((target, ending) ->
                links.merge(target, ending, (known, other) -> known == Ending.FINISHED ? other : known));
        return links;
    }

    /** Every job required, with the ending asked for; the same job may come several times, this one never. */
    void forEachLink(BiConsumer<DeclaredJob<?>, Ending> consumer) {
        for (Requirement one : requirements) {
            resolve(one, Ending.FINISHED, (target, ending) -> {
                if (target != this) {
                    consumer.accept(target, ending);
                }
            });
        }
    }

    /** Follows sequences to their last jobs as they are now. */
    static void resolve(Requirement what, Ending ending, BiConsumer<DeclaredJob<?>, Ending> consumer) {
        switch (what) {
            case DeclaredJob<?> job -> consumer.accept(job, ending);
            case Sequence sequence -> sequence.ends().forEach(end -> resolve(end, ending, consumer));
            case Condition condition ->
                resolve(condition.target(), ending == Ending.FINISHED ? condition.ending() : ending, consumer);
            case AllOf all -> all.parts().forEach(part -> resolve(part, ending, consumer));
            default ->
                throw new IllegalArgumentException("A requirement is a job, a sequence, a condition on one of these,"
                        + " or several of these, but this is a "
                        + what.getClass().getName() + ".");
        }
    }

    @Override
    public String toString() {
        return "\"" + label() + "\"";
    }
}
