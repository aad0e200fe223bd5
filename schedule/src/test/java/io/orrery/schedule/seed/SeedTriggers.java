package io.orrery.schedule.seed;

import io.orrery.planted.Plant;
import io.orrery.planted.SeedBehaviour;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What triggers of Asyncz do. */
final class SeedTriggers {
    private static final Path SOURCES = Path.of("src/main/java/io/orrery/schedule/trigger");

    static final List<SeedBehaviour> ALL = List.of(
            seed(
                    "GT10",
                    new Plant(
                            "the next interval begins when the delayed fire was",
                            SOURCES.resolve("JitteredTrigger.java"),
                            "return inner.next(schedulerZone, previous, now).map(",
                            """
                            if (previous != null && inner instanceof IntervalTrigger every) {
                                Instant next = previous.plus(every.interval());
                                return Optional.of(Jitter.delayed(next, upTo, Jitter.fraction(0, next)));
                            }
                            return inner.next(schedulerZone, previous, now).map(\
                            """),
                    "JitterTest#delays_do_not_add_up"),
            seed(
                    "GT10",
                    new Plant(
                            "a delay may be longer than the time to the next fire",
                            SOURCES.resolve("JitteredTrigger.java"),
                            "Duration room = next == null ? upTo : Duration.between(base, next);",
                            "next = null;\n        Duration room = upTo;"),
                    "JitterTest#a_delay_ends_before_the_next_fire"),
            seed(
                    "GT10",
                    new Plant(
                            "a preview throws dice",
                            SOURCES.resolve("JitteredTrigger.java"),
                            "Jitter.fraction(seed == null ? 0 : seed, base)",
                            "Math.random()"),
                    "JitterTest#the_delay_of_a_fire_is_always_the_same_so_that_a_preview_shows_what_will_happen"),
            seed(
                    "GT11",
                    new Plant(
                            "an interval is added to what the clock on the wall shows",
                            SOURCES.resolve("IntervalTrigger.java"),
                            "return bounds.notAfterEnd(schedulerZone, notBefore(first, from));",
                            """
                            ZoneId zone = bounds.zoneOr(schedulerZone);
                            java.time.ZonedDateTime wall = first.atZone(zone);
                            while (wall.toInstant().isBefore(from)) {
                                wall = wall.toLocalDateTime().plus(interval).atZone(zone);
                            }
                            return bounds.notAfterEnd(schedulerZone, wall.toInstant());
                            """),
                    "IntervalTriggerTest#an_hour_is_an_hour_when_clocks_are_changed"),
            seed(
                    "GT11",
                    new Plant(
                            "the first fire is one interval after the registration, whatever is wanted",
                            SOURCES.resolve("IntervalTrigger.java"),
                            "immediately ? now : now.plus(interval)",
                            "now.plus(interval)"),
                    "IntervalTriggerTest#"
                        + "without_a_start_it_first_fires_one_interval_after_it_was_registered_or_at_once_if_told_so"),
            seed(
                    "GT11",
                    new Plant(
                            "there is no fixed delay",
                            SOURCES.resolve("IntervalTrigger.java"),
                            "return afterCompletion ? Timing.AFTER_COMPLETION : Timing.SCHEDULED;",
                            "return Timing.SCHEDULED;"),
                    "IntervalTriggerTest#a_fixed_delay_counts_from_the_end_of_the_run_before"),
            seed(
                    "GT11",
                    new Plant(
                            "negative intervals are taken",
                            SOURCES.resolve("IntervalTrigger.java"),
                            "interval.isPositive(),",
                            "true,"),
                    "IntervalTriggerTest#zero_and_negative_intervals_are_refused"),
            seed(
                    "GT12",
                    new Plant(
                            "what begins with last is the last day",
                            SOURCES.resolve("DaySpecials.java"),
                            "lower.equals(\"last\")",
                            "lower.startsWith(\"last\")"),
                    "CronFieldsTest#nothing_is_read_as_what_it_only_begins_with"),
            seed(
                    "GT12",
                    new Plant(
                            "what comes after a weekday does not matter",
                            SOURCES.resolve("DaySpecials.java"),
                            "if (!words.matches()) {",
                            "if (!words.lookingAt()) {"),
                    "CronFieldsTest#nothing_is_read_as_what_it_only_begins_with"),
            seed(
                    "GT12",
                    new Plant(
                            "a name may have a step, which means nothing",
                            SOURCES.resolve("FieldParser.java"),
                            "if (named && matcher.group(4) != null && numbers.strict()) {",
                            "if (false) {"),
                    "CronFieldsTest#nothing_is_read_as_what_it_only_begins_with"),
            seed(
                    "GT12",
                    new Plant(
                            "nobody says where the mistake is",
                            SOURCES.resolve("CronExpression.java"),
                            "new FieldParser(parts, new Numbers(field, dialect), text, position).parse();",
                            "new FieldParser(parts, new Numbers(field, dialect), text, 0).parse();"),
                    "CrontabTest#what_is_wrong_is_told_with_rule_value_and_position"),
            seed(
                    "GT13",
                    new Plant(
                            "a crontab begins its week with Monday = 0",
                            SOURCES.resolve("Numbers.java"),
                            "case FIELDS -> value;\n            case FIELDS_FROM_SUNDAY, CRONTAB -> (value + 6) % 7;",
                            "case FIELDS, CRONTAB -> value % 7;\n"
                                    + "            case FIELDS_FROM_SUNDAY -> (value + 6) % 7;"),
                    "CrontabTest#five_or_six_fields_are_read_as_cron_reads_them"),
            seed(
                    "GT13",
                    new Plant(
                            "a crontab wants the day of the month and the weekday both",
                            SOURCES.resolve("CronParts.java"),
                            "eitherDay ? month | week : month & week",
                            "month & week"),
                    "CrontabTest#five_or_six_fields_are_read_as_cron_reads_them"),
            seed(
                    "GT13",
                    new Plant(
                            "a crontab has no macros",
                            SOURCES.resolve("Crontab.java"),
                            "text.startsWith(\"@\") ? macro(text) : text",
                            "text"),
                    "CrontabTest#macros_are_read"),
            seed(
                    "T-025",
                    new Plant(
                            "a month by name is printed as the one after it",
                            SOURCES.resolve("CronWords.java"),
                            "Month.of(",
                            "Month.of(1 + "),
                    "CronWordsTest#a_crontab_is_said_in_words"),
            seed(
                    "GT14",
                    new Plant(
                            "what can never fire is taken",
                            SOURCES.resolve("CronTrigger.java"),
                            "if (!search.isSatisfiable()) {",
                            "if (false) {"),
                    "NeverTest#an_expression_that_no_date_matches_is_refused_with_the_place"),
            seed(
                    "GT15",
                    new Plant(
                            "an interval in an or counts from the last fire of any member",
                            SOURCES.resolve("CombinedTrigger.java"),
                            "if (!all || previous == null || tolerance.isZero()) {",
                            """
                            if (!all && previous != null) {
                                return members.stream()
                                        .map(member -> member instanceof IntervalTrigger every
                                                ? previous.plus(every.interval())
                                                : member.firstFrom(schedulerZone, after(previous)))
                                        .filter(Objects::nonNull)
                                        .min(Instant::compareTo);
                            }
                            if (previous == null || tolerance.isZero()) {
                            """),
                    "CombinationsTest#each_member_of_or_keeps_its_own_phase_whoever_fired_last"),
            seed(
                    "GT15",
                    new Plant(
                            "members of an and stay where they are until they happen to coincide",
                            SOURCES.resolve("CombinedTrigger.java"),
                            "from[i] = from[i].isBefore(enough) ? enough : from[i];",
                            ""),
                    "CombinationsTest#and_fires_when_all_members_do_and_goes_on_after_it_has_fired"),
            seed(
                    "GT15",
                    new Plant(
                            "what never coincides is taken",
                            SOURCES.resolve("CombinedTrigger.java"),
                            "            combined.requireToMeet();\n",
                            ""),
                    "NeverTest#intervals_that_never_coincide_are_refused_by_arithmetic"),
            seed(
                    "GT15",
                    new Plant(
                            "members that never coincide are searched for ever",
                            SOURCES.resolve("CombinedTrigger.java"),
                            "round < ROUNDS; round++",
                            "round < ROUNDS; round += 0"),
                    "NeverTest#combinations_that_never_coincide_end_with_never"),
            seed(
                    "GT15",
                    new Plant(
                            "members must coincide to the nanosecond",
                            SOURCES.resolve("CombinedTrigger.java"),
                            "tolerance.isZero() ? latest : latest.minus(tolerance)",
                            "latest"),
                    "CombinationsTest#what_is_as_near_as_tolerated_counts_as_one_and_is_used_up"));

    private SeedTriggers() {}

    private static SeedBehaviour seed(String item, Plant plant, String... tests) {
        return new SeedBehaviour(
                item,
                plant,
                Stream.of(tests)
                        .map(test -> "io.orrery.schedule.trigger." + test)
                        .toList());
    }
}
