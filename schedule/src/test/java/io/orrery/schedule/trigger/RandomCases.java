package io.orrery.schedule.trigger;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Random triggers, zones and moments, and whether the engine says what brute force says. */
final class RandomCases {

    static final List<ZoneId> ZONES = List.of(
                    "Africa/Cairo",
                    "Africa/Casablanca",
                    "Africa/El_Aaiun",
                    "Africa/Johannesburg",
                    "Africa/Monrovia",
                    "America/Caracas",
                    "America/Chicago",
                    "America/Havana",
                    "America/Lima",
                    "America/Los_Angeles",
                    "America/New_York",
                    "America/Nuuk",
                    "America/Santiago",
                    "America/Sao_Paulo",
                    "America/Scoresbysund",
                    "America/St_Johns",
                    "Antarctica/Troll",
                    "Asia/Amman",
                    "Asia/Beirut",
                    "Asia/Dhaka",
                    "Asia/Gaza",
                    "Asia/Kathmandu",
                    "Asia/Kolkata",
                    "Asia/Manila",
                    "Asia/Pyongyang",
                    "Asia/Tehran",
                    "Asia/Tokyo",
                    "Atlantic/Azores",
                    "Australia/Adelaide",
                    "Australia/Eucla",
                    "Australia/Lord_Howe",
                    "Australia/Sydney",
                    "Europe/Berlin",
                    "Europe/Dublin",
                    "Europe/Istanbul",
                    "Europe/Lisbon",
                    "Europe/London",
                    "Europe/Paris",
                    "Pacific/Apia",
                    "Pacific/Auckland",
                    "Pacific/Chatham",
                    "Pacific/Kiritimati",
                    "Pacific/Kwajalein",
                    "US/Eastern",
                    "UTC",
                    "-03:30")
            .stream()
            .map(ZoneId::of)
            .toList();

    private static final int DAYS = 500; // how far brute force looks
    private static final int MANY = 300; // moments of a member that are looked at
    private static final long FIRST = Instant.parse("1970-01-02T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("2110-01-01T00:00:00Z").getEpochSecond();

    private final Random random;
    private final ZoneId zone;
    private final Instant from;

    private RandomCases(long seed) {
        random = new Random(seed * 7_919);
        zone = ZONES.get(random.nextInt(ZONES.size()));
        from = moment();
    }

    /** What is wrong with the case of this seed, if something is. */
    static Optional<String> problem(long seed) {
        var one = new RandomCases(seed);
        return switch ((int) Math.floorMod(seed, 10L)) {
            case 0 -> one.interval();
            case 1 -> one.combination();
            default -> one.cron(seed);
        };
    }

    /** Often near where the offset changes. */
    private Instant moment() {
        long second = random.nextLong(FIRST, LAST);
        if (random.nextInt(8) == 0) {
            second = Instant.parse("2100-02-27T00:00:00Z").getEpochSecond() + random.nextInt(4 * 86_400);
        }
        var change = zone.getRules().nextTransition(Instant.ofEpochSecond(second));
        if (change != null && random.nextInt(3) > 0 && change.toEpochSecond() < LAST) {
            second = Math.max(FIRST, change.toEpochSecond() + random.nextInt(-90_000, 9_000));
        }
        return Instant.ofEpochSecond(second, random.nextInt(4) == 0 ? random.nextInt(1_000_000_000) : 0);
    }

    private Optional<String> cron(long seed) {
        RandomCron random = RandomCron.of(seed);
        CronTrigger trigger;
        try {
            trigger = random.trigger();
        } catch (InvalidTriggerException e) {
            return e.isNever() && !isThereADate(random)
                    ? Optional.empty()
                    : Optional.of(random.text() + ": " + e.getMessage());
        }
        Instant expected = random.model().firstFrom(zone, from, DAYS);
        Instant actual = trigger.next(zone, null, from).orElse(null);
        return compare(
                random.dialect() + " " + random.text() + " " + random.model().gaps() + " "
                        + random.model().repeats(),
                expected,
                actual,
                Duration.ofDays(DAYS - 1));
    }

    private static boolean isThereADate(RandomCron cron) {
        return LocalDate.of(2000, 1, 1)
                .datesUntil(LocalDate.of(2040, 1, 1))
                .anyMatch(cron.model().date());
    }

    /** Without an expected moment there must be none for at least so long. */
    private Optional<String> compare(
            String what, @Nullable Instant expected, @Nullable Instant actual, Duration looked) {
        boolean same = expected == null
                ? actual == null || actual.isAfter(from.plus(looked))
                : Objects.equals(expected, actual);
        return same
                ? Optional.empty()
                : Optional.of(what + " in " + zone + " from " + from + ": expected " + expected + ", but is " + actual);
    }

    private Optional<String> interval() {
        Duration every = Duration.ofNanos(
                random.nextLong(1, 5) * (random.nextInt(3) == 0 ? 1_500_000_000L : 3_600_000_000_000L));
        Instant start = from.plusNanos(random.nextLong(-1_000, 1_000) * every.toNanos() / 7);
        Instant end = random.nextInt(3) == 0
                ? from.plus(every.multipliedBy(random.nextInt(-3, 4)).dividedBy(2))
                : null;
        if (end != null && end.isBefore(start)) {
            end = start;
        }
        IntervalTrigger trigger = Trigger.every(every).from(start);
        trigger = end == null ? trigger : trigger.until(end);
        Instant first = start;
        while (first.isBefore(from)) {
            first = first.plus(every);
        }
        Instant expected = end != null && first.isAfter(end) ? null : first;
        Optional<String> one =
                compare(trigger + "", expected, trigger.next(zone, null, from).orElse(null), Duration.ofDays(9_999));
        Instant later = first.plus(every);
        Instant second = expected == null || end != null && later.isAfter(end) ? null : later;
        return one.isPresent() || expected == null
                ? one
                : compare(
                        trigger + " after",
                        second,
                        trigger.next(zone, expected, from).orElse(null),
                        Duration.ofDays(9_999));
    }

    private Optional<String> combination() {
        boolean all = random.nextBoolean();
        var members = new ArrayList<Trigger>();
        var moments = new ArrayList<NavigableSet<Instant>>();
        Instant looked = from.plus(Duration.ofDays(3));
        for (int i = 2 + random.nextInt(2); i > 0; i--) {
            var ofMember = new TreeSet<Instant>();
            members.add(member(ofMember, looked));
            moments.add(ofMember);
            looked = ofMember.size() < MANY || !ofMember.last().isBefore(looked) ? looked : ofMember.last();
        }
        NavigableSet<Instant> expected = moments.getFirst();
        for (NavigableSet<Instant> others : moments) {
            if (all) {
                expected.retainAll(others);
            } else {
                expected.addAll(others);
            }
        }
        Trigger[] triggers = members.toArray(Trigger[]::new);
        Trigger combined;
        try {
            combined = all ? Trigger.and(triggers) : Trigger.or(triggers);
        } catch (InvalidTriggerException e) {
            return e.isNever() && expected.isEmpty() ? Optional.empty() : Optional.of(e.getMessage());
        }
        Instant first = expected.isEmpty() || expected.first().isAfter(looked) ? null : expected.first();
        Duration span = Duration.between(from, looked).minusNanos(1);
        Optional<String> one =
                compare(combined + "", first, combined.next(zone, null, from).orElse(null), span);
        if (one.isPresent() || first == null) {
            return one;
        }
        Instant second = expected.higher(first);
        return compare(
                combined + " after " + first,
                second == null || second.isAfter(looked) ? null : second,
                combined.next(zone, first, first).orElse(null),
                span);
    }

    /** A random member, with its moments from the start on, as many as are looked at. */
    private Trigger member(NavigableSet<Instant> moments, Instant until) {
        if (random.nextBoolean()) {
            Duration every = Duration.ofMinutes(10L * (1 + random.nextInt(12)));
            Instant start = from.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofMinutes(10L * random.nextInt(50)));
            for (Instant fire = start; !fire.isAfter(until); fire = fire.plus(every)) {
                if (!fire.isBefore(from)) {
                    moments.add(fire);
                }
            }
            return Trigger.every(every).from(start);
        }
        int hours = random.nextInt(1, 5);
        int minutes = List.of(5, 10, 15, 20, 30).get(random.nextInt(5));
        var model = new CronModel(
                _ -> true, steps(24, hours), steps(60, minutes), steps(60, 60), GapRule.SKIP, RepeatRule.TWICE);
        Instant fire = model.firstFrom(zone, from, 2);
        while (fire != null && moments.size() < MANY && !fire.isAfter(until)) {
            moments.add(fire);
            fire = model.firstFrom(zone, fire.plusNanos(1), 2);
        }
        return CronTrigger.of(CronDialect.FIELDS, "hour=*/" + hours + ";minute=*/" + minutes);
    }

    private static NavigableSet<Integer> steps(int size, int step) {
        var steps = new TreeSet<Integer>();
        for (int value = 0; value < size; value += step) {
            steps.add(value);
        }
        return steps;
    }

    static ZoneOffset largestRepeat() {
        return ZoneOffset.ofTotalSeconds(ZONES.stream()
                .flatMap(zone -> zone.getRules().getTransitions().stream())
                .filter(change -> change.isOverlap() && change.toEpochSecond() > FIRST)
                .mapToInt(change -> (int) -change.getDuration().toSeconds())
                .max()
                .orElseThrow());
    }
}
