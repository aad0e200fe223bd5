package io.orrery.schedule.scheduler;

import io.orrery.schedule.trigger.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesException;
import java.time.zone.ZoneRulesProvider;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A zone of which nobody knows the rules any more once it is closed: then the next time of its trigger cannot be found. */
final class FadingZone implements AutoCloseable {

    private static volatile boolean gone;

    static {
        ZoneRulesProvider.registerProvider(new Provider());
    }

    @SuppressWarnings("InvalidZoneId") // it is valid while this class is loaded
    private static ZoneId zone() {
        return ZoneId.of(Provider.ID);
    }

    /** Fires at that moment, and a second after the end of each run. */
    static Trigger trigger(Instant first) {
        return Trigger.every(Duration.ofSeconds(1))
                .from(LocalDateTime.ofInstant(first, ZoneOffset.UTC))
                .zone(zone())
                .afterCompletion();
    }

    void fade() {
        gone = true;
    }

    @Override
    public void close() {
        gone = false;
    }

    private static final class Provider extends ZoneRulesProvider {
        private static final String ID = "Test/Fading";

        @Override
        protected Set<String> provideZoneIds() {
            return Set.of(ID);
        }

        @Override
        protected @Nullable ZoneRules provideRules(String id, boolean forCaching) {
            if (forCaching) {
                return null; // they are asked for each time
            }
            if (gone) {
                throw new ZoneRulesException("the rules of " + id + " are gone, by design");
            }
            return ZoneOffset.UTC.getRules();
        }

        @Override
        protected NavigableMap<String, ZoneRules> provideVersions(String id) {
            return new TreeMap<>();
        }
    }
}
