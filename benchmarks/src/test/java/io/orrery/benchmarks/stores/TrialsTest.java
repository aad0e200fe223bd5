package io.orrery.benchmarks.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** All who take part do what is asked, on a real server. How fast is none of a test's business. */
class TrialsTest {

    private static final int JOBS = 80;

    static final List<Contestant> CONTESTANTS = Contestants.all();

    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        server = Server.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @FieldSource("CONTESTANTS")
    void all_run_each_one_shot_once(Contestant contestant) throws Exception {
        assertThat(new Trials(server).run(contestant, Measure.ONE_SHOTS, JOBS))
                .hasSize(2)
                .allSatisfy((measure, value) -> assertThat(value).isPositive());
    }

    @ParameterizedTest
    @EnumSource(
            value = Measure.class,
            names = {"RECURRING", "ADDED", "DELAY_LOADED", "DELAY_CALM", "LATENCY", "LATENCY_ACROSS", "FOUR_NODES"})
    void everything_else_is_measured_of_orrery(Measure measure) throws Exception {
        var contestant = Contestants.named(Contestants.ORRERY);

        assertThat(new Trials(server).run(contestant, measure, JOBS))
                .containsOnlyKeys(measure)
                .allSatisfy((what, value) -> assertThat(value).isPositive());
    }
}
