package io.orrery.workflowfile;

/** How bad a {@link Problem} is. */
public enum Severity {
    /** The workflow can't be run. */
    ERROR("error"),
    /** It can be run, but is probably not what was meant. */
    WARNING("warning");

    private final String word;

    Severity(String word) {
        this.word = word;
    }

    /** The word for it in messages. */
    public String word() {
        return word;
    }
}
