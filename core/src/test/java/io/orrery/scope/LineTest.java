package io.orrery.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The line of pending jobs by itself. */
class LineTest {

    private final OpenScope scope = (OpenScope) JobScope.named("line").open();
    private final Line line = new Line(scope);
    private final Lane lane = new Lane(1);

    @AfterEach
    void close() {
        scope.close();
    }

    private SpawnedJob<?> job(String name) {
        return new SpawnedJob<>(scope, name, new Object());
    }

    private List<SpawnedJob<?>> added(int count) {
        var jobs = new ArrayList<SpawnedJob<?>>();
        for (int number = 0; number < count; number++) {
            jobs.add(job("job " + number));
        }
        jobs.forEach(line::add);
        return jobs;
    }

    private List<SpawnedJob<?>> rest() {
        var rest = new ArrayList<SpawnedJob<?>>();
        for (SpawnedJob<?> job = line.poll(lane); job != null; job = line.poll(lane)) {
            rest.add(job);
        }
        return rest;
    }

    @Test
    void jobs_come_out_as_they_came_in() {
        assertThat(line.isEmpty()).isTrue();
        List<SpawnedJob<?>> jobs = added(5);

        assertThat(line.isEmpty()).isFalse();
        assertThat(line.jobs()).isEqualTo(jobs);
        assertThat(line.poll(lane)).isSameAs(jobs.getFirst());
        assertThat(line.jobs()).isEqualTo(jobs.subList(1, 5));
        assertThat(rest()).isEqualTo(jobs.subList(1, 5));
        assertThat(line.isEmpty()).isTrue();
        assertThat(line.poll(lane)).isNull();
        assertThat(line.jobs()).isEmpty();
    }

    @Test
    void those_that_have_ended_are_forgotten_but_for_the_last() {
        List<SpawnedJob<?>> jobs = added(10);
        for (int ended : new int[] {0, 1, 4, 8, 9}) {
            jobs.get(ended).refuse();
        }

        line.sweep();

        List<SpawnedJob<?>> kept =
                List.of(jobs.get(2), jobs.get(3), jobs.get(5), jobs.get(6), jobs.get(7), jobs.get(9));
        assertThat(line.jobs()).isEqualTo(kept);
        SpawnedJob<?> later = job("later");
        line.add(later);
        assertThat(rest())
                .startsWith(kept.toArray(SpawnedJob<?>[]::new))
                .endsWith(later)
                .hasSize(7);
    }

    @Test
    void a_job_is_seen_in_the_lane_before_it_is_not_seen_in_line() {
        List<SpawnedJob<?>> jobs = added(2);

        assertThat(line.poll(lane)).isSameAs(lane.current()).isSameAs(jobs.getFirst());
        assertThat(line.poll(lane)).isSameAs(lane.current()).isSameAs(jobs.getLast());
    }

    /** Two add, two take, and one looks, and sweeps out every third job, if it comes before those who take. */
    @Test
    void each_job_that_has_not_ended_is_taken_once_and_those_of_one_thread_in_their_order() throws Exception {
        int each = 60_000;
        var left = new AtomicInteger(2 * each / 3 * 2);
        try (ExecutorService threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            var takers = List.of(threads.submit(() -> taken(left)), threads.submit(() -> taken(left)));
            List<Future<?>> others = List.of(
                    threads.submit(() -> sweepUntilAllAreTaken(left)),
                    threads.submit(() -> add("a", each)),
                    threads.submit(() -> add("b", each)));

            var numbers = new ArrayList<String>();
            for (Future<List<SpawnedJob<?>>> taker : takers) {
                List<String> names = taker.get().stream().map(SpawnedJob::name).toList();
                numbers.addAll(names);
                assertThat(names.stream().filter(name -> name.startsWith("a"))).isSorted();
                assertThat(names.stream().filter(name -> name.startsWith("b"))).isSorted();
            }
            assertThat(numbers).hasSize(2 * each / 3 * 2).doesNotHaveDuplicates();
            for (Future<?> other : others) {
                other.get();
            }
        }
    }

    private void sweepUntilAllAreTaken(AtomicInteger left) {
        while (left.get() > 0) {
            line.sweep();
            assertThat(line.jobs()).doesNotContainNull().doesNotHaveDuplicates();
        }
    }

    private void add(String thread, int count) {
        for (int number = 0; number < count; number++) {
            SpawnedJob<?> job = job(thread + "%06d".formatted(number));
            if (number % 3 == 0) {
                job.refuse();
            }
            line.add(job);
        }
    }

    /** What one thread takes that has not ended, until all have been taken. */
    private List<SpawnedJob<?>> taken(AtomicInteger left) {
        var taken = new ArrayList<SpawnedJob<?>>();
        var own = new Lane(1);
        while (left.get() > 0) {
            SpawnedJob<?> job = line.poll(own);
            if (job != null && !job.isEnded()) {
                taken.add(job);
                left.getAndDecrement();
            }
        }
        return taken;
    }
}
