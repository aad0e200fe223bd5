package io.orrery.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.orrery.job.BodyCatalog;
import io.orrery.job.Condition.Ending;
import io.orrery.job.JobBody;
import io.orrery.job.Limit;
import io.orrery.job.NamedBody;
import io.orrery.job.RetryPolicy;
import io.orrery.job.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlanDataTest {

    private final BodyCatalog catalog = new BodyCatalog()
            .add("echo", arguments -> context -> arguments.get("text"))
            .add("positive", arguments -> {
                if (!(arguments.get("n") instanceof Integer n) || n < 1) {
                    throw new IllegalArgumentException("\"n\" must be at least 1, but is " + arguments.get("n") + ".");
                }
                return context -> n;
            });
    private final PlanBuilder builder = new PlanBuilder("etl", Settings.DEFAULT);

    private static JobOptions everyOption(Limit limit) {
        var retry = RetryPolicy.retries(3)
                .delay(Duration.ofSeconds(1))
                .backoff(2)
                .maxDelay(Duration.ofMinutes(1))
                .jitter(0.1);
        var labels = new Labels(() -> "load it", "load\nit");
        return new JobOptions(false, true, Duration.ofSeconds(30), retry, List.of(limit), labels);
    }

    @Test
    void a_whole_plan_is_written_in_a_stable_form_and_read_back() {
        var db = Limit.named("db", 2);
        var inner = new PlanBuilder("checks", Settings.DEFAULT);
        inner.add("check", catalog.body("positive", Map.of("n", 1)), JobOptions.DEFAULT.withLimits(List.of(db)), null);
        var outer = new PlanBuilder(
                "etl",
                Settings.DEFAULT
                        .withWindow(4)
                        .withTimeout(Duration.ofMinutes(5))
                        .withThreads(Threads.REUSED));
        int fetch = outer.add("fetch", catalog.body("echo", Map.of("text", "hi")), JobOptions.DEFAULT, null);
        int start = outer.add("start", JobBody.nothing(), JobOptions.DEFAULT, null);
        int load = outer.add("load", catalog.body("echo", Map.of()), everyOption(db), null);
        int sub = outer.add("sub", inner, JobOptions.DEFAULT.withRetry(RetryPolicy.retries(1)), null);
        outer.require(load, fetch, Ending.FINISHED);
        outer.require(load, start, Ending.SUCCEEDED);
        outer.require(sub, fetch, Ending.FAILED);

        Map<String, Object> data = PlanData.write(outer.build());

        assertThat(data).hasToString("""
            {orreryPlan=1, limits={db=2}, name=etl, window=4, timeout=PT5M, shutdownTimeout=PT1S, cancelGrace=PT10S, threads=reused, \
            jobs=[{id=fetch, body=echo, arguments={text=hi}}, {id=start}, \
            {id=load, label=load it, graphLabel=load
            it, critical=false, forever=true, timeout=PT30S, limits=[db], \
            retry={retries=3, delay=PT1S, backoff=2.0, maxDelay=PT1M, jitter=0.1}, \
            requires=[fetch, {succeeded=start}], body=echo}, \
            {id=sub, retry={retries=1}, requires=[{failed=fetch}], plan={name=checks, shutdownTimeout=PT1S, \
            cancelGrace=PT10S, jobs=[{id=check, limits=[db], body=positive, arguments={n=1}}]}}]}\
            """);
        Plan<?> read = PlanData.read(data, catalog);
        assertThat(PlanData.write(read)).isEqualTo(data);
        assertThat(read.options(load).limits())
                .as("shared within the document")
                .isEqualTo(read.nested(sub).orElseThrow().options(0).limits());
    }

    @Test
    void bodies_read_back_do_what_those_written_did() throws Exception {
        builder.add("a", catalog.body("echo", Map.of("text", "hi")), JobOptions.DEFAULT, null);

        Plan<?> read = PlanData.read(PlanData.write(builder.build()), catalog);

        assertThat(((NamedBody<?>) read.body(0).orElseThrow()).run(null)).isEqualTo("hi");
    }

    @Test
    void a_plan_that_is_read_can_share_limits_with_others() {
        var db = Limit.named("db", 2);
        builder.add("a", JobBody.nothing(), JobOptions.DEFAULT.withLimits(List.of(db)), null);
        Map<String, Object> data = PlanData.write(builder.build());

        assertThat(PlanData.read(data, catalog, List.of(db)).options(0).limits())
                .containsExactly(db);
        assertThat(PlanData.read(data, catalog).options(0).limits()).doesNotContain(db);
        assertThatThrownBy(() -> PlanData.read(data, catalog, List.of(Limit.named("db", 3))))
                .isInstanceOf(PlanDataException.class)
                .hasMessageContaining(
                        "plan.limits.db must have as many slots as the limit that it is to share, but has 2"
                                + " and that one 3. Make them equal, or rename one.");
    }

    @Test
    void what_is_not_data_is_refused_with_all_paths_and_the_remedy() {
        var inner = new PlanBuilder("inner", Settings.DEFAULT);
        inner.add("lambda", context -> 1, JobOptions.DEFAULT.withLimits(List.of(Limit.named("db", 1))), null);
        builder.add("lambda", context -> 1, JobOptions.DEFAULT.withLimits(List.of(Limit.named("db", 2))), null);
        builder.add(
                "sub",
                inner,
                JobOptions.DEFAULT.withRetry(RetryPolicy.retries(1).on(ending -> true)),
                null);

        assertThatThrownBy(() -> PlanData.write(builder.build()))
                .asInstanceOf(type(PlanDataException.class))
                .satisfies(e -> assertThat(e)
                        .hasMessageStartingWith("Plan \"etl\" can't be written as data: 4 problems:\n- lambda: "))
                .extracting(PlanDataException::problems, org.assertj.core.api.Assertions.LIST)
                .containsExactly(
                        "lambda: code is not data, but its body has no name. Add it to a BodyCatalog and declare the"
                                + " job with catalog.body(name, arguments).",
                        "sub: code is not data, but its retry policy has a predicate. Leave out on(), or let the body"
                                + " throw only what is worth a retry.",
                        "sub/lambda: limits are written by their names, but there are two limits named \"db\" with 2"
                                + " and 1 slots. Share one between the jobs, or give them different names.",
                        "sub/lambda: code is not data, but its body has no name. Add it to a BodyCatalog and declare"
                                + " the job with catalog.body(name, arguments).");
    }

    private static Map<String, Object> wrongInManyWays() {
        var job = new LinkedHashMap<String, Object>();
        job.put("id", 7);
        job.put("colour", "red");
        job.put("critical", "yes");
        job.put("timeout", "soon");
        job.put("limits", List.of("db", 1));
        job.put("retry", Map.of("retries", -1));
        job.put("requires", List.of("b", Map.of("maybe", "b"), "nobody"));
        job.put("body", "positive");
        job.put("arguments", Map.of("n", 0));
        var data = new LinkedHashMap<String, Object>();
        data.put("orreryPlan", 2);
        data.put("limits", Map.of("io", 0));
        data.put("window", 1.5);
        data.put("cancelGrace", "PT0S");

        data.put(
                "jobs",
                List.of(
                        job,
                        Map.of("id", "b", "body", "unheard-of"),
                        Map.of("id", "b", "label", "x/y", "arguments", Map.of()),
                        "c",
                        Map.of("id", "d/e", "plan", Map.of("name", "d", "jobs", 1), "body", "echo")));
        return data;
    }

    @Test
    void everything_that_is_wrong_with_data_is_named_at_once_with_its_path() {
        assertThatThrownBy(() -> PlanData.read(wrongInManyWays(), catalog))
                .isInstanceOf(PlanDataException.class)
                .extracting(e -> ((PlanDataException) e).problems(), org.assertj.core.api.Assertions.LIST)
                .containsExactlyInAnyOrder(
                        "plan.orreryPlan must be 1, the version that is understood here, but is 2. Write the plan"
                                + " again with this version.",
                        "plan.limits.io must have at least one slot, but has 0. Leave the limit out for none.",
                        "plan.window must be a whole number that fits an int, but is 1.5. Mend it, or leave it out.",
                        "plan.cancelGrace must be a positive ISO-8601 duration such as PT1M30S, but is \"PT0S\". Mend"
                                + " it, or leave it out.",
                        "plan.name is missing. Add it.",
                        "plan.jobs[0] has the unknown key \"colour\". Known keys: arguments, body, critical, forever,"
                                + " graphLabel, id, label, limits, plan, requires, retry, timeout.",
                        "plan.jobs[0].id must be text, but is 7. Mend it, or leave it out.",
                        "plan.jobs[0].critical must be true or false, but is the text \"yes\". Mend it, or leave it"
                                + " out.",
                        "plan.jobs[0].timeout must be a positive ISO-8601 duration such as PT1M30S, but is \"soon\"."
                                + " Mend it, or leave it out.",
                        "plan.jobs[0].limits must be a list of texts, but has 1 in it. Mend it.",
                        "plan.jobs[0].limits names the limit \"db\", which \"limits\" of the plan does not have. Add"
                                + " it there.",
                        "plan.jobs[0].retry is refused: The number of retries must not be negative, but is -1. Use 0"
                                + " for none.",
                        "plan.jobs[0].requires must be a list of ids, or of {\"succeeded\": id} and {\"failed\": id},"
                                + " but has {maybe=b} in it. Mend it.",
                        "plan.jobs[0].requires names \"nobody\", but there is no job of that id beside it. Mend the"
                                + " name, or add the job.",
                        "plan.jobs[0].body is refused: \"n\" must be at least 1, but is 0.",
                        "plan.jobs[1].body is refused: A body is found by its name, but there is none named"
                                + " \"unheard-of\". Known names: echo, positive. Add it to the catalog first.",
                        "plan.jobs[2].id must be unique among its siblings, but there is another \"b\". Rename one.",
                        "plan.jobs[2].arguments are for a body, but there is none. Add its name as \"body\".",
                        "plan.jobs[3] must be a map, but is c. Mend it.",
                        "plan.jobs[4].id is part of paths, so it must not be blank or have a / in it, but is \"d/e\"."
                                + " Use \"label\" for what is to be shown.",
                        "plan.jobs[4] is a plan or has a body, but not both. Drop one of the two.",
                        "plan.jobs[4].plan.jobs must be a list, but is 1. Mend it, or leave it out.");
    }

    @Test
    void a_message_names_the_first_problems_and_counts_the_others() {
        for (int i = 0; i < 23; i++) {
            builder.add("lambda", context -> 1, JobOptions.DEFAULT, null);
        }

        assertThatThrownBy(() -> PlanData.write(builder.build()))
                .hasMessageStartingWith("Plan \"etl\" can't be written as data: 23 problems:\n- lambda: ")
                .hasMessageContaining("\n- lambda#20: ")
                .hasMessageEndingWith("\n- and 3 more: see problems()");
    }

    @Test
    void what_must_be_there_is_missed_and_numbers_must_make_sense() {
        assertThatThrownBy(() -> PlanData.read(Map.of("window", -1, "threads", "many"), catalog))
                .isInstanceOf(PlanDataException.class)
                .extracting(e -> ((PlanDataException) e).problems(), org.assertj.core.api.Assertions.LIST)
                .containsExactly(
                        "plan.orreryPlan must be 1, the version that is understood here, but is missing. Write the"
                                + " plan again with this version.",
                        "plan.window must not be negative, but is -1. Leave it out for none.",
                        "plan.threads must be fresh or reused, but is \"many\". Leave it out for fresh ones.",
                        "plan.name is missing. Add it.",
                        "plan.jobs is missing. Write [] for a plan without jobs.");
    }

    @Test
    void a_form_that_is_right_may_still_be_a_plan_that_is_not() {
        var data = Map.of(
                "orreryPlan",
                1,
                "name",
                "ring",
                "jobs",
                List.of(Map.of("id", "a", "requires", List.of("b")), Map.of("id", "b", "requires", List.of("a"))));

        assertThatThrownBy(() -> PlanData.read(data, catalog))
                .isInstanceOf(InvalidPlanException.class)
                .hasMessageContaining("\"a\" requires \"b\" requires \"a\"");
    }

    @Test
    void what_comes_back_from_other_formats_is_read_all_the_same() {
        var data = Map.of(
                "orreryPlan",
                1L,
                "name",
                "numbers",
                "window",
                new java.math.BigDecimal("3.0"),
                "jobs",
                List.of(Map.of("id", "a", "retry", Map.of("retries", 2.0, "backoff", 3))));

        Plan<?> plan = PlanData.read(data, catalog);

        assertThat(plan.settings().window()).isEqualTo(3);
        assertThat(plan.options(0).retry().retries()).isEqualTo(2);
        assertThat(plan.options(0).retry().backoff()).isEqualTo(3);
    }

    @Test
    void random_plans_come_back_as_they_were() {
        for (int seed = 0; seed < 500; seed++) {
            Plan<?> plan = random(new Random(seed), 0, List.of(Limit.named("a", 50), Limit.named("b", 70)))
                    .build();

            Map<String, Object> data = PlanData.write(plan);
            Plan<?> read = PlanData.read(data, catalog);

            assertThat(PlanData.write(read)).as("seed %s", seed).isEqualTo(data).hasToString(data.toString());
            assertThat(lines(read, "")).as("seed %s", seed).isEqualTo(lines(plan, ""));
        }
    }

    private PlanBuilder random(Random random, int depth, List<Limit> limits) {
        var plan = new PlanBuilder("plan" + random.nextInt(10), Settings.DEFAULT.withWindow(random.nextInt(4)));
        int size = random.nextInt(6);
        for (int job = 0; job < size; job++) {
            String label = List.of("job", "job#2", "a/b", "").get(random.nextInt(4));
            if (depth < 3 && random.nextInt(4) == 0) {
                plan.add(label, random(random, depth + 1, limits), options(random, List.of()), null);
            } else if (random.nextBoolean()) {
                plan.add(label, JobBody.nothing(), options(random, limits), null);
            } else {
                plan.add(label, catalog.body("echo", Map.of("text", random.nextInt())), options(random, limits), null);
            }
            for (int required = 0; required < job; required++) {
                if (random.nextInt(3) == 0 && !plan.options.get(required).forever()) {
                    plan.require(job, required, Ending.values()[random.nextInt(3)]);
                }
            }
        }
        return plan;
    }

    private static JobOptions options(Random random, List<Limit> limits) {
        RetryPolicy retry = RetryPolicy.retries(1 + random.nextInt(3)).backoff(1 + random.nextInt(3));
        return new JobOptions(
                random.nextBoolean(),
                random.nextInt(5) == 0,
                random.nextBoolean() ? null : Duration.ofNanos(1 + random.nextLong(1L << 50)),
                random.nextBoolean() ? retry : retry.delay(Duration.ofNanos(1 + random.nextInt(1 << 20))),
                limits.subList(0, random.nextInt(limits.size() + 1)),
                new Labels(random.nextBoolean() ? null : () -> "shown", random.nextBoolean() ? null : "graph"));
    }

    private static List<String> lines(Plan<?> plan, String prefix) {
        var lines = new ArrayList<String>();
        lines.add(plan.name() + " " + plan.settings());
        for (PlannedJob job : plan.jobs()) {
            JobOptions options = job.options();
            lines.add(prefix + job.id() + " " + job.label() + " " + job.graphLabel() + " " + options.critical()
                    + options.forever() + options.timeout() + options.retry().retries()
                    + options.retry().delay()
                    + options.limits() + " " + links(job) + " " + job.body().isPresent());
            job.nested().ifPresent(nested -> lines.addAll(lines(nested, prefix + job.id() + "/")));
        }
        return lines;
    }

    private static List<String> links(PlannedJob job) {
        return job.requirements().stream()
                .map(link -> link.ending() + " " + link.job().id())
                .toList();
    }
}
