package io.orrery.schedule.trigger;

import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads triggers from data. */
final class TriggerReader {

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
        Timeline trigger = switch (type) {
            case CronTrigger.TYPE -> CronTrigger.read(data);
            case DateTrigger.TYPE -> DateTrigger.read(data);
            case "shutdown" -> UnscheduledTrigger.SHUTDOWN;
            case "manual" -> UnscheduledTrigger.MANUAL;
            default -> null;
        };
        if (trigger == null) {
            data.problem("type", "must be one of date, shutdown, manual, but is \"" + type + "\". Use one of these.");
        } else {
            data.refuseOthers();
        }
        return trigger;
    }
}
