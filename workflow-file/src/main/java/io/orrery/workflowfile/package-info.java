/** Workflow files: YAML to a workflow, with all problems at once, each at its line and column. */
@NullMarked
package io.orrery.workflowfile;

import org.jspecify.annotations.NullMarked;
