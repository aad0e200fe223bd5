/** The expressions of workflow files: read, type-checked, evaluated as far as their names are known. */
@NullMarked
package io.orrery.workflowfile.expression;

import org.jspecify.annotations.NullMarked;
