package io.orrery.workflowfile;

/**
 * What can be wrong with a workflow file. The ids never change their meaning; {@code docs/errors.md} has an example and the
 * remedy for each.
 */
public enum Code {
    // the file as such
    /** It is missing, a directory, or must not be read. */
    UNREADABLE("E001", "the file can't be read"),
    /** Its bytes are not UTF-8. */
    NOT_UTF8("E002", "the file is not UTF-8 text"),
    /** It breaks the rules of YAML. */
    NOT_YAML("E003", "the file is not YAML"),
    /** It is too big, too deep, or expands to too much. */
    TOO_BIG("E004", "the file is too big"),
    /** There is nothing in it. */
    EMPTY("E005", "the file is empty"),
    /** It holds more than one document. */
    SEVERAL_DOCUMENTS("E006", "the file holds several documents"),
    /** A YAML tag, or an alias to what is around it. */
    UNSUPPORTED_YAML("E007", "a part of YAML that workflow files do not use"),
    /** So many problems that not all are shown. */
    TOO_MANY("E008", "too many problems"),

    // fields and values
    /** No field of that name exists here. */
    UNKNOWN_FIELD("E101", "unknown field"),
    /** The same key twice in one mapping. */
    DUPLICATE_KEY("E102", "duplicate key"),
    /** A list where a number belongs, and the like. */
    WRONG_TYPE("E103", "wrong type"),
    /** A requirement on a job that is not there. */
    UNKNOWN_JOB("E104", "unknown job"),
    /** A field that must be there is not. */
    MISSING_FIELD("E105", "missing field"),
    /** Something that is right, but that this version can't run. */
    NOT_YET("E106", "this version can't run it"),
    /** Two fields of which there can be only one. */
    TWO_ACTIONS("E107", "two actions in one job"),
    /** Text that is not a duration. */
    BAD_DURATION("E108", "not a duration"),
    /** The right type, but not a value that can be meant. */
    BAD_VALUE("E109", "value out of range"),
    /** Jobs that require each other in a ring. */
    CYCLE("E110", "dependency cycle"),
    /** A job that requires itself. */
    REQUIRES_ITSELF("E111", "a job requires itself"),
    /** A finite job that requires an endless one. */
    REQUIRES_FOREVER("E112", "a finite job requires a forever job"),
    /** A field that has no meaning in a job of this kind. */
    USELESS_FIELD("E113", "a field without effect"),
    /** A version of the format that is not known. */
    UNKNOWN_VERSION("E114", "unknown version of the format"),
    /** A job, parameter or variable whose name can't be one. */
    BAD_NAME("E115", "not a name"),
    /** A node that is not declared. */
    UNKNOWN_NODE("E116", "unknown node"),
    /** Gateways that are reached through each other in a ring. */
    GATEWAY_RING("E117", "gateways in a ring"),
    /** A file that a workflow file names is not there. */
    MISSING_FILE("E118", "missing file"),
    /** A regular expression, JSON pointer or address that is none. */
    MALFORMED("E119", "malformed text"),

    // expressions
    /** An expression that can't be read. */
    BAD_EXPRESSION("E120", "malformed expression"),
    /** An expression that names something that is not there. */
    UNKNOWN_NAME("E121", "unknown name in an expression"),
    /** An expression where none is evaluated. */
    NO_EXPRESSION_HERE("E122", "expression in a place without expressions"),
    /** Values whose types do not fit together. */
    TYPES_DO_NOT_FIT("E123", "types in an expression do not fit"),
    /** An output of a job that need not have ended. */
    NOT_UPSTREAM("E124", "a job that is not upstream"),
    /** A value that is only known while the run goes on, where it is needed before. */
    KNOWN_TOO_LATE("E125", "known too late"),

    // parameters as declared
    /** A declaration that contradicts itself. */
    BAD_DECLARATION("E130", "contradictory parameter"),

    // parameters as given
    /** A value for a parameter that is not declared. */
    UNKNOWN_PARAMETER("E140", "unknown parameter"),
    /** A value that does not fit the type of its parameter. */
    BAD_PARAMETER("E141", "parameter value of the wrong type"),
    /** A value that the declaration of its parameter rules out. */
    PARAMETER_NOT_ALLOWED("E142", "parameter value not allowed"),
    /** A parameter without a default that got no value. */
    PARAMETER_WITHOUT_VALUE("E143", "parameter without a value"),
    /** A secret that has no value. */
    SECRET_WITHOUT_VALUE("E144", "secret without a value"),

    // other files
    /** Workflow files that contain each other. */
    FILE_RING("E150", "workflow files in a ring"),
    /** A workflow file that is used has errors. */
    INVALID_PART("E151", "a workflow file that is used is not valid"),
    /** A line of a file of variables that is none. */
    BAD_DOTENV("E152", "malformed file of variables"),
    /** A Java job that is not known. */
    UNKNOWN_JAVA("E153", "unknown Java job"),

    // schedules
    /** A schedule that can't be meant. */
    BAD_SCHEDULE("E160", "malformed schedule"),
    /** A schedule that never fires. */
    NEVER_FIRES("E161", "a schedule that never fires"),

    // warnings
    /** The file does not say for which version of the format it was written. */
    NO_VERSION("W101", "no version"),
    /** A workflow without jobs. */
    NO_JOBS("W102", "no jobs"),
    /** A parameter that nothing uses. */
    UNUSED_PARAMETER("W103", "unused parameter"),
    /** A node that nothing uses. */
    UNUSED_NODE("W104", "unused node"),
    /** A condition that never holds. */
    NEVER_RUNS("W105", "a job that never runs"),
    /** Something in a workflow file that has no effect where it is a part of another one. */
    WITHOUT_EFFECT("W106", "without effect in a part"),
    /** A version, say, that is written as if it were a number. */
    LOST_ZERO("W107", "a number that loses a zero"),
    /** A schedule at a time that does not exist on some day. */
    CLOCK_CHANGE("W110", "a schedule at the change of clocks"),
    /** Data that is expanded into the text of a shell command. */
    INJECTION("W201", "data is expanded into shell text"),
    /** An output of a job whose failure does not stop the run. */
    OUTPUT_MAY_BE_MISSING("W202", "an output that may not be there"),
    /** A secret that becomes a part of a command line. */
    SECRET_ON_COMMAND_LINE("W203", "a secret on a command line"),
    /** A secret that a command prints. */
    SECRET_IS_PRINTED("W204", "a secret is printed");

    private final String id;
    private final String title;

    Code(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** The stable id, such as {@code E104}. */
    public String id() {
        return id;
    }

    /** A few words for what it is about. */
    public String title() {
        return title;
    }

    /** How bad it is. */
    public Severity severity() {
        return id.startsWith("E") ? Severity.ERROR : Severity.WARNING;
    }

    /** Whether it is about a value that was given to a parameter by whoever loads the file, not about the file itself. */
    public boolean isAboutGivenValues() {
        return id.startsWith("E14");
    }
}
