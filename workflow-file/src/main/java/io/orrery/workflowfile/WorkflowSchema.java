package io.orrery.workflowfile;

import io.orrery.workflowfile.format.Schema;

/** The JSON Schema of workflow files, for editors. It tells less than loading a file does. */
public final class WorkflowSchema {

    private WorkflowSchema() {}

    /** The document: draft-07, with descriptions, defaults and examples; ends with a line feed. */
    public static String text() {
        return Schema.text();
    }
}
