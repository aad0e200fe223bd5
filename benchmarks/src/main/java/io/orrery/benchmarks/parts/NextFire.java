package io.orrery.benchmarks.parts;

import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The next fire of a cron expression in Europe/Paris: from the one before, and from random moments within ten years. Beside
 * others, who answer with instants, dates or zoned times, whatever is theirs.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NextFire {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int TEN_YEARS = 10 * 365 * 86_400;
    private static final int STARTS = 4_096;

    /** What fires. */
    @Param({"WEEKDAYS_AT_3", "EVERY_5_MINUTES", "DAILY_AT_HALF_PAST_2", "LEAP_DAY"})
    public CronPattern pattern = CronPattern.WEEKDAYS_AT_3;

    /** Who is asked. */
    @Param({"ORRERY", "JOBRUNR", "SPRING", "QUARTZ", "CRON_UTILS"})
    public CronContender contender = CronContender.ORRERY;

    private NextFireOf next = contender.of(pattern);
    private final Instant[] starts = new Instant[STARTS];
    private int index;
    private Instant last = START;

    /** Parses, and draws the random moments. */
    @Setup
    public void prepare() {
        next = contender.of(pattern);
        var random = new SplittableRandom(42);
        for (int i = 0; i < STARTS; i++) {
            starts[i] = START.plusSeconds(random.nextInt(TEN_YEARS));
        }
    }

    /** From the one before; begins anew after fifty years. */
    @Benchmark
    public Instant chained() {
        Instant fire = next.after(last);
        last = fire.getEpochSecond() > START.getEpochSecond() + 5L * TEN_YEARS ? START : fire;
        return fire;
    }

    /** From a random moment. */
    @Benchmark
    public Instant random() {
        index = index + 1 & STARTS - 1;
        return next.after(starts[index]);
    }
}
