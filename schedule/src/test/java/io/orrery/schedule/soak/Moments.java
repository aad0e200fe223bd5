package io.orrery.schedule.soak;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When something should fire, found by counting: nothing of the triggers is used. */
interface Moments {

    /** The first one after that moment; null if there is none. */
    @Nullable
    Instant after(Instant moment);

    /** In equal steps. */
    static Moments steps(Instant first, Duration step) {
        return moment -> {
            long done =
                    moment.isBefore(first) ? 0 : Duration.between(first, moment).dividedBy(step) + 1;
            return first.plus(step.multipliedBy(done));
        };
    }

    static Moments once(Instant at) {
        return moment -> at.isAfter(moment) ? at : null;
    }

    /** All of two. */
    static Moments both(Moments one, Moments other) {
        return moment -> Stream.of(one, other)
                .flatMap(each -> Stream.ofNullable(each.after(moment)))
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** Local times on some days: none where the clocks are put forward over it, two where they are put back. */
    static Moments local(ZoneId zone, Predicate<LocalDate> days, List<LocalTime> times) {
        return new Local(zone, days, times);
    }

    /** Remembers the days that it was asked for last. */
    final class Local implements Moments {
        private static final int DAYS = 9 * 366; // from one leap day to the next one but one

        private final ZoneId zone;
        private final Predicate<LocalDate> days;
        private final List<LocalTime> times;
        private final Map<LocalDate, List<Instant>> known = new HashMap<>();

        private Local(ZoneId zone, Predicate<LocalDate> days, List<LocalTime> times) {
            this.zone = zone;
            this.days = days;
            this.times = times;
        }

        @Override
        public @Nullable Instant after(Instant moment) {
            LocalDate first = LocalDate.ofInstant(moment, zone).minusDays(1);
            Instant best = null;
            for (LocalDate day = first; day.isBefore(first.plusDays(DAYS)); day = day.plusDays(1)) {
                boolean found = best != null; // a repeated time may be later than one of the next day
                for (Instant one : of(day)) {
                    best = one.isAfter(moment) && (best == null || one.isBefore(best)) ? one : best;
                }
                if (found) {
                    break;
                }
            }
            return best;
        }

        private List<Instant> of(LocalDate day) {
            if (!days.test(day)) {
                return List.of();
            }
            if (known.size() > 8) {
                known.clear();
            }
            return known.computeIfAbsent(day, this::count);
        }

        private List<Instant> count(LocalDate day) {
            var instants = new ArrayList<Instant>();
            for (LocalTime time : times) {
                LocalDateTime local = day.atTime(time);
                for (ZoneOffset offset : zone.getRules().getValidOffsets(local)) {
                    instants.add(local.toInstant(offset));
                }
            }
            return instants;
        }
    }
}
