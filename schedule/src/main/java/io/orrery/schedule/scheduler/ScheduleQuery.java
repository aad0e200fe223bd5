package io.orrery.schedule.scheduler;

import io.orrery.schedule.ScheduleInfo;
import io.orrery.schedule.ScheduleState;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which schedules, in what order: all by their next fire time, unless it is told otherwise. Immutable. */
public final class ScheduleQuery {

    private static final ScheduleQuery ALL = new ScheduleQuery(info -> true, Order.NEXT_RUN_TIME, false);

    private final Predicate<ScheduleInfo> condition;
    private final Order order;
    private final boolean descending;

    /** By what they can be sorted; what is equal then, by id. */
    public enum Order {
        /** By id. */
        ID,
        /** By name. */
        NAME,
        /** By the next fire time, those without one last; then by name. */
        NEXT_RUN_TIME,
        /** By state, then by the next fire time. */
        SCHEDULE_STATE,
        /** By the alias of the executor. */
        EXECUTOR,
        /** By the alias of the store. */
        STORE,
        /** By the kind of trigger. */
        TRIGGER;

        private Comparator<ScheduleInfo> comparator() {
            Comparator<ScheduleInfo> first = switch (this) {
                case ID -> Comparator.comparing(ScheduleInfo::id);
                case NAME -> Comparator.comparing(ScheduleInfo::name);
                case NEXT_RUN_TIME -> Comparator.comparing(Order::time).thenComparing(ScheduleInfo::name);
                case SCHEDULE_STATE ->
                    Comparator.comparing((ScheduleInfo info) -> info.state().word())
                            .thenComparing(Order::time);
                case EXECUTOR -> Comparator.comparing(info -> info.definition().executor());
                case STORE -> Comparator.comparing(info -> info.definition().store());
                case TRIGGER ->
                    Comparator.comparing(info -> info.definition().trigger().type());
            };
            return first.thenComparing(ScheduleInfo::id);
        }

        private static Instant time(ScheduleInfo info) {
            return info.nextFire().orElse(Instant.MAX);
        }

        /**
         * The order of that name, such as {@code next_run_time}.
         *
         * @throws IllegalArgumentException if there is none, with those that there are
         */
        public static Order of(String name) {
            return Arrays.stream(values())
                    .filter(order -> order.name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("Schedules are sorted by one of "
                            + Arrays.stream(values())
                                    .map(order -> order.name().toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining(", "))
                            + ", but not by \"" + name + "\". Choose one of these."));
        }
    }

    private ScheduleQuery(Predicate<ScheduleInfo> condition, Order order, boolean descending) {
        this.condition = condition;
        this.order = order;
        this.descending = descending;
    }

    /** All of them, by their next fire time. */
    public static ScheduleQuery all() {
        return ALL;
    }

    /** Of those only the ones for which a condition holds. */
    public ScheduleQuery where(Predicate<ScheduleInfo> also) {
        return new ScheduleQuery(condition.and(also), order, descending);
    }

    /** Of those only the ones in a state. */
    public ScheduleQuery state(ScheduleState state) {
        return where(info -> info.state() == state);
    }

    /** Of those only the ones with that executor. */
    public ScheduleQuery executor(String alias) {
        return where(info -> info.definition().executor().equals(alias));
    }

    /** Of those only the ones in that store. */
    public ScheduleQuery store(String alias) {
        return where(info -> info.definition().store().equals(alias));
    }

    /** Of those only the ones with that kind of trigger, or class of trigger; upper and lower case are the same. */
    public ScheduleQuery trigger(String kind) {
        return where(info -> info.definition().trigger().type().equalsIgnoreCase(kind)
                || info.definition().trigger().getClass().getSimpleName().equalsIgnoreCase(kind));
    }

    /** Of those only the ones with that tag. */
    public ScheduleQuery tag(String tag) {
        return where(info -> info.definition().tags().contains(tag));
    }

    /** Of those only the ones that have this text, in upper or lower case, in some word that one would look for. */
    public ScheduleQuery text(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return where(info ->
                words(info).anyMatch(word -> word.toLowerCase(Locale.ROOT).contains(wanted)));
    }

    private static Stream<String> words(ScheduleInfo info) {
        var definition = info.definition();
        return Stream.concat(
                definition.tags().stream(),
                Stream.of(
                        info.id(),
                        info.name(),
                        definition.work().text(),
                        definition.trigger().type(),
                        definition.trigger().getClass().getSimpleName(),
                        definition.trigger().describe(),
                        definition.executor(),
                        definition.store(),
                        info.state().word()));
    }

    /** The same in another order. */
    public ScheduleQuery sortedBy(Order by) {
        return new ScheduleQuery(condition, by, descending);
    }

    /** The same in reverse. */
    public ScheduleQuery descending() {
        return new ScheduleQuery(condition, order, true);
    }

    List<ScheduleInfo> apply(Stream<ScheduleInfo> infos) {
        return infos.filter(condition)
                .sorted(descending ? order.comparator().reversed() : order.comparator())
                .toList();
    }
}
