package io.orrery.workflowfile.format;

import static io.orrery.workflowfile.format.Shape.Scalar.BOOL;
import static io.orrery.workflowfile.format.Shape.Scalar.DURATION;
import static io.orrery.workflowfile.format.Shape.Scalar.NUMBER;
import static io.orrery.workflowfile.format.Shape.Scalar.TEXT;
import static io.orrery.workflowfile.format.Shape.Scalar.WHOLE;
import static io.orrery.workflowfile.format.Shape.anyOf;
import static io.orrery.workflowfile.format.Shape.fields;
import static io.orrery.workflowfile.format.Shape.oneOrList;
import static io.orrery.workflowfile.format.Shape.word;

import java.util.List;

/** All kinds of mappings of the format, from the whole file to its smallest part; those of jobs stand in {@link JobVocabularies}. */
public final class Vocabularies {

    static final String VARIABLE = "[A-Za-z_][A-Za-z0-9_]*";
    static final String NAME = "[A-Za-z_][A-Za-z0-9_-]{0,99}";
    static final String JOB_ID = "[\\p{L}\\p{N}_][\\p{L}\\p{N}_-]{0,99}";
    static final String ANY_KEY = ".*";
    static final String CAUSES = "exit timeout unreachable error";

    static final String TIMEOUTS = "timeout_sec timeoutSeconds timeout-minutes timeoutMinutes activeDeadlineSeconds";
    static final String FOLDERS = "working-directory working_directory workingDirectory working_dir cwd dir";
    static final Shape TEXTS = new Shape.ListOf(TEXT);
    static final Shape VARIABLES = new Shape.MapOf(VARIABLE, TEXT);

    /** A parameter. */
    public static final Vocabulary PARAMETER = Vocabulary.of("parameter")
            .field("type", word("string", "int", "number", "bool"), "Its type", "that of the default, else string")
            .field("default", Shape.Scalar.ANY, "Its value unless one is given; without a default, one must be given")
            .field("description", TEXT, "What it is for")
            .field("enum", new Shape.ListOf(Shape.Scalar.ANY), "The values it may have")
            .field("min", NUMBER, "The least number it may be")
            .field("max", NUMBER, "The biggest number it may be")
            .say("value", "Write \"default\"")
            .say("options choices values", "Write \"enum\"")
            .say("required", "A parameter without \"default\" is required");

    /** A secret. */
    public static final Vocabulary SECRET = Vocabulary.of("secret")
            .field("env", TEXT, "The environment variable that holds it")
            .field(
                    "file",
                    TEXT,
                    "The file that holds it, relative to the workflow file; a line feed at its end does not count")
            .say("value default", "A secret never stands in the file: write {env: NAME} or {file: PATH}");

    /** Another machine. */
    public static final Vocabulary NODE = Vocabulary.of("node")
            .field("host", TEXT, "Its name or address")
            .field("user", TEXT, "The user to log in as", "the current one")
            .field("port", WHOLE, "The port of its SSH server", "22")
            .field("gateway", TEXT, "The node through which it is reached", "none")
            .needs("host")
            .say("hostname", "Write \"host\"")
            .say("username", "Write \"user\"");

    /** What holds for jobs that say nothing else. */
    public static final Vocabulary DEFAULTS = Vocabulary.of("defaults")
            .field("timeout", DURATION, "The timeout of jobs that have none, unless they are forever", "none")
            .field("retries", anyOf(WHOLE, fields("retries")), "The retries of jobs that have none", "0")
            .field("shell", TEXTS, "The words before the text of a command", "bash -euo pipefail -c, or sh -eu -c")
            .say(TIMEOUTS, "Write \"timeout\", with a unit such as 15m")
            .say("retry retry_policy retryPolicy retryStrategy", "Write \"retries\"");

    /** How often a job is tried again. */
    public static final Vocabulary RETRIES = Vocabulary.of("retries")
            .field("max", WHOLE, "How many attempts follow the first one: 2 means 3 attempts at most")
            .field("delay", DURATION, "How long to wait before the next attempt", "1s")
            .field("backoff", NUMBER, "By what the delay grows from one attempt to the next", "1")
            .field("maxDelay", DURATION, "What the delay grows to at most", "any time")
            .field("jitter", NUMBER, "By what part the delay is spread at random, from 0 to 1", "0")
            .field("on", oneOrList(word(CAUSES.split(" "))), "After which endings it is tried again", "all of them")
            .field("exitCodes", oneOrList(WHOLE), "Of the exits, only those with these codes", "any")
            .needs("max")
            .say("attempts maxAttempts limit maxAttempt", "Write \"max\": the attempts after the first one")
            .say("interval interval_sec wait", "Write \"delay\"")
            .say("max_interval_sec maxInterval max_delay", "Write \"maxDelay\"")
            .say("factor multiplier", "Write \"backoff\"")
            .say("exit_code exitCode exit_codes", "Write \"exitCodes\"");

    /** When a workflow is to be run. */
    public static final Vocabulary SCHEDULE = Vocabulary.of("schedule")
            .field("cron", TEXT, "When, as five fields of a crontab")
            .field("fields", new Shape.MapOf("[a-z_]+", TEXT), "When, field by field: {day_of_week: mon-fri, hour: 2}")
            .field("every", DURATION, "How often")
            .field("at", TEXT, "The one moment")
            .field("calendar", fields("calendar"), "How often, in days, weeks, months or years, at a time of the day")
            .field("allOf", new Shape.ListOf(fields("schedule")), "When all of these fire")
            .field("anyOf", new Shape.ListOf(fields("schedule")), "When any of these fires")
            .field("onShutdown", BOOL, "When the scheduler is shut down", "false")
            .field("timezone", TEXT, "The time zone, such as Europe/Paris", "that of the system")
            .field("start", TEXT, "No fires before that moment")
            .field("end", TEXT, "No fires after that moment")
            .field("jitter", DURATION, "By how much a fire is delayed at random, at most", "none")
            .field("misfire", fields("misfire"), "What becomes of fires that were missed")
            .field(
                    "overlap",
                    word("skip", "buffer-one", "buffer-all", "cancel-other", "terminate-other", "allow-all"),
                    "What becomes of a fire while the run before it still goes on",
                    "skip")
            .field("maxInstances", WHOLE, "How many of its runs may go on at once", "1")
            .field("params", new Shape.MapOf(NAME, TEXT), "Values of parameters")
            .field("paused", BOOL, "Whether it is kept from firing", "false")
            .field("tags", TEXTS, "For people, and for filters")
            .say("schedule expression", "Write \"cron\"")
            .say("interval", "Write \"every\"")
            .say("tz timeZone time_zone", "Write \"timezone\"");

    /** A schedule by the calendar. */
    public static final Vocabulary CALENDAR = Vocabulary.of("calendar")
            .field("every", TEXT, "How often: 1 month, 2 weeks")
            .field("time", TEXT, "The time of the day: \"04:00\"", "00:00")
            .needs("every");

    /** What becomes of missed fires. */
    public static final Vocabulary MISFIRE = Vocabulary.of("misfire")
            .field("grace", DURATION, "How late a fire may be", "any time")
            .field(
                    "coalesce",
                    word("earliest", "latest", "all"),
                    "Which of several missed fires are made up for",
                    "latest");

    /** The whole file. */
    public static final Vocabulary FILE = Vocabulary.of("file")
            .field("version", WHOLE, "The version of the format: 1", "1, with a warning")
            .field("name", TEXT, "The name of the workflow", "that of the file")
            .field("description", TEXT, "What it is for")
            .field("labels", new Shape.MapOf(ANY_KEY, TEXT), "Names and texts, for people and for filters")
            .field(
                    "params",
                    new Shape.MapOf(
                            NAME,
                            anyOf(Shape.Scalar.TEXT, Shape.Scalar.BOOL, Shape.Scalar.NUMBER, fields("parameter"))),
                    "Parameters: names and defaults, or mappings")
            .field("env", VARIABLES, "Variables of all commands")
            .field(
                    "dotenv",
                    oneOrList(TEXT),
                    "Files of variables of all commands, one NAME=text a line; relative to this one")
            .field(
                    "secrets",
                    new Shape.MapOf(NAME, fields("secret")),
                    "Secrets: where they come from. Masked wherever they would be shown")
            .field("nodes", new Shape.MapOf(NAME, fields("node")), "Other machines; local is this one")
            .field("defaults", fields("defaults"), "What holds for jobs that say nothing else")
            .field("window", WHOLE, "How many jobs may run at once; 0 for any number", "0")
            .field("timeout", DURATION, "How long the run may take", "any time")
            .field("shutdownTimeout", DURATION, "How long the shutdown of all jobs together may take", "10s")
            .field("cancelGrace", DURATION, "How long a job may take to stop when it is told to", "10s")
            .field("workdir", TEXT, "The folder of commands, relative to the file", "the folder of the file")
            .field("jobs", new Shape.MapOf(JOB_ID, fields("job")), "The jobs: ids, and what they do")
            .field(
                    "finally",
                    new Shape.MapOf(JOB_ID, fields("job")),
                    "Jobs to run when the run has ended, however it ended")
            .field("schedules", new Shape.MapOf(NAME, fields("schedule")), "When the workflow is to be run")
            .needs("jobs")
            .say("tasks steps stages", "Jobs go under \"jobs\"")
            .say("inputs arguments parameters vars variables", "Write \"params\"")
            .say("environment", "Write \"env\"")
            .say(TIMEOUTS, "Write \"timeout\", with a unit such as 15m")
            .say("concurrency maxParallel max_parallel max-parallel parallelism jobs_limit", "Write \"window\"")
            .say(FOLDERS, "Write \"workdir\"")
            .say("schedule on triggers cron", "Write \"schedules\": names, and when each fires")
            .say("env_file envFile", "Write \"dotenv\"")
            .say("hosts machines", "Write \"nodes\"")
            .say("onExit on_exit handlerOn handler_on after_all errors", "Write \"finally\"")
            .say("id", "Write \"name\"");

    private Vocabularies() {}

    /** All of them, from the whole to its parts. */
    public static List<Vocabulary> all() {
        return List.of(
                FILE,
                PARAMETER,
                SECRET,
                NODE,
                DEFAULTS,
                RETRIES,
                JobVocabularies.JOB,
                JobVocabularies.STEP,
                JobVocabularies.SHUTDOWN,
                JobVocabularies.TRANSFER,
                JobVocabularies.HTTP,
                JobVocabularies.EXPECT,
                JobVocabularies.OUTPUT,
                SCHEDULE,
                CALENDAR,
                MISFIRE);
    }
}
