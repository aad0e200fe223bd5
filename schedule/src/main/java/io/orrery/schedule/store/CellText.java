package io.orrery.schedule.store;

import static io.orrery.schedule.store.ScheduleText.number;
import static io.orrery.schedule.store.ScheduleText.text;

import io.orrery.schedule.Fire;
import io.orrery.schedule.ScheduleInfo.History;
import io.orrery.schedule.ScheduleState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** A schedule with its fires as the text of one file, with a checksum. */
final class CellText {

    private static final String HEAD = "orrery-schedule ";

    private CellText() {}

    static String write(TimedCell cell) {
        ScheduleRow row = cell.row();
        var data = new LinkedHashMap<String, Object>();
        data.put("definition", ScheduleText.toData(row.schedule()));
        data.put("row", row.version());
        data.put("state", row.state().name());
        put(data, "due", row.due());
        var history = new LinkedHashMap<String, Object>();
        put(history, "previous", row.previous());
        history.put("outcome", row.history().outcome());
        put(history, "ended", row.history().ended());
        put(history, "lateness", row.history().lateness());
        history.put("note", row.history().note());
        data.put("history", history);
        data.put("token", cell.lastToken());
        data.put("fires", cell.fires().stream().map(CellText::held).toList());
        String body = DataText.write(data);
        return HEAD + checksum(body) + "\n" + body + "\n";
    }

    private static void put(Map<String, Object> data, String key, @Nullable Object value) {
        if (value != null) {
            data.put(key, value.toString());
        }
    }

    private static Map<String, Object> held(Held held) {
        var data = new LinkedHashMap<String, Object>();
        data.put("at", held.fire().at().toString());
        data.put("manual", held.fire().manual());
        data.put("attempt", held.fire().attempt());
        data.put("coalesced", held.fire().coalesced());
        data.put("phase", held.phase().name());
        data.put("due", held.due().toString());
        data.put("node", held.node());
        data.put("token", held.token());
        return data;
    }

    private static String checksum(String body) {
        var crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }

    /** @throws IllegalArgumentException if it is not what was written */
    static TimedCell read(String file, String alias) {
        String[] lines = file.split("\n", -1);
        if (lines.length != 3 || !lines[0].equals(HEAD + checksum(lines[1]))) {
            throw new IllegalArgumentException("It is not what was written: the checksum is another one.");
        }
        Map<String, Object> data = DataText.read(lines[1]);
        var schedule = ScheduleText.fromData(ScheduleText.map(data, "definition"), alias);
        Map<String, Object> past = ScheduleText.map(data, "history");
        var history = new History(
                instant(past, "previous"),
                text(past, "outcome"),
                instant(past, "ended"),
                past.get("lateness") instanceof String lateness ? Duration.parse(lateness) : null,
                text(past, "note"));
        List<Held> fires = ((List<?>) ScheduleText.value(data, "fires"))
                .stream().map(one -> held(schedule.id(), one)).toList();
        int live = (int) fires.stream().filter(Held::isLive).count();
        var row = new ScheduleRow(
                schedule,
                number(data, "row"),
                ScheduleState.valueOf(text(data, "state")),
                instant(data, "due"),
                live,
                fires.size() - live,
                history);
        return new TimedCell(row, fires, number(data, "token"));
    }

    private static @Nullable Instant instant(Map<String, Object> data, String key) {
        return data.get(key) instanceof String moment ? Instant.parse(moment) : null;
    }

    @SuppressWarnings("unchecked") // keys are text
    private static Held held(String schedule, Object one) {
        var data = (Map<String, Object>) one;
        var fire = new Fire(
                schedule,
                Instant.parse(text(data, "at")),
                ScheduleText.flag(data, "manual"),
                (int) number(data, "attempt"),
                (int) number(data, "coalesced"));
        return new Held(
                fire,
                Held.Phase.valueOf(text(data, "phase")),
                Instant.parse(text(data, "due")),
                text(data, "node"),
                number(data, "token"));
    }
}
