/** What the jobs of a workflow file do when they run. */
@NullMarked
package io.orrery.workflowfile.body;

import org.jspecify.annotations.NullMarked;
