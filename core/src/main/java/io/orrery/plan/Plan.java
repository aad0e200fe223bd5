package io.orrery.plan;

import io.orrery.job.Job;
import io.orrery.job.JobBody;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.RandomAccess;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A validated snapshot of a workflow: what is run. Immutable, and safe for use by any number of threads and runs at once,
 * as far as the bodies in it are.
 *
 * <p>Jobs are numbered from 0 in the order of declaration. The work of a job is a body, or another plan.
 *
 * @param <R> the type of the report that running it gives
 */
public final class Plan<R> implements Plannable<R> {

    private static final int[] NONE = {};

    private final String name;
    private final Settings settings;
    private final Graph graph;
    private final String[] ids;
    private final String[] labels; // as declared; where no id differs from its label, the same array
    private final Object[] work; // a JobBody or a Plan each
    private final int[] nested; // the numbers of the jobs that are plans
    private final int[] shutdown; // those and the numbers of the jobs whose bodies have a shutdown
    private final JobOptions[] options;
    private final int finite; // how many are not endless
    private final boolean retries; // whether some are tried again
    private final boolean limits; // whether some need slots of limits
    private final @Nullable Job<?>[] handles;
    private volatile @Nullable IdentityHashMap<Job<?>, Integer> numbers; // made when first asked for
    private volatile @Nullable Map<String, Integer> numbersById; // likewise

    Plan(PlanBuilder parts, Graph graph, String[] ids, Object[] work) {
        this.name = parts.name;
        this.settings = parts.settings;
        this.graph = graph;
        this.ids = ids;
        this.labels = parts.declaredLabels(ids);
        this.work = work;
        this.nested = parts.isPlain() ? NONE : numbers(work, Plan.class::isInstance);
        var hooked = new Hooked();
        this.shutdown = numbers(work, one -> !(one instanceof JobBody<?> body) || hooked.hasShutdown(body));
        this.options = parts.options.toArray(JobOptions[]::new);
        int endless = 0;
        boolean someRetry = false;
        boolean someLimit = false;
        if (!parts.isPlain()) {
            for (JobOptions one : options) {
                endless += one.forever() ? 1 : 0;
                someRetry |= one.retry().retries() > 0;
                someLimit |= !one.limits().isEmpty();
            }
        }
        this.finite = options.length - endless;
        this.retries = someRetry;
        this.limits = someLimit;
        this.handles = parts.handles.toArray(Job<?>[]::new);
    }

    private static int[] numbers(Object[] work, Predicate<Object> wanted) {
        int[] numbers = NONE;
        int count = 0;
        for (int job = 0; job < work.length; job++) {
            if (wanted.test(work[job])) {
                numbers = count < numbers.length ? numbers : Arrays.copyOf(numbers, Math.max(4, 2 * count));
                numbers[count++] = job;
            }
        }
        return count == numbers.length ? numbers : Arrays.copyOf(numbers, count);
    }

    /** Itself. */
    @Override
    public Plan<R> plan() {
        return this;
    }

    /** The name of the workflow. */
    public String name() {
        return name;
    }

    /** What holds for the workflow as a whole. */
    public Settings settings() {
        return settings;
    }

    /** Who requires whom, as numbers. */
    public Graph graph() {
        return graph;
    }

    /** The number of jobs, those of nested plans not counted. */
    public int size() {
        return ids.length;
    }

    /** How many of its jobs are not endless, those of nested plans not counted. */
    public int finiteCount() {
        return finite;
    }

    /** Whether one of its own jobs is tried again when it fails. */
    public boolean hasRetries() {
        return retries;
    }

    /** Whether one of its own jobs needs a slot of a limit. */
    public boolean hasLimits() {
        return limits;
    }

    /** Whether one of its jobs is a nested plan. */
    public boolean hasNested() {
        return nested.length > 0;
    }

    /** The jobs in order of declaration; those of nested plans are found in these. */
    public List<PlannedJob> jobs() {
        return new JobList();
    }

    /**
     * One job by its number.
     *
     * @throws IndexOutOfBoundsException if there is no such number
     */
    public PlannedJob job(int number) {
        return new PlannedJob(this, number);
    }

    /** The numbers of those jobs that are nested plans, in order of declaration. */
    public IntStream nestedNumbers() {
        return Arrays.stream(nested);
    }

    /** The numbers of those jobs that are nested plans or whose bodies have a shutdown, in order of declaration. */
    public IntStream shutdownNumbers() {
        return Arrays.stream(shutdown);
    }

    /** The jobs, each one after what it requires, in the order of declaration wherever that allows it. */
    public List<PlannedJob> topologicalOrder() {
        return Arrays.stream(graph.topologicalOrder()).mapToObj(this::job).toList();
    }

    /** The number of the job that a handle stands for; empty if it is not one of this plan's own. */
    public OptionalInt numberOf(Job<?> handle) {
        IdentityHashMap<Job<?>, Integer> known = numbers;
        if (known == null) {
            known = new IdentityHashMap<>();
            for (int i = 0; i < handles.length; i++) {
                Job<?> one = handles[i];
                if (one != null) {
                    known.put(one, i);
                }
            }
            numbers = known;
        }
        Integer number = known.get(handle);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** A job by its path: the ids of the nested plans around it and its own, joined by {@code /}. */
    public Optional<PlannedJob> find(String path) {
        Plan<?> plan = this;
        int from = 0;
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', from)) {
            Integer number = plan.byId().get(path.substring(from, slash));
            if (number == null || !(plan.work[number] instanceof Plan<?> inside)) {
                return Optional.empty();
            }
            plan = inside;
            from = slash + 1;
        }
        return Optional.ofNullable(plan.byId().get(path.substring(from))).map(plan::job);
    }

    private Map<String, Integer> byId() {
        Map<String, Integer> known = numbersById;
        if (known == null) {
            known = HashMap.newHashMap(ids.length);
            for (int i = 0; i < ids.length; i++) {
                known.put(ids[i], i);
            }
            numbersById = known;
        }
        return known;
    }

    /**
     * The id of a job: the label it was declared with, with {@code :} for each {@code /}, {@code job} if it is blank, and made
     * unique among its siblings by {@code #2} and so on.
     */
    public String id(int number) {
        return ids[number];
    }

    /** The label that a job was declared with. */
    String declaredLabel(int number) {
        return labels[number];
    }

    /** What a job has been given beyond its body. */
    public JobOptions options(int number) {
        return options[number];
    }

    /** The body of a job; empty if it is a nested plan. */
    public Optional<JobBody<?>> body(int number) {
        return work[number] instanceof JobBody<?> body ? Optional.of(body) : Optional.empty();
    }

    /** What a job does: a {@link JobBody}, or a plan. */
    public Object work(int number) {
        return work[number];
    }

    /** The nested plan that a job is; empty if it has a body. */
    public Optional<Plan<?>> nested(int number) {
        return work[number] instanceof Plan<?> plan ? Optional.of(plan) : Optional.empty();
    }

    @Override
    public String toString() {
        return "plan \"" + name + "\" (" + size() + (size() == 1 ? " job)" : " jobs)");
    }

    private final class JobList extends AbstractList<PlannedJob> implements RandomAccess {
        @Override
        public PlannedJob get(int number) {
            return job(number);
        }

        @Override
        public int size() {
            return ids.length;
        }
    }
}
