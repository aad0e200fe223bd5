package io.orrery.schedule.trigger;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fires when the local time matches an expression (spec T-013 to T-025), in one of several {@linkplain CronDialect dialects}.
 * A local time fires if and only if it exists: twice if it is repeated, never if it is in a gap, unless
 * {@linkplain #gaps told} {@linkplain #repeats otherwise}. Immutable.
 */
public final class CronTrigger extends Timeline {

    static final String TYPE = "cron";

    private final CronExpression expression;
    private final CronSearch search;
    private final Bounds bounds;
    private ZoneTable table; // of the zone asked for last: any thread may read an old one, or write

    private CronTrigger(CronExpression expression, CronSearch search, Bounds bounds) {
        this.expression = expression;
        this.search = search;
        this.bounds = bounds;
        this.table = ZoneTable.of(bounds.zoneOr(ZoneOffset.UTC));
    }

    /**
     * Reads an expression.
     *
     * @throws InvalidTriggerException with the position of what is wrong, or of what makes it never fire
     */
    public static CronTrigger of(CronDialect dialect, String expression) {
        return of(CronExpression.of(dialect, expression));
    }

    /**
     * Reads fields by name, such as month and {@code 5-8}; see {@link CronDialect#FIELDS}.
     *
     * @throws InvalidTriggerException with the position of what is wrong, or of what makes it never fire
     */
    public static CronTrigger fields(Map<String, String> fields) {
        var byField = new EnumMap<CronField, String>(CronField.class);
        fields.forEach((name, value) -> byField.put(NamedFields.field(name, 0), value.strip()));
        return of(CronExpression.of(CronDialect.FIELDS, byField));
    }

    /** What matches is said by methods. */
    public static CronBuilder builder() {
        return new CronBuilder(Map.of());
    }

    static CronTrigger of(CronExpression expression) {
        CronParts parts = expression.parse();
        var search = new CronSearch(new CronBits(parts), GapRule.SKIP, RepeatRule.TWICE);
        if (!search.isSatisfiable()) {
            throw InvalidTriggerException.never(
                    parts.positionOfDays(),
                    "A cron expression must match some date, but \"" + expression.text()
                            + "\" never does, for what it says at position " + parts.positionOfDays()
                            + ". Use a date that there is.");
        }
        return new CronTrigger(expression, search, Bounds.NONE);
    }

    /** The same, but not firing before this moment, which is an Instant, a local or zoned date-time, or a date. */
    public CronTrigger from(Temporal start) {
        return with(bounds.from(start).checked());
    }

    /** The same, but not firing after this moment, which is an Instant, a local or zoned date-time, or a date. */
    public CronTrigger until(Temporal end) {
        return with(bounds.until(end).checked());
    }

    /** The same, in this zone. Without one it is that of the start, of the end, or of the scheduler. */
    public CronTrigger zone(ZoneId zone) {
        return with(bounds.zone(zone).checked());
    }

    /** The same, in the zone of this name. */
    public CronTrigger zone(String name) {
        return zone(Zones.of(name));
    }

    /** The same, with this rule for times that do not exist. */
    public CronTrigger gaps(GapRule rule) {
        return with(new CronSearch(search.bits(), rule, search.repeats()));
    }

    /** The same, with this rule for times that there are twice. */
    public CronTrigger repeats(RepeatRule rule) {
        return with(new CronSearch(search.bits(), search.gaps(), rule));
    }

    private CronTrigger with(Bounds other) {
        return new CronTrigger(expression, search, other);
    }

    private CronTrigger with(CronSearch other) {
        return new CronTrigger(expression, other, bounds);
    }

    /** How the expression is read. */
    public CronDialect dialect() {
        return expression.dialect();
    }

    /** The expression as it was written; fields by name as {@code month=5-8; day=6-15}. */
    public String expression() {
        return expression.text();
    }

    /** The days of the week that match, if it were for the weekday alone. */
    public Set<DayOfWeek> daysOfWeek() {
        return new CronWords(expression.parse()).daysOfWeek();
    }

    /** Fires are whole seconds: so that after the last one begins with the next second, and needs no moment in between. */
    @Override
    public Optional<Instant> next(ZoneId schedulerZone, @Nullable Instant previous, Instant now) {
        return bounds.start() != null || previous == null || previous.isAfter(now)
                ? super.next(schedulerZone, previous, now)
                : Optional.ofNullable(firstFrom(schedulerZone, previous.getEpochSecond() + 1));
    }

    @Override
    @Nullable
    Instant firstFrom(ZoneId schedulerZone, Instant from) {
        Instant start = bounds.start() == null ? from : bounds.notBeforeStart(schedulerZone, from);
        long second = start.getEpochSecond();
        return firstFrom(schedulerZone, start.getNano() == 0 ? second : second + 1);
    }

    private @Nullable Instant firstFrom(ZoneId schedulerZone, long second) {
        long found = search.next(table(bounds.zoneOr(schedulerZone)), second);
        if (found == CronSearch.NEVER) {
            return null;
        }
        Instant fire = Instant.ofEpochSecond(found);
        return bounds.end() == null ? fire : bounds.notAfterEnd(schedulerZone, fire);
    }

    private ZoneTable table(ZoneId zone) {
        ZoneTable last = table;
        if (last.zone.equals(zone)) {
            return last;
        }
        ZoneTable other = ZoneTable.of(zone);
        table = other;
        return other;
    }

    @Override
    @Nullable
    Instant end(ZoneId schedulerZone) {
        return bounds.end(schedulerZone);
    }

    @Override
    public ZoneId zoneOr(ZoneId schedulerZone) {
        return bounds.zoneOr(schedulerZone);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Map<String, Object> toData() {
        var data = Data.of(TYPE);
        data.put("dialect", Data.name(dialect()));
        data.put("expression", expression.text());
        bounds.write(data);
        if (search.gaps() != GapRule.SKIP) {
            data.put("gaps", Data.name(search.gaps()));
        }
        if (search.repeats() != RepeatRule.TWICE) {
            data.put("repeats", Data.name(search.repeats()));
        }
        return data;
    }

    static @Nullable CronTrigger read(Data.Reader data) {
        CronDialect dialect = data.choice("dialect", CronDialect.class, CronDialect.CRONTAB);
        GapRule gaps = data.choice("gaps", GapRule.class, GapRule.SKIP);
        RepeatRule repeats = data.choice("repeats", RepeatRule.class, RepeatRule.TWICE);
        CronTrigger trigger = data.parsed("expression", text -> of(dialect, text));
        Bounds bounds = Bounds.read(data);
        data.require("expression");
        return trigger == null ? null : trigger.with(bounds).gaps(gaps).repeats(repeats);
    }

    @Override
    public String describe() {
        return new CronWords(expression.parse()).describe() + bounds.words();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CronTrigger that
                && expression.equals(that.expression)
                && search.equals(that.search)
                && bounds.equals(that.bounds);
    }

    @Override
    public int hashCode() {
        return Objects.hash(expression, bounds);
    }

    /** As {@code cron[month='5-8', day='6-15']}. */
    @Override
    public String toString() {
        return "cron[" + expression.shown() + "]";
    }
}
