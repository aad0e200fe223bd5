/** Local commands as jobs: they die with their whole process tree, and their output is streamed in bounded memory. */
@NullMarked
package io.orrery.workflowfile.process;

import org.jspecify.annotations.NullMarked;
