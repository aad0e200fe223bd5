/** The fields of the format: what is read, explained and written as a schema all follows from these tables. */
@NullMarked
package io.orrery.workflowfile.format;

import org.jspecify.annotations.NullMarked;
