package io.orrery.plan;

import io.orrery.job.BodyCatalog;
import io.orrery.job.Condition.Ending;
import io.orrery.job.JobBody;
import io.orrery.job.Limit;
import io.orrery.job.RetryPolicy;
import io.orrery.job.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads one plan from data, and collects what is wrong with it. */
final class PlanReader {

    private static final Set<String> PLAN =
            Set.of("name", "window", "timeout", "shutdownTimeout", "cancelGrace", "threads", "keepGoing", "jobs");
    private static final Set<String> JOB = Set.of(
            "id",
            "label",
            "graphLabel",
            "critical",
            "forever",
            "timeout",
            "limits",
            "retry",
            "requires",
            "plan",
            "body",
            "arguments");
    private static final Set<String> RETRY = Set.of("retries", "delay", "backoff", "maxDelay", "jitter");

    private final List<String> problems = new ArrayList<>();
    private final BodyCatalog catalog;
    private final Map<String, Limit> given = new HashMap<>();
    private final Map<String, Limit> limits = new HashMap<>();

    PlanReader(BodyCatalog catalog, List<Limit> given) {
        this.catalog = catalog;
        given.forEach(limit -> this.given.put(limit.name(), limit));
    }

    PlanBuilder read(Map<String, ?> data) {
        var known = new TreeSet<>(PLAN);
        known.addAll(Set.of("orreryPlan", "limits"));
        var fields = new Fields("plan", data, problems, known);
        int version = fields.wholeNumber("orreryPlan", 0);
        if (version != PlanData.VERSION) {
            fields.problem(
                    "orreryPlan",
                    "must be " + PlanData.VERSION + ", the version that is understood here, but is "
                            + (fields.has("orreryPlan") ? version : "missing")
                            + ". Write the plan again with this version.");
        }
        readLimits(fields);
        PlanBuilder plan = plan(fields);
        if (!problems.isEmpty()) {
            throw new PlanDataException("Data can't be read as a plan", problems);
        }
        return plan;
    }

    private void readLimits(Fields plan) {
        Map<String, Object> named = textKeys(plan.anyMap("limits"));
        var fields = new Fields(plan.path("limits"), named, problems, named.keySet());
        for (String name : named.keySet()) {
            int slots = fields.wholeNumber(name, 0);
            Limit known = given.get(name);
            if (slots < 1) {
                fields.problem(
                        name, "must have at least one slot, but has " + slots + ". Leave the limit out for none.");
            } else if (known != null && known.slots() != slots) {
                fields.problem(
                        name,
                        "must have as many slots as the limit that it is to share, but has " + slots + " and that one "
                                + known.slots() + ". Make them equal, or rename one.");
            }
            limits.put(name, known == null ? Limit.named(name, Math.max(1, slots)) : known);
        }
    }

    private static Threads threads(Fields fields) {
        String word = fields.text("threads");
        for (Threads one : Threads.values()) {
            if (word == null || word.equals(one.name().toLowerCase(Locale.ROOT))) {
                return one;
            }
        }
        fields.problem("threads", "must be fresh or reused, but is \"" + word + "\". Leave it out for fresh ones.");
        return Threads.FRESH;
    }

    private PlanBuilder plan(Fields fields) {
        int window = fields.wholeNumber("window", 0);
        if (window < 0) {
            fields.problem("window", "must not be negative, but is " + window + ". Leave it out for none.");
        }
        Settings defaults = Settings.DEFAULT;
        var settings = new Settings(
                Math.max(0, window),
                fields.duration("timeout"),
                fields.duration("shutdownTimeout", defaults.shutdownTimeout()),
                fields.duration("cancelGrace", defaults.cancelGrace()),
                threads(fields),
                fields.flag("keepGoing", defaults.keepGoing()));
        var plan = new PlanBuilder(fields.requiredText("name"), settings);
        if (!fields.has("jobs")) {
            fields.problem("jobs", "is missing. Write [] for a plan without jobs.");
        }
        List<Fields> jobs = jobs(fields);
        Map<String, Integer> numbers = new HashMap<>();
        jobs.forEach(job -> add(job, plan, numbers));
        for (int number = 0; number < jobs.size(); number++) {
            require(jobs.get(number), number, plan, numbers);
        }
        return plan;
    }

    private List<Fields> jobs(Fields plan) {
        var jobs = new ArrayList<Fields>();
        for (Object element : plan.list("jobs")) {
            String path = plan.path("jobs") + "[" + jobs.size() + "]";
            boolean isMap = element instanceof Map;
            if (!isMap) {
                problems.add(path + " must be a map, but is " + element + ". Mend it.");
            }
            jobs.add(new Fields(path, isMap ? (Map<?, ?>) element : Map.of("id", path), problems, JOB));
        }
        return jobs;
    }

    private void add(Fields job, PlanBuilder plan, Map<String, Integer> numbers) {
        String id = job.requiredText("id");
        if (!id.isEmpty() && (id.isBlank() || id.contains("/"))) {
            job.problem(
                    "id",
                    "is part of paths, so it must not be blank or have a / in it, but is \"" + id
                            + "\". Use \"label\" for what is to be shown.");
        }
        JobOptions options = options(job, id);
        Map<?, ?> nested = job.anyMap("plan");
        int number;
        if (job.has("plan")) {
            if (job.has("body") || job.has("arguments")) {
                job.problem(null, "is a plan or has a body, but not both. Drop one of the two.");
            }
            number = plan.add(id, plan(new Fields(job.path("plan"), nested, problems, PLAN)), options, null);
        } else {
            number = plan.add(id, body(job), options, null);
        }
        if (numbers.putIfAbsent(id, number) != null) {
            job.problem("id", "must be unique among its siblings, but there is another \"" + id + "\". Rename one.");
        }
    }

    private JobOptions options(Fields job, String id) {
        var limited = new ArrayList<Limit>();
        for (String name : job.texts("limits")) {
            Limit limit = limits.get(name);
            if (limit == null) {
                job.problem(
                        "limits",
                        "names the limit \"" + name + "\", which \"limits\" of the plan does not have. "
                                + "Add it there.");
            } else {
                limited.add(limit);
            }
        }
        String label = job.text("label");
        String shown = label == null ? id : label;
        return new JobOptions(
                job.flag("critical", true),
                job.flag("forever", false),
                job.duration("timeout"),
                retry(job.map("retry", RETRY)),
                limited,
                new Labels(label == null ? null : () -> shown, job.text("graphLabel")));
    }

    private RetryPolicy retry(@Nullable Fields retry) {
        if (retry == null) {
            return RetryPolicy.none();
        }
        try {
            RetryPolicy policy = RetryPolicy.retries(retry.wholeNumber("retries", 0))
                    .backoff(retry.number("backoff", 1))
                    .jitter(retry.number("jitter", 0));
            Duration delay = retry.duration("delay");
            Duration maxDelay = retry.duration("maxDelay");
            RetryPolicy delayed = delay == null ? policy : policy.delay(delay);
            return maxDelay == null ? delayed : delayed.maxDelay(maxDelay);
        } catch (IllegalArgumentException e) {
            retry.problem(null, "is refused: " + e.getMessage());
            return RetryPolicy.none();
        }
    }

    private JobBody<?> body(Fields job) {
        Map<?, ?> arguments = job.anyMap("arguments");
        if (!job.has("body")) {
            if (job.has("arguments")) {
                job.problem("arguments", "are for a body, but there is none. Add its name as \"body\".");
            }
            return JobBody.nothing();
        }
        String name = job.text("body");
        if (name == null) {
            return JobBody.nothing();
        }
        try {
            return catalog.body(name, textKeys(arguments));
        } catch (RuntimeException e) { // factories are written by others
            job.problem("body", "is refused: " + (e instanceof IllegalArgumentException ? e.getMessage() : e));
            return JobBody.nothing();
        }
    }

    private static Map<String, Object> textKeys(Map<?, ?> map) {
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }

    private void require(Fields job, int number, PlanBuilder plan, Map<String, Integer> numbers) {
        for (Object element : job.list("requires")) {
            Ending ending = Ending.FINISHED;
            Object id = element;
            if (element instanceof Map<?, ?> map && map.size() == 1) {
                Map.Entry<?, ?> entry = map.entrySet().iterator().next();
                ending = ending(entry.getKey());
                id = entry.getValue();
            }
            if (!(id instanceof String) || ending == null) {
                job.problem(
                        "requires",
                        "must be a list of ids, or of {\"succeeded\": id} and {\"failed\": id}, but has " + element
                                + " in it. Mend it.");
            } else if (!numbers.containsKey(id)) {
                job.problem(
                        "requires",
                        "names \"" + id + "\", but there is no job of that id beside it. Mend the name, "
                                + "or add the job.");
            } else {
                plan.require(number, numbers.get(id), ending);
            }
        }
    }

    private static @Nullable Ending ending(Object word) {
        for (Ending ending : Ending.values()) {
            if (ending.word().equals(word)) {
                return ending;
            }
        }
        return null;
    }
}
