package io.orrery.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.orrery.cli.terminal.Shell;
import io.orrery.schedule.trigger.CronTrigger;
import io.orrery.schedule.trigger.DateTrigger;
import io.orrery.schedule.trigger.InvalidTriggerException;
import io.orrery.schedule.trigger.Trigger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows when a trigger fires next. */
@Command(
        name = "next",
        description = "Show when a cron expression fires next. Nothing is started.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  orrery next --cron \"30 2 * * mon-fri\" --tz Europe/Paris -n 5",
            "  orrery next --fields \"day_of_week=mon-fri; hour=2\""
        })
final class NextCommand extends Subcommand {

    private static final int MOST = 10_000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

    /** What fires. */
    static final class When {
        @Option(
                names = "--cron",
                paramLabel = "EXPR",
                description = "Five fields of a crontab, six with leading seconds, or a macro.")
        @Nullable
        String cron;

        @Option(
                names = "--fields",
                paramLabel = "FIELDS",
                description = "Fields by name: year, month, day, week, day_of_week, hour, minute, second.")
        @Nullable
        String fields;
    }

    @Spec
    private @Nullable CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private When when = new When();

    @Option(names = "-n", paramLabel = "N", description = "How many fires to show; 5 unless given.")
    private int count = 5;

    @Option(names = "--from", paramLabel = "T", description = "From which moment on; now unless given.")
    private @Nullable String from;

    @Option(names = "--tz", paramLabel = "ZONE", description = "The time zone; that of the system unless given.")
    private @Nullable String zoneName;

    @Option(names = "--json", description = "Write one JSON document.")
    private boolean json;

    NextCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        try {
            if (count < 1 || count > MOST) {
                throw new DateTimeException("-n is from 1 to " + MOST + ", but here is " + count);
            }
            ZoneId zone = zoneName == null ? ZoneId.systemDefault() : ZoneId.of(zoneName);
            Instant now = shell.time().instant();
            Instant start = from == null ? now : DateTrigger.parse(from, zone).toInstant();
            tell(fires(trigger().zone(zone), zone, start), zone, now);
            return ExitCode.OK;
        } catch (InvalidTriggerException | DateTimeException e) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private CronTrigger trigger() {
        if (when.cron != null) {
            return Trigger.cron(when.cron);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : String.valueOf(when.fields).split(";")) {
            int end = field.indexOf('=');
            if (end < 0) {
                throw new DateTimeException(
                        "--fields takes name=value; name=value, but here is \"" + field.strip() + "\"");
            }
            fields.put(field.substring(0, end).strip(), field.substring(end + 1).strip());
        }
        return CronTrigger.fields(fields);
    }

    private List<Instant> fires(Trigger trigger, ZoneId zone, Instant start) {
        var fires = new ArrayList<Instant>();
        Instant previous = null;
        while (fires.size() < count) {
            Instant fire = trigger.next(zone, previous, previous == null ? start : previous)
                    .orElse(null);
            if (fire == null) {
                break;
            }
            fires.add(fire);
            previous = fire;
        }
        return fires;
    }

    private void tell(List<Instant> fires, ZoneId zone, Instant now) {
        if (json) {
            var document = new JsonObject();
            document.addProperty("schemaVersion", 1);
            document.addProperty("timezone", zone.getId());
            var all = new JsonArray();
            fires.forEach(fire -> all.add(fire.toString()));
            document.add("fires", all);
            Document.write(shell.out(), document.toString());
            return;
        }
        shell.out().println("WHEN (" + zone.getId() + ")");
        fires.forEach(fire ->
                shell.out().println(TIME.format(fire.atZone(zone)) + "  " + distance(Duration.between(now, fire))));
        if (fires.size() < count) {
            shell.out().println(fires.isEmpty() ? "never" : "and never again");
        }
    }

    private static String distance(Duration time) {
        Duration amount = time.abs();
        String text = amount.toDays() > 0
                ? amount.toDays() + "d" + amount.toHoursPart() + "h"
                : amount.toHours() > 0
                        ? amount.toHours() + "h" + amount.toMinutesPart() + "m"
                        : amount.toMinutes() + "m" + amount.toSecondsPart() + "s";
        return time.isNegative() ? text + " ago" : "in " + text;
    }
}
