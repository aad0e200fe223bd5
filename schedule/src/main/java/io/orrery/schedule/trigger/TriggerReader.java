package io.orrery.schedule.trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads triggers from data. */
final class TriggerReader {

    private static final List<String> TYPES = List.of(
            DateTrigger.TYPE,
            IntervalTrigger.TYPE,
            CalendarIntervalTrigger.TYPE,
            CronTrigger.TYPE,
            "and",
            "or",
            JitteredTrigger.TYPE,
            OpenTrigger.TYPE,
            "shutdown",
            "manual");

    private TriggerReader() {}

    static Trigger read(Map<String, ?> data) {
        var problems = new ArrayList<String>();
        Timeline trigger = null;
        try {
            trigger = read(new Data.Reader("trigger", data, problems));
        } catch (InvalidTriggerException e) {
            if (problems.isEmpty()) {
                throw e;
            }
        }
        if (trigger == null || !problems.isEmpty()) {
            throw InvalidTriggerException.of(problems);
        }
        return trigger;
    }

    /** Null, and a problem, if it is none. */
    static @Nullable Timeline read(Data.Reader data) {
        Long version = data.number("version");
        if (version != null && version != Data.VERSION) {
            data.problem(
                    "version",
                    "must be " + Data.VERSION + ", but is " + version
                            + ". It was written by another version: use that one.");
            return null;
        }
        String type = data.requiredText("type");
        if (!TYPES.contains(type)) {
            data.problem(
                    "type",
                    "must be one of " + String.join(", ", TYPES) + ", but is \"" + type + "\". Use one of these.");
            return null;
        }
        Timeline trigger = of(type, data);
        data.refuseOthers();
        return trigger;
    }

    /** The trigger that another one wraps. */
    static @Nullable Timeline inner(Data.Reader data) {
        Data.Reader inner = data.map("trigger");
        data.require("trigger");
        return inner == null ? null : read(inner);
    }

    private static @Nullable Timeline of(String type, Data.Reader data) {
        return switch (type) {
            case DateTrigger.TYPE -> DateTrigger.read(data);
            case IntervalTrigger.TYPE -> IntervalTrigger.read(data);
            case CalendarIntervalTrigger.TYPE -> CalendarIntervalTrigger.read(data);
            case CronTrigger.TYPE -> CronTrigger.read(data);
            case "and" -> CombinedTrigger.read(true, data);
            case "or" -> CombinedTrigger.read(false, data);
            case JitteredTrigger.TYPE -> JitteredTrigger.read(data);
            case OpenTrigger.TYPE -> OpenTrigger.read(data);
            case "shutdown" -> UnscheduledTrigger.SHUTDOWN;
            default -> UnscheduledTrigger.MANUAL;
        };
    }
}
