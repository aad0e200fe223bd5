package io.orrery.schedule.trigger;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Never fires by the clock (spec T-029). One of each kind. */
final class UnscheduledTrigger extends Timeline {

    static final UnscheduledTrigger SHUTDOWN =
            new UnscheduledTrigger("shutdown", Timing.AT_SHUTDOWN, "when the scheduler shuts down");
    static final UnscheduledTrigger MANUAL = new UnscheduledTrigger("manual", Timing.ON_DEMAND, "only when asked for");

    private final String type;
    private final Timing timing;
    private final String words;

    private UnscheduledTrigger(String type, Timing timing, String words) {
        this.type = type;
        this.timing = timing;
        this.words = words;
    }

    @Override
    @Nullable
    Instant firstFrom(ZoneId schedulerZone, Instant from) {
        return null;
    }

    @Override
    public Timing timing() {
        return timing;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public Map<String, Object> toData() {
        return Data.of(type);
    }

    @Override
    public String describe() {
        return words;
    }

    @Override
    public String toString() {
        return type;
    }
}
