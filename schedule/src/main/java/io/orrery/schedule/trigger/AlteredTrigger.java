package io.orrery.schedule.trigger;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Another trigger with other moments: all but these are those of that trigger. Immutable. */
abstract sealed class AlteredTrigger extends Timeline permits JitteredTrigger, OpenTrigger {

    final Timeline inner;

    AlteredTrigger(Timeline inner) {
        this.inner = inner;
    }

    @Override
    @Nullable
    Instant end(ZoneId schedulerZone) {
        return inner.end(schedulerZone);
    }

    @Override
    public Timing timing() {
        return inner.timing();
    }

    @Override
    public ZoneId zoneOr(ZoneId schedulerZone) {
        return inner.zoneOr(schedulerZone);
    }

    @Override
    public boolean isNeverTooLate() {
        return inner.isNeverTooLate();
    }

    @Override
    public String type() {
        return inner.type();
    }
}
