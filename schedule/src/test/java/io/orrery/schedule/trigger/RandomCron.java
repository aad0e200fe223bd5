package io.orrery.schedule.trigger;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** A random cron expression and what it means. */
record RandomCron(CronDialect dialect, String text, CronModel model) {

    private static final List<String> PLACES = List.of("1st", "2nd", "3rd", "4th", "5th", "last");

    /** The same expression for the same seed. */
    static RandomCron of(long seed) {
        return new Generator(new Random(seed)).expression();
    }

    CronTrigger trigger() {
        return CronTrigger.of(dialect, text).gaps(model.gaps()).repeats(model.repeats());
    }

    /** One item of a field, and what it stands for. */
    private record Item(String text, NavigableSet<Integer> values) {}

    private static final class Generator {
        private final Random random;
        private final boolean crontab;
        private final CronDialect dialect;

        Generator(Random random) {
            this.random = random;
            dialect = List.of(
                            CronDialect.FIELDS, CronDialect.FIELDS, CronDialect.FIELDS_FROM_SUNDAY, CronDialect.CRONTAB)
                    .get(random.nextInt(4));
            crontab = dialect == CronDialect.CRONTAB;
        }

        RandomCron expression() {
            Item month = chance(4) ? field(1, 12) : star(1, 12);
            Day day = day();
            Item weekday = chance(2) ? weekday() : new Item("*", values(0, 6, 1));
            Item hour = chance(2) ? field(0, 23) : star(0, 23);
            Item minute = chance(2) ? field(0, 59) : single(0, 59);
            Item second = chance(6) ? single(0, 59) : new Item("0", values(0, 0, 1));
            Item week = !crontab && chance(12) ? field(1, 53) : new Item("*", values(1, 53, 1));
            var other = CronModel.in(null, month.values, week.text.equals("*") ? null : week.values);
            Predicate<LocalDate> weekdays =
                    date -> weekday.values.contains(date.getDayOfWeek().ordinal());
            boolean either = crontab && !day.text.startsWith("*") && !weekday.text.startsWith("*");
            Predicate<LocalDate> days = either ? day.matches.or(weekdays) : day.matches.and(weekdays);
            String text = crontab
                    ? String.join(" ", second.text, minute.text, hour.text, day.text, month.text, weekday.text)
                    : "month=" + month.text + ";day=" + day.text + ";week=" + week.text + ";day_of_week=" + weekday.text
                            + ";hour=" + hour.text + ";minute=" + minute.text + ";second=" + second.text;
            return new RandomCron(
                    dialect,
                    text,
                    new CronModel(
                            other.and(days),
                            hour.values,
                            minute.values,
                            second.values,
                            chance(5) ? GapRule.FIRE_AT_END : GapRule.SKIP,
                            chance(5) ? RepeatRule.ONCE : RepeatRule.TWICE));
        }

        private boolean chance(int oneIn) {
            return random.nextInt(oneIn) == 0;
        }

        private static NavigableSet<Integer> values(int first, int last, int step) {
            var values = new TreeSet<Integer>();
            IntStream.iterate(first, value -> value <= last, value -> value + step)
                    .forEach(values::add);
            return values;
        }

        private Item star(int min, int max) {
            return new Item("*", values(min, max, 1));
        }

        private Item single(int min, int max) {
            int value = random.nextInt(min, max + 1);
            return new Item(value + "", values(value, value, 1));
        }

        /** A list of one to three items. */
        private Item field(int min, int max) {
            var all = new TreeSet<Integer>();
            var text = new StringBuilder();
            for (int i = random.nextInt(3); i >= 0; i--) {
                Item item = item(min, max);
                all.addAll(item.values);
                text.append(text.isEmpty() ? "" : ",").append(item.text);
            }
            return new Item(text.toString(), all);
        }

        private Item item(int min, int max) {
            int first = random.nextInt(min, max + 1);
            int last = random.nextInt(first, max + 1);
            int step = 1 + random.nextInt(Math.max(1, last - first));
            return switch (random.nextInt(5)) {
                case 0 -> {
                    int every = 1 + random.nextInt(max - min);
                    yield new Item("*/" + every, values(min, max, every));
                }
                case 1 -> new Item(first + "-" + last, values(first, last, 1));
                case 2 ->
                    last > first
                            ? new Item(first + "-" + last + "/" + step, values(first, last, step))
                            : single(min, max);
                case 3 -> max > first ? new Item(first + "/1", values(first, max, 1)) : single(min, max);
                default -> single(min, max);
            };
        }

        private Item weekday() {
            int day = random.nextInt(7);
            int last = random.nextInt(day, 7);
            boolean range = chance(2);
            var values = values(day, range ? last : day, 1);
            if (chance(2)) {
                String name = CronField.WEEKDAYS.get(day);
                return new Item(range ? name + "-" + CronField.WEEKDAYS.get(last) : name, values);
            }
            // 0 is Monday in one dialect and Sunday in the others, where 7 is Sunday as well
            int shift = dialect == CronDialect.FIELDS ? 0 : 1;
            return new Item(range ? day + shift + "-" + (last + shift) : day + shift + "", values);
        }

        /** Days of the month. */
        private record Day(String text, Predicate<LocalDate> matches) {}

        private Day day() {
            if (!chance(2)) {
                return new Day("*", _ -> true);
            }
            if (chance(6)) {
                return new Day(
                        crontab ? "L" : "last",
                        date -> date.getDayOfMonth() == YearMonth.from(date).lengthOfMonth());
            }
            if (!crontab && chance(5)) {
                int place = random.nextInt(6);
                int weekday = random.nextInt(7);
                return new Day(
                        PLACES.get(place) + " " + CronField.WEEKDAYS.get(weekday),
                        date -> date.getDayOfWeek().ordinal() == weekday && isPlace(date, place));
            }
            Item item = field(1, 31);
            return new Day(item.text, date -> item.values.contains(date.getDayOfMonth()));
        }

        private static boolean isPlace(LocalDate date, int place) {
            return place == 5
                    ? date.plusWeeks(1).getMonth() != date.getMonth()
                    : date.minusWeeks(place).getMonth() == date.getMonth()
                            && date.minusWeeks(place + 1L).getMonth() != date.getMonth();
        }
    }
}
