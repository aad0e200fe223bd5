package io.orrery.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.orrery.workflowfile.NextFires;
import io.orrery.workflowfile.Problem;
import java.util.List;

/**
 * What came of checking a file.
 *
 * @param path the file, as it was given
 * @param exitCode how the command would end if it were the only one
 * @param unreadable why it can't be read; empty if it can
 * @param jobs how many jobs there are in it; 0 if it is not valid
 * @param problems what is wrong with it
 * @param next when its schedules fire next
 */
record CheckedFile(
        String path, int exitCode, String unreadable, int jobs, List<Problem> problems, List<NextFires> next) {

    private static final int SCHEMA_VERSION = 1;

    /** All of them as one JSON document. */
    static String document(List<CheckedFile> results) {
        var document = new JsonObject();
        document.addProperty("schemaVersion", SCHEMA_VERSION);
        document.addProperty("valid", results.stream().allMatch(result -> result.exitCode == ExitCode.OK));
        var files = new JsonArray();
        results.forEach(result -> files.add(result.json()));
        document.add("files", files);
        return document.toString();
    }

    private JsonObject json() {
        var json = new JsonObject();
        json.addProperty("file", path);
        json.addProperty("valid", exitCode == ExitCode.OK);
        if (!unreadable.isEmpty()) {
            json.addProperty("error", unreadable);
        } else {
            json.addProperty("jobs", jobs);
        }
        var all = new JsonArray();
        problems.forEach(problem -> all.add(json(problem)));
        json.add("problems", all);
        var schedules = new JsonArray();
        for (NextFires fires : next) {
            var schedule = new JsonObject();
            schedule.addProperty("name", fires.schedule());
            schedule.addProperty("timezone", fires.zone());
            schedule.addProperty("paused", fires.paused());
            var moments = new JsonArray();
            fires.moments().forEach(moments::add);
            schedule.add("next", moments);
            schedules.add(schedule);
        }
        json.add("schedules", schedules);
        return json;
    }

    private static JsonObject json(Problem problem) {
        var json = new JsonObject();
        json.addProperty("code", problem.code().id());
        json.addProperty("severity", problem.severity().word());
        json.addProperty("title", problem.code().title());
        json.addProperty("file", problem.place().file());
        json.addProperty("line", problem.line());
        json.addProperty("column", problem.column());
        json.addProperty("length", problem.place().length());
        json.addProperty("message", problem.message());
        return json;
    }
}
