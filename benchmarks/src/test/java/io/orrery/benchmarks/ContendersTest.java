package io.orrery.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Everybody who takes part does what is asked. How fast is none of a test's business. */
class ContendersTest {

    private static final int JOBS = 200;

    static final List<Workload> WORKLOADS = Stream.concat(
                    Shape.graphs().stream()
                            .flatMap(shape -> Stream.of(Order.values())
                                    .map(order -> Workload.of(shape, JOBS).declared(order))),
                    Stream.of(
                            Workload.of(Shape.CHAIN, 1).times(3),
                            Workload.of(Shape.CHAIN, 10).times(3),
                            Workload.of(Shape.LAYERS, JOBS).load(Load.SPIN),
                            Workload.of(Shape.INDEPENDENT, JOBS).load(Load.SLEEP),
                            Workload.of(Shape.INDEPENDENT, JOBS)
                                    .load(Load.SLEEP)
                                    .window(64),
                            Workload.of(Shape.SPAWNED, JOBS).window(100),
                            Workload.of(Shape.PENDING, JOBS)))
            .toList();

    /** The pool that carries virtual threads is known by its number, so it has to come before those of contenders. */
    @BeforeAll
    static void startTheCarriers() throws InterruptedException {
        Thread.startVirtualThread(() -> {}).join();
    }

    @ParameterizedTest
    @FieldSource("WORKLOADS")
    void all_run_each_job_once(Workload workload) throws Exception {
        Work work = Work.of(workload);
        for (Contender contender : Contenders.all()) {
            try (contender) {
                if (contender.can(workload)) {
                    assertThat(Stopwatch.time(contender, work).wall()).isPositive();
                }
            }
        }
    }

    @Test
    void a_job_that_did_not_run_is_noticed() {
        Work work = Work.of(Workload.of(Shape.CHAIN, 3));
        work.body(0).run();
        work.body(1).run();

        assertThatThrownBy(() -> work.check(1)).hasMessageContaining("job 2 ran 0 times");
    }

    @Test
    void each_match_has_an_orrery_and_only_known_contenders() {
        var known = Contenders.all();
        known.forEach(Contender::close);
        var titles = Stream.concat(
                        known.stream().map(Contender::title),
                        Stream.of(
                                Contenders.ASYNCIOJOBS,
                                Contenders.AIOJOBS,
                                Contenders.ORRERY_REUSED,
                                Contenders.ORRERY_REUSED + Contenders.READY_PLAN))
                .toList();

        assertThat(Suite.matches())
                .allSatisfy(match -> assertThat(match.contenders())
                        .isSubsetOf(titles)
                        .anyMatch(title -> title.startsWith(Contenders.ORRERY)));
    }
}
