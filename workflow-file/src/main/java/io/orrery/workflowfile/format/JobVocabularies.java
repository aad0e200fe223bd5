package io.orrery.workflowfile.format;

import static io.orrery.workflowfile.format.Shape.Scalar.ANY;
import static io.orrery.workflowfile.format.Shape.Scalar.BOOL;
import static io.orrery.workflowfile.format.Shape.Scalar.DURATION;
import static io.orrery.workflowfile.format.Shape.Scalar.TEXT;
import static io.orrery.workflowfile.format.Shape.Scalar.WHOLE;
import static io.orrery.workflowfile.format.Shape.anyOf;
import static io.orrery.workflowfile.format.Shape.fields;
import static io.orrery.workflowfile.format.Shape.oneOrList;
import static io.orrery.workflowfile.format.Shape.word;

/** The mappings that jobs are made of. */
public final class JobVocabularies {

    private static final String RUN = "Text given to the shell";
    private static final String EXEC =
            "A program and its arguments, without a shell; looked for in the command's own PATH";
    private static final String SCRIPT =
            "A script: the path of a file, relative to this one, or the text itself if it has several lines";
    private static final String INTERPRETER = "The words that run the script";
    private static final String INTERPRETER_PRESET = "its #! line, else the shell";
    private static final Shape WORDS = oneOrList(TEXT);

    /** A job. */
    public static final Vocabulary JOB = Vocabulary.of("job")
            .field("run", TEXT, RUN)
            .field("exec", Vocabularies.TEXTS, EXEC)
            .field("script", TEXT, SCRIPT)
            .field("args", Vocabularies.TEXTS, "Arguments of the script")
            .field("interpreter", WORDS, INTERPRETER, INTERPRETER_PRESET)
            .field("includes", WORDS, "Files to lie beside the script while it runs")
            .field(
                    "steps",
                    new Shape.ListOf(fields("step")),
                    "Commands one after the other; the first that fails is the last")
            .field("push", fields("transfer"), "Copies files to the node")
            .field("pull", fields("transfer"), "Copies files from the node")
            .field("http", fields("http"), "An HTTP request, and what is expected of the answer")
            .field("workflow", TEXT, "Another workflow file, run as one job; relative to this one")
            .field(
                    "jobs",
                    new Shape.MapOf(Vocabularies.JOB_ID, fields("job")),
                    "A nested workflow: one job to the outside")
            .field("params", new Shape.MapOf(Vocabularies.NAME, TEXT), "Values for the parameters of the workflow file")
            .field("java", TEXT, "A job written in Java: a name that is registered, or a class on the class path")
            .field("with", new Shape.MapOf(Vocabularies.ANY_KEY, ANY), "What the Java job is given")
            .field(
                    "requires",
                    anyOf(
                            TEXT,
                            new Shape.ListOf(TEXT),
                            new Shape.MapOf(Vocabularies.ANY_KEY, word("finished", "succeeded", "failed"))),
                    "A job, a list of jobs, or a mapping of jobs and how they have to end: finished (however),"
                            + " succeeded, failed (or timed out)",
                    "none")
            .field("node", WORDS, "Where it runs; of a list, once on each", "local")
            .field("critical", BOOL, "Whether its failure stops the run", "true")
            .field(
                    "forever",
                    BOOL,
                    "Whether it is endless: not waited for, and ended when all others are done",
                    "false")
            .field("timeout", DURATION, "How long one attempt may take", "that of defaults")
            .field(
                    "retries",
                    anyOf(WHOLE, fields("retries")),
                    "How many attempts follow the first one: 2 means 3 attempts at most; or a mapping",
                    "those of defaults")
            .field(
                    "window",
                    WHOLE,
                    "How many of its nested jobs, or of its instances, may run at once; 0 for any number",
                    "0")
            .field("if", anyOf(TEXT, BOOL), "A condition; if it is false, the job is skipped", "true")
            .field("env", Vocabularies.VARIABLES, "Variables; those of the file and of workflows around it hold too")
            .field("workdir", TEXT, "The folder, relative to the file", "that of the workflow around it")
            .field("shell", Vocabularies.TEXTS, "The words before the text of the command", "those of defaults")
            .field("stdin", TEXT, "What the command reads from its standard input", "nothing")
            .field("user", TEXT, "The user that the command runs as, by sudo or runuser", "the current one")
            .field("outputs", new Shape.MapOf(Vocabularies.NAME, fields("output")), "Values that later jobs can use")
            .field("shutdown", fields("shutdown"), "A command to run at the end of every run, however the job ended")
            .field(
                    "matrix",
                    new Shape.MapOf(Vocabularies.NAME, new Shape.ListOf(ANY)),
                    "Names and lists of values: the job is there once for each combination")
            .field("label", TEXT, "How it is shown", "its id")
            .field("description", TEXT, "What it is for", "its command")
            .field("tags", WORDS, "For people, and for filters")
            .say(
                    "needs depends dependsOn depends_on depends-on required require dependencies after",
                    "Write \"requires\"")
            .say(
                    "continue-on-error continueOnError continue_on continueOn allow_failure allowFailure allow-failure"
                            + " ignore_errors",
                    "Write \"critical: false\"")
            .say(Vocabularies.TIMEOUTS, "Write \"timeout\", with a unit such as 15m")
            .say("retry retry_policy retryPolicy retryStrategy attempts", "Write \"retries\"")
            .say("command cmd shell_command bash sh", "Write \"run\" for shell text, \"exec\" for a list of words")
            .say("commands", "Write \"steps\"")
            .say("when condition preconditions", "Write \"if\"")
            .say("output", "Write \"outputs\": names, and where each comes from")
            .say("call uses template", "Write \"workflow\": the path of another workflow file")
            .say("runs-on runs_on worker_selector host", "Write \"node\"")
            .say("strategy with_items loop foreach parallel", "Write \"matrix\"")
            .say(Vocabularies.FOLDERS, "Write \"workdir\"")
            .say("environment", "Write \"env\"")
            .say("name", "The key is the name of a job; for another text in listings, write \"label\"")
            .say("id", "The key is the id of a job")
            .say("tasks", "Nested jobs go under \"jobs\"")
            .say("background daemon", "Write \"forever: true\"")
            .say("concurrency maxParallel max_parallel max-parallel parallelism", "Write \"window\"");

    /** One of several commands. */
    public static final Vocabulary STEP = Vocabulary.of("step")
            .field("run", TEXT, RUN)
            .field("exec", Vocabularies.TEXTS, EXEC)
            .field("script", TEXT, SCRIPT)
            .field("args", Vocabularies.TEXTS, "Arguments of the script")
            .field("interpreter", WORDS, INTERPRETER, INTERPRETER_PRESET)
            .field("includes", WORDS, "Files to lie beside the script while it runs")
            .field("push", fields("transfer"), "Copies files to the node")
            .field("pull", fields("transfer"), "Copies files from the node")
            .say("command cmd bash sh", "Write \"run\" for shell text, \"exec\" for a list of words")
            .say("name id label", "Steps have no names: say it in a comment");

    /** A command at the end of the run. */
    public static final Vocabulary SHUTDOWN = Vocabulary.of("shutdown")
            .field("run", TEXT, RUN)
            .field("exec", Vocabularies.TEXTS, EXEC)
            .field("script", TEXT, SCRIPT)
            .field("args", Vocabularies.TEXTS, "Arguments of the script")
            .field("interpreter", WORDS, INTERPRETER, INTERPRETER_PRESET)
            .field("includes", WORDS, "Files to lie beside the script while it runs");

    /** Files to copy. */
    public static final Vocabulary TRANSFER = Vocabulary.of("transfer")
            .field("from", TEXT, "What to copy")
            .field("to", TEXT, "Where to")
            .field("recursive", BOOL, "Whether folders are copied with all that is in them", "false")
            .needs("from", "to")
            .say("source src", "Write \"from\"")
            .say("destination dest dst target", "Write \"to\"");

    /** An HTTP request. */
    public static final Vocabulary HTTP = Vocabulary.of("http")
            .field("method", TEXT, "GET, POST, PUT and so on", "GET")
            .field("url", TEXT, "The address, beginning with http:// or https://")
            .field("headers", new Shape.MapOf(Vocabularies.ANY_KEY, TEXT), "Headers")
            .field("query", new Shape.MapOf(Vocabularies.ANY_KEY, TEXT), "Parameters, added to the address and encoded")
            .field("json", ANY, "The body, sent as JSON")
            .field("form", new Shape.MapOf(Vocabularies.ANY_KEY, TEXT), "The body, sent as a form")
            .field("body", TEXT, "The body, sent as it is")
            .field("expect", fields("expect"), "What the answer has to be", "a status from 200 to 299")
            .needs("url")
            .say("uri address", "Write \"url\"")
            .say("params", "Write \"query\"")
            .say("data", "Write \"body\"");

    /** What is expected of an answer. */
    public static final Vocabulary EXPECT = Vocabulary.of("expect")
            .field("status", oneOrList(WHOLE), "The status, or several that will do", "200 to 299")
            .field(
                    "json",
                    new Shape.MapOf(Vocabularies.ANY_KEY, ANY),
                    "Values in the body, by JSON pointer: {/status: UP}")
            .field("match", TEXT, "A regular expression that is found in the body");

    /** Where an output comes from. */
    public static final Vocabulary OUTPUT = Vocabulary.of("output")
            .field(
                    "from",
                    word("stdout", "stderr", "file", "output-file", "body", "header", "exitCode"),
                    "Where it comes from; output-file is the file that $ORRERY_OUTPUT names, of lines name=value")
            .field("path", TEXT, "The file, relative to the folder of the command")
            .field("name", TEXT, "The header; or the name in the output file", "the name of the output")
            .field("match", TEXT, "A regular expression: its first group, or all of it if it has none")
            .field("json", TEXT, "A JSON pointer: the value that it points to")
            .field("trim", BOOL, "Whether blanks and line breaks at both ends are dropped", "true")
            .needs("from")
            .say("source", "Write \"from\"")
            .say("regex regexp pattern", "Write \"match\"")
            .say("header", "Write \"name\"")
            .say("file", "Write \"path\"")
            .say("select jsonpath pointer", "Write \"json\": a JSON pointer such as /a/b");

    private JobVocabularies() {}
}
