package io.orrery.schedule.trigger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a cron expression means, by brute force: sets of numbers, a predicate on dates, and java.time asked about each local
 * time. Shares nothing with the engine.
 */
record CronModel(
        Predicate<LocalDate> date,
        NavigableSet<Integer> hours,
        NavigableSet<Integer> minutes,
        NavigableSet<Integer> seconds,
        GapRule gaps,
        RepeatRule repeats) {

    /** No zone repeats more than this, after 1970. */
    private static final int MOST_REPEATED_HOURS = 4;

    static Predicate<LocalDate> in(@Nullable Set<Integer> years, Set<Integer> months, @Nullable Set<Integer> weeks) {
        return date -> (years == null || years.contains(date.getYear()))
                && months.contains(date.getMonthValue())
                && (weeks == null || weeks.contains(date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)));
    }

    /** The first fire that is not before {@code from}, if there is one within so many days. */
    @Nullable
    Instant firstFrom(ZoneId zone, Instant from, int days) {
        ZoneRules rules = zone.getRules();
        LocalDateTime local = LocalDateTime.ofInstant(from, zone);
        LocalDateTime earliest = local.minusHours(MOST_REPEATED_HOURS);
        if (gaps == GapRule.FIRE_AT_END) {
            earliest = local.minusDays(2);
        }
        var search = new Search(rules, from, local.plusDays(days));
        for (LocalDate day = earliest.toLocalDate();
                !day.atStartOfDay().isAfter(search.enough);
                day = day.plusDays(1)) {
            if (date.test(day)) {
                for (int hour : hours.tailSet(day.equals(earliest.toLocalDate()) ? earliest.getHour() : 0)) {
                    times(day, hour, search);
                }
            }
        }
        return search.best;
    }

    private void times(LocalDate day, int hour, Search search) {
        for (int minute : minutes) {
            for (int second : seconds) {
                LocalDateTime time = LocalDateTime.of(day, LocalTime.of(hour, minute, second));
                if (time.isAfter(search.enough)) {
                    return;
                }
                search.offer(time, fire(search.rules, time, search.from));
            }
        }
    }

    /** The best that was found so far, and how far to look for a better one. */
    private static final class Search {
        private final ZoneRules rules;
        private final Instant from;
        private LocalDateTime enough;
        private @Nullable Instant best;

        Search(ZoneRules rules, Instant from, LocalDateTime enough) {
            this.rules = rules;
            this.from = from;
            this.enough = enough;
        }

        void offer(LocalDateTime time, @Nullable Instant fire) {
            if (fire != null && (best == null || fire.isBefore(best))) {
                best = fire;
                LocalDateTime last = time.plusHours(MOST_REPEATED_HOURS);
                enough = last.isBefore(enough) ? last : enough;
            }
        }
    }

    private @Nullable Instant fire(ZoneRules rules, LocalDateTime time, Instant from) {
        List<ZoneOffset> offsets = rules.getValidOffsets(time);
        if (offsets.isEmpty()) {
            Instant end = rules.getTransition(time).getInstant();
            return gaps == GapRule.SKIP || end.isBefore(from) ? null : end;
        }
        for (ZoneOffset offset : repeats == RepeatRule.ONCE ? offsets.subList(0, 1) : offsets) {
            Instant fire = time.toInstant(offset);
            if (!fire.isBefore(from)) {
                return fire;
            }
        }
        return null;
    }
}
