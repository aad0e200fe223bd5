package io.orrery.schedule.soak;

import io.orrery.job.RetryPolicy;
import io.orrery.schedule.Overlap;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.SchedulePolicy;
import io.orrery.schedule.SchedulePolicy.Coalesce;
import io.orrery.schedule.SchedulePolicy.Misfire;
import io.orrery.schedule.executor.FireContext;
import io.orrery.schedule.trigger.Trigger;
import io.orrery.schedule.trigger.WorkCalendar;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A random schedule, and when it should fire.
 *
 * @param moments when it should fire, if it was registered at the moment that is given
 * @param afterCompletion the delay after the end of the run before; zero if it fires by the clock
 */
record Subject(Schedule schedule, Since moments, boolean once, Duration afterCompletion) {

    /** What depends on when it was registered. */
    interface Since {
        Moments registered(Instant at);
    }

    private static final List<ZoneId> ZONES = List.of(
                    "UTC",
                    "Europe/Paris",
                    "Europe/Dublin",
                    "America/New_York",
                    "America/Sao_Paulo",
                    "Australia/Lord_Howe",
                    "Asia/Kathmandu",
                    "Africa/Casablanca",
                    "Pacific/Apia")
            .stream()
            .map(ZoneId::of)
            .toList();
    private static final Duration DAY = Duration.ofDays(1);

    /** How a schedule fires. */
    private record Timing(Trigger trigger, Since moments, boolean once, Duration afterCompletion, Duration period) {
        static Timing of(Trigger trigger, Duration period, Since moments) {
            return new Timing(trigger, moments, false, Duration.ZERO, period);
        }
    }

    /** One that fires with about the same frequency as others of its number. */
    static Subject random(Random random, int number, Instant now) {
        ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
        Timing timing = timing(random, number % 1_000, zone, now);
        SchedulePolicy policy = policy(random, timing.period);
        boolean few = policy.overlap() == Overlap.SKIP && random.nextInt(4) == 0;
        boolean piles = few || policy.overlap() == Overlap.BUFFER_ALL;
        Work work = Work.random(random, piles ? Duration.ZERO : timing.period);
        Schedule schedule = Schedule.named("s" + number)
                .trigger(timing.trigger)
                .zone(zone)
                .executor(few ? "few" : Schedule.DEFAULT)
                .policy(policy)
                .body(context -> work.run((FireContext) context));
        return new Subject(schedule, timing.moments, timing.once, timing.afterCompletion);
    }

    /** The same with another trigger, about as frequent as those of that number. */
    Subject firing(Random random, int number, Instant now) {
        Timing timing = timing(random, number, schedule.zone().orElseThrow(), now);
        return new Subject(schedule.trigger(timing.trigger), timing.moments, timing.once, timing.afterCompletion);
    }

    boolean isAfterCompletion() {
        return !afterCompletion.isZero();
    }

    private static Timing timing(Random random, int kind, ZoneId zone, Instant now) {
        int minute = random.nextInt(60);
        int hour = random.nextInt(24);
        LocalTime time = LocalTime.of(hour, minute);
        String daily = minute + " " + hour + " * * ";
        if (kind < 60) {
            return cron(minute + " * * * *", zone, Duration.ofHours(1), List.of(), hours(minute));
        } else if (kind < 100) {
            return every(Duration.ofMinutes(random.nextInt(60, 180)));
        } else if (kind < 400) {
            return cron(daily + "*", zone, DAY, List.of(), List.of(time));
        } else if (kind < 430) {
            return calendar(daily, zone, time, random);
        } else if (kind < 460) {
            return either(daily, zone, time, random);
        } else if (kind < 700) {
            DayOfWeek day = DayOfWeek.of(random.nextInt(1, 8));
            return cron(daily + day.getValue() % 7, zone, DAY.multipliedBy(7), List.of(day), List.of(time));
        } else if (kind < 850) {
            return monthly(random.nextInt(1, 32), zone, time);
        } else if (kind < 870) {
            String leapDay = minute + " " + hour + " 29 2 *";
            return Timing.of(
                    Trigger.cron(leapDay),
                    DAY.multipliedBy(1_461),
                    _ -> Moments.local(
                            zone, day -> day.getMonthValue() == 2 && day.getDayOfMonth() == 29, List.of(time)));
        } else if (kind < 940) {
            return every(Duration.ofMinutes(random.nextInt(7 * 60, 10 * 24 * 60)));
        } else if (kind < 970) {
            Instant at = now.plusSeconds(random.nextInt(-3_600, 90 * 86_400));
            return new Timing(Trigger.at(at), _ -> Moments.once(at), true, Duration.ZERO, DAY);
        }
        Duration delay = Duration.ofMinutes(random.nextInt(6 * 60, 30 * 60));
        return new Timing(Trigger.every(delay).afterCompletion(), _ -> Moments.once(Instant.MAX), false, delay, delay);
    }

    private static List<LocalTime> hours(int minute) {
        return IntStream.range(0, 24)
                .mapToObj(hour -> LocalTime.of(hour, minute))
                .toList();
    }

    private static Timing every(Duration step) {
        return Timing.of(Trigger.every(step), step, registered -> Moments.steps(registered.plus(step), step));
    }

    /** On these days of the week, or on all. */
    private static Timing cron(
            String expression, ZoneId zone, Duration period, List<DayOfWeek> days, List<LocalTime> times) {
        return Timing.of(
                Trigger.cron(expression),
                period,
                _ -> Moments.local(zone, day -> days.isEmpty() || days.contains(day.getDayOfWeek()), times));
    }

    private static Timing monthly(int day, ZoneId zone, LocalTime time) {
        String expression = time.getMinute() + " " + time.getHour() + " " + day + " * *";
        return Timing.of(
                Trigger.cron(expression),
                DAY.multipliedBy(30),
                _ -> Moments.local(zone, date -> date.getDayOfMonth() == day, List.of(time)));
    }

    private static Timing calendar(String daily, ZoneId zone, LocalTime time, Random random) {
        LocalDate holiday = LocalDate.of(2026, 1, 1).plusDays(random.nextInt(3_650));
        WorkCalendar calendar = WorkCalendar.weekdays().except(holiday, holiday.plusDays(2));
        return Timing.of(
                Trigger.cron(daily + "*").within(calendar),
                DAY,
                _ -> Moments.local(
                        zone,
                        day -> day.getDayOfWeek().getValue() < 6
                                && !day.equals(holiday)
                                && !day.equals(holiday.plusDays(2)),
                        List.of(time)));
    }

    private static Timing either(String daily, ZoneId zone, LocalTime time, Random random) {
        Duration step = Duration.ofMinutes(random.nextInt(600, 6_000));
        return Timing.of(
                Trigger.or(Trigger.cron(daily + "*"), Trigger.every(step)),
                DAY,
                registered -> Moments.both(
                        Moments.local(zone, _ -> true, List.of(time)), Moments.steps(registered.plus(step), step)));
    }

    private static SchedulePolicy policy(Random random, Duration period) {
        SchedulePolicy policy = SchedulePolicy.unset()
                .overlap(pick(random, Overlap.values()))
                .coalesce(pick(random, Coalesce.values()))
                .misfire(pick(random, Misfire.values()))
                .maxInstances(random.nextInt(1, 4))
                .catchUp(random.nextInt(1, 30))
                .priority(random.nextInt(3));
        policy = switch (random.nextInt(6)) {
            case 0 -> policy.neverTooLate();
            case 1 -> policy.grace(Duration.ofMinutes(1));
            case 2 -> policy.grace(DAY);
            default -> policy;
        };
        policy = random.nextInt(3) == 0
                ? policy.retry(RetryPolicy.retries(random.nextInt(1, 3)).delay(period.dividedBy(7)))
                : policy;
        return random.nextInt(5) == 0 ? policy.timeout(period.dividedBy(3)) : policy;
    }

    private static <T> T pick(Random random, T[] all) {
        return all[random.nextInt(all.length)];
    }

    /**
     * What a job does: takes some time, and fails at times.
     *
     * @param most how long it takes at most
     */
    private record Work(Duration most, int failures) {
        static Work random(Random random, Duration period) {
            Duration most = switch (random.nextInt(12)) {
                case 0 -> Duration.ofMinutes(10);
                case 1 -> period.multipliedBy(3);
                default -> Duration.ZERO;
            };
            return new Work(most, List.of(0, 0, 0, 5, 50).get(random.nextInt(5)));
        }

        Object run(FireContext context) throws Exception {
            var random = new Random(31L * context.fire().id().hashCode() + context.attempt());
            if (!most.isZero()) {
                context.sleep(Duration.ofSeconds(random.nextLong(most.toSeconds())));
            }
            if (random.nextInt(100) < failures) {
                throw new IllegalStateException("by design");
            }
            return "done";
        }
    }
}
